"""Emergencies: answered whatever else works, recorded where that is possible, told directly where it is not.

The one shortcut past the outbox: with the database away the duty officers of the last known rota are called at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from uuid import uuid4

from backend import clock
from backend.actions import talks
from backend.actions.talks import Said, Talk, Whose
from backend.bots import assistant, wording
from backend.bots.dialogues import doubts
from backend.bots.dialogues.turns import part
from backend.bots.heard import Heard
from backend.bots.safety import Danger
from backend.gateways.post import Addresses, Parcel, PostOffice, Sender
from backend.gateways.wechat.refusals import WeChatTrouble
from backend.handlers.wechat.chat import Chat
from backend.handlers.wechat.rota import Rota
from backend.queries.duty_officers import DutyOfficer
from config.messages.texts import fill, notices, words

_log = logging.getLogger(__name__)

_PATIENCE = 2.0  # seconds the person may wait for the record; the answer does not need it
_PATIENCE_TO_ASK = 1.5  # both stay within the platform's five
_LAST_PATIENCE = 3.0  # seconds more, and the officers are called without it
_PAUSE, _TRIES = 3.0, 200  # then the database has been away for ten minutes, and people know of it


class Alarms:
    """Raises the alarm for one process."""

    def __init__(self, chat: Chat, rota: Rota, post: PostOffice) -> None:
        self._chat = chat
        self._rota = rota
        self._post = post

    async def answer(self, heard: Heard, danger: Danger) -> str | None:
        """The approved words, and the alarm goes its own way; in doubt the words and a question.

        A question that nobody will remember would hear no yes: with the database away, doubt is danger.
        """
        if not danger.certain:
            question = wording.render([*doubts.in_english(heard.words), doubts.doubt()])
            if await self._is_asked(heard, question):
                return self._reply(heard, question)
        text = wording.render([part("emergency"), *doubts.in_english(heard.words)])
        task = self._chat.spawn(_record(heard, danger, text))
        await asyncio.wait({task}, timeout=_PATIENCE)
        if not _is_recorded(task):
            self._chat.spawn(self._see_to(task, heard, danger, text))
        return self._reply(heard, text)

    async def _is_asked(self, heard: Heard, question: str) -> bool:
        asked = self._chat.spawn(_remember(heard, question))
        await asyncio.wait({asked}, timeout=_PATIENCE_TO_ASK)
        if _is_recorded(asked):
            return True
        asked.cancel()  # else it might be kept after all, and the alarm be taken for its repeat
        _log.warning("a question about danger is not recorded; the alarm is raised")
        return False

    def _reply(self, heard: Heard, text: str) -> str | None:
        if heard.app != "mini_program":
            return text
        self._chat.spawn(self._chat.send_to_mini_program(heard.openid, text, urgent=True))
        return None

    async def _see_to(self, task: asyncio.Task[None], heard: Heard, danger: Danger, text: str) -> None:
        """Calls the officers directly until one is reached, and records the alarm as soon as the database is back."""
        await asyncio.wait({task}, timeout=_LAST_PATIENCE)
        if _is_recorded(task):
            return
        reached = await self._call_officers(heard, danger)
        for _ in range(_TRIES):
            await asyncio.sleep(_PAUSE)
            reached = reached or await self._call_officers(heard, danger)
            try:
                await _record(heard, danger, text)
            except Exception as error:  # noqa: BLE001  whatever hinders the record, the next try comes
                _log.warning("an alarm is not recorded yet", extra={"error": type(error).__name__})
            else:
                return

    async def _call_officers(self, heard: Heard, danger: Danger) -> bool:
        """Whether one of them was reached."""
        _log.error("an alarm goes directly to the officers", extra={"count": len(self._rota.officers)})
        calls = [
            self._call(sender, officer, heard, danger)
            for officer in self._rota.officers
            for channel, sender in self._post.items()
            if (channel == "template" and officer.openid) or (channel == "wecom" and officer.wecom_user_id)
        ]
        return any(await asyncio.gather(*calls))

    async def _call(self, sender: Sender, officer: DutyOfficer, heard: Heard, danger: Danger) -> bool:
        try:
            await sender(_parcel(officer, heard, danger))
        except Exception as error:  # noqa: BLE001  whatever fails on one way, the other ways and the record go on
            reason = error.reason if isinstance(error, WeChatTrouble) else type(error).__name__
            _log.error("an officer was not reached", extra={"reason": reason})
            return False
        return True


async def _record(heard: Heard, danger: Danger, text: str) -> None:
    """In the message's transaction; a repeat changes nothing."""

    async def respond(talk: Talk) -> Said:
        now, real_now = clock.now(), clock.real_now()
        return await assistant.raise_alarm(heard, danger, talk, answer=text, now=now, real_now=real_now)

    await _once(heard, respond)


async def _remember(heard: Heard, text: str) -> None:
    """That it was asked, and what about."""

    async def respond(talk: Talk) -> Said:
        now, real_now = clock.now(), clock.real_now()
        return await assistant.ask_about_danger(heard, talk, answer=text, now=now, real_now=real_now)

    await _once(heard, respond)


async def _once(heard: Heard, respond: Callable[[Talk], Awaitable[Said]]) -> None:
    async def ask_nobody() -> Whose:  # an emergency does not wait for the platform
        return Whose()

    await talks.once(heard, respond, ask_whose=ask_nobody, now=clock.now(), real_now=clock.real_now())


def _is_recorded(task: asyncio.Task[None]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None


def _parcel(officer: DutyOfficer, heard: Heard, danger: Danger) -> Parcel:
    """What the outbox would have sent, from what is known without the database."""
    notice, none = notices()["emergency"], words().none
    facts = {
        "danger": words().dangers[danger.kind],
        "report": heard.words[:200],
        "contact_phone": none,
        "contact_name": none,
        "address": none,
    }
    return Parcel(
        id=str(uuid4()),
        template=notice.template,
        title=fill(notice.title, facts),
        body=fill(notice.body, facts),
        brief=facts["report"],
        link="/m/tasks",
        facts=facts,
        at=clock.now(),
        to=Addresses(official_openid=officer.openid, wecom_user_id=officer.wecom_user_id),
        emergency=True,
    )
