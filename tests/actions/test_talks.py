"""A message is taken once, its answer kept, however many come at the same time."""

import asyncio
import contextvars
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import pytest
from tortoise import connections
from tortoise.exceptions import DBConnectionError
from tortoise.transactions import in_transaction

from backend.actions import talks
from backend.actions.talks import Said, Talk, Whose
from backend.bots.heard import Heard
from backend.database import is_away
from backend.models import Conversation, Customer, TakenMessage, WechatIdentity
from tests.support.builders import MONDAY_15, a_customer

_CUT_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@dataclass
class Assistant:
    """Counts the turns it took in the talk's state; `does` makes every turn change something."""

    does: bool = False
    asked: int = 0
    began: asyncio.Event = field(default_factory=asyncio.Event)

    async def respond(self, talk: Talk) -> Said:
        if self.does:
            talk.check_held()
            await Customer.filter(id=talk.customer_id).update(name="张三")
        self.began.set()
        await asyncio.sleep(0.02)
        turn = talk.state.get("turn", 0) + 1
        return Said(answer=f"第 {turn} 句", state={"turn": turn}, intent="greeting")

    async def hear(self, key: str) -> str | None:
        message = Heard(app="official_account", openid="oa-1", key=key, kind="text", text="你好")
        return await talks.once(
            message, self.respond, ask_whose=self.ask_whose, now=MONDAY_15, real_now=MONDAY_15
        )

    async def ask_whose(self) -> Whose:
        self.asked += 1
        return Whose(unionid="u-1", asked=True)


@pytest.fixture(params=[False, True], ids=["says", "does"])
async def assistant(database: str, request: Any) -> Assistant:
    await a_customer("oa-1")
    await WechatIdentity.filter(openid="oa-1").update(unionid_asked_at=MONDAY_15)
    return Assistant(does=request.param)


async def state() -> Any:
    return (await Conversation.get(openid="oa-1")).state


class TestOnce:
    async def test_a_repeat_gets_the_first_answer(self, assistant: Assistant) -> None:
        assert [await assistant.hear("k1"), await assistant.hear("k1")] == ["第 1 句", "第 1 句"]
        assert await state() == {"turn": 1}

    async def test_twins_at_one_moment_are_one_message(self, assistant: Assistant) -> None:
        answers = await asyncio.gather(*[assistant.hear("k1") for _ in range(5)])
        assert answers == ["第 1 句"] * 5
        assert await state() == {"turn": 1}
        assert await TakenMessage.all().count() == 1

    async def test_messages_at_one_moment_are_turns_one_after_the_other(self, assistant: Assistant) -> None:
        answers = await asyncio.gather(*[assistant.hear(f"k{number}") for number in range(6)])
        assert sorted(filter(None, answers)) == [f"第 {turn} 句" for turn in range(1, 7)]
        assert await state() == {"turn": 6}

    async def test_the_window_opens_and_the_person_counts_as_a_follower(self, assistant: Assistant) -> None:
        await WechatIdentity.filter(openid="oa-1").update(follows=False)
        await assistant.hear("k1")
        known = await WechatIdentity.get(openid="oa-1")
        assert (known.follows, known.last_message_at) == (True, MONDAY_15)

    async def test_somebody_known_is_not_asked_for(self, assistant: Assistant) -> None:
        await assistant.hear("k1")
        assert assistant.asked == 0


async def test_a_stranger_is_asked_for_once_and_met(database: str) -> None:
    assistant = Assistant()
    assert await assistant.hear("k1") == "第 1 句"
    assert await assistant.hear("k2") == "第 2 句"
    assert assistant.asked == 1
    assert await Customer.filter(unionid="u-1").count() == 1


async def test_a_turn_that_fails_leaves_nothing_and_the_repeat_is_answered(database: str) -> None:
    async def fail(talk: Talk) -> Said:
        talk.check_held()
        await Customer.filter(id=talk.customer_id).update(name="张三")
        raise RuntimeError

    assistant = Assistant()
    await assistant.hear("k0")
    message = Heard(app="official_account", openid="oa-1", key="k1", kind="text", text="你好")
    with pytest.raises(RuntimeError):
        await talks.once(message, fail, ask_whose=assistant.ask_whose, now=MONDAY_15, real_now=MONDAY_15)
    assert not await Customer.exists(name="张三")
    assert await assistant.hear("k1") == "第 2 句"


PEOPLE = [f"oa-{number}" for number in range(12)]


@pytest.fixture
async def crowd(database: str) -> None:
    """People who have talked to us before."""
    for openid in PEOPLE:
        await a_customer(openid)
        await WechatIdentity.filter(openid=openid).update(unionid_asked_at=MONDAY_15)
        await Conversation.create(openid=openid, updated_at=MONDAY_15)


async def hear_of(openid: str, key: str, text: str = "你好") -> str | None:
    """One turn that only says something."""

    async def respond(talk: Talk) -> Said:
        turn = talk.state.get("turn", 0) + 1
        return Said(answer=f"{openid} {turn}", state={"turn": turn})

    async def ask_nobody() -> Whose:
        raise AssertionError("somebody known is not asked for")

    message = Heard(app="official_account", openid=openid, key=key, kind="text", text=text)
    return await talks.once(message, respond, ask_whose=ask_nobody, now=MONDAY_15, real_now=MONDAY_15)


@pytest.mark.usefixtures("crowd")
class TestManyAtOneMoment:
    async def test_each_has_their_own_answer_and_it_is_kept(self) -> None:
        answers = await asyncio.gather(*(hear_of(one, f"k-{one}") for one in PEOPLE))
        assert answers == [f"{one} 1" for one in PEOPLE]
        kept = await TakenMessage.all().values_list("openid", "key", "answer")
        assert sorted(kept) == sorted((one, f"k-{one}", f"{one} 1") for one in PEOPLE)

    async def test_repeats_and_second_messages_among_them(self) -> None:
        said = [(one, key) for one in PEOPLE for key in ("a", "a", "b")]
        answers = await asyncio.gather(*(hear_of(one, f"{key}-{one}") for one, key in said))
        for one in PEOPLE:
            first, repeat, second = (
                answer for (openid, _), answer in zip(said, answers, strict=True) if openid == one
            )
            assert first == repeat
            assert {first, second} == {f"{one} 1", f"{one} 2"}
        assert await TakenMessage.all().count() == 2 * len(PEOPLE)

    async def test_a_text_no_database_takes_harms_only_its_own(self) -> None:
        answers = await asyncio.gather(
            *(hear_of(one, f"k-{one}", "\ud800" if one == "oa-5" else "你好") for one in PEOPLE),
            return_exceptions=True,
        )
        assert [one for one, answer in zip(PEOPLE, answers, strict=True) if answer != f"{one} 1"] == ["oa-5"]
        assert await TakenMessage.all().count() == len(PEOPLE) - 1

    async def test_a_talk_that_is_held_holds_nobody_else_up(self) -> None:
        async with in_transaction():
            await Conversation.filter(openid="oa-5").select_for_update()
            others = [one for one in PEOPLE if one != "oa-5"]
            held = asyncio.create_task(hear_of("oa-5", "k-oa-5"), context=contextvars.Context())
            async with asyncio.timeout(5):
                tasks = [
                    asyncio.create_task(hear_of(one, f"k-{one}"), context=contextvars.Context())
                    for one in others
                ]
                assert await asyncio.gather(*tasks) == [f"{one} 1" for one in others]
            assert not held.done()
        assert await held == "oa-5 1"

    async def test_connections_cut_in_the_middle_lose_and_double_nothing(self) -> None:
        """Each is answered, or fails and is answered when the platform repeats it; nobody's turn counts twice."""
        for turn in range(1, 11):
            tries = [_until_answered(one, f"{turn}-{one}") for one in PEOPLE]
            _, *answers = await asyncio.gather(_cut_others(), *tries)
            assert answers == [f"{one} {turn}" for one in PEOPLE]
        assert await TakenMessage.all().count() == 10 * len(PEOPLE)


async def _until_answered(openid: str, key: str) -> str | None:
    for _ in range(50):
        try:
            return await hear_of(openid, key)
        except Exception as error:
            if not is_away(error):
                raise
    raise AssertionError("never answered")


async def _cut_others() -> None:
    with suppress(asyncpg.PostgresConnectionError, DBConnectionError):
        await connections.get("default").execute_query(_CUT_OTHERS)
