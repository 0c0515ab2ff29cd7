"""With the database away and the platform failing too: the officers are called again until one is reached."""

import asyncio
from collections.abc import Coroutine
from typing import Any, cast
from uuid import uuid4

import pytest

from backend.bots.heard import Heard
from backend.bots.safety import Danger
from backend.gateways.post import Parcel, PostOffice
from backend.handlers.wechat import alarms
from backend.handlers.wechat.alarms import Alarms
from backend.handlers.wechat.chat import Chat
from backend.handlers.wechat.rota import Rota
from backend.queries.duty_officers import DutyOfficer

_OFFICER = DutyOfficer(name="值班员", phone="13800000001", openid="o-duty", wecom_user_id="duty")


class _Spawning:
    """All of a chat that alarms need here."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[Any]] = []

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        self.tasks.append(asyncio.create_task(work))
        return self.tasks[-1]


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A database that is away for four tries; what it holds afterwards."""
    held: list[str] = []
    tries = 0

    async def record(heard: Heard, danger: Danger, text: str) -> None:
        nonlocal tries
        tries += 1
        if tries <= 4:
            raise ConnectionError
        held.append(heard.text)

    monkeypatch.setattr(alarms, "_record", record)
    monkeypatch.setattr(alarms, "_PAUSE", 0.0)
    return held


async def _alarm(post: PostOffice) -> None:
    rota, chat = Rota(), _Spawning()
    rota.officers = (_OFFICER,)
    heard = Heard(app="official_account", openid="o-1", key=uuid4().hex, kind="text", text="家里有煤气味")
    answer = await Alarms(cast("Chat", chat), rota, post).answer(
        heard, Danger(kinds=("leak",), words="煤气味")
    )
    assert answer
    await asyncio.gather(*chat.tasks, return_exceptions=True)


async def test_a_failing_way_hinders_neither_the_other_nor_the_record(books: list[str]) -> None:
    reached: list[str] = []

    async def broken(parcel: Parcel) -> str | None:
        raise ValueError(parcel.id)  # whatever a sender did not foresee

    async def works(parcel: Parcel) -> str | None:
        reached.append(parcel.brief)
        return None

    await _alarm(cast("PostOffice", {"template": broken, "wecom": works}))

    assert reached == ["家里有煤气味"]
    assert books == ["家里有煤气味"]


async def test_nobody_reached_is_called_again_until_somebody_is(books: list[str]) -> None:
    calls: list[str] = []

    async def away_twice(parcel: Parcel) -> str | None:
        calls.append(parcel.id)
        if len(calls) <= 2:
            raise ConnectionError
        return None

    await _alarm(cast("PostOffice", {"wecom": away_twice}))

    assert len(calls) == 3
    assert books == ["家里有煤气味"]
