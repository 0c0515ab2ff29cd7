"""The turns of a process: answered in the platform's patience, or later as a message of their own."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from backend import clock
from backend.actions import late_answers, talks
from backend.actions.late_answers import Key
from backend.actions.talks import Said, Talk, Whose
from backend.bots import assistant, wording
from backend.bots.heard import Heard
from backend.bots.opinion.consultant import Consultant
from backend.bots.understanding.model import Model
from backend.database import is_away
from backend.gateways.opening import Gateways
from backend.gateways.senders import LinkOf
from backend.gateways.wechat.refusals import WeChatTrouble

_log = logging.getLogger(__name__)

PATIENCE = 4.0  # seconds after which the platform's five must not be waited for
_NOTE_PATIENCE = 0.6
_UNIONID_PATIENCE = 1.5
_GREETED = frozenset({"subscribe", "scan"})


class Chat:
    """Lets the assistant answer, one task for each message. `model` may still be learning; danger does not wait for it."""

    def __init__(self, gateways: Gateways, model: asyncio.Future[Model], link_of: LinkOf) -> None:
        self._link_of = link_of
        self._gateways = gateways
        self._model = model
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def learned(self) -> Model | None:
        """The model, or None while it is being learned or where that failed."""
        model = self._model
        return model.result() if model.done() and not model.cancelled() and not model.exception() else None

    async def answer(self, heard: Heard, *, patience: float) -> str | None:
        """What is said now; None for silence, also where the answer will follow by itself."""
        task = self.spawn(self.turn(heard))
        await asyncio.wait({task}, timeout=patience)
        if task.done():
            return _outcome(task)
        self.spawn(self._follow(task, heard))
        return None if await _is_noted(heard) else wording.say("away")

    async def turn(self, heard: Heard) -> str | None:
        """One turn in its transaction; a repeat gets the stored answer."""
        model = (
            None if heard.event in _GREETED else await self._model
        )  # before the transaction: it may take long
        began = False
        consultant = Consultant(self._gateways.language_model)

        async def respond(talk: Talk) -> Said:
            nonlocal began
            began = True
            return await self._respond(heard, talk, model, consultant)

        answer = await talks.once(
            heard,
            respond,
            ask_whose=lambda: self._ask_whose(heard),
            now=clock.now(),
            real_now=clock.real_now(),
        )
        if heard.app != "mini_program":
            return answer
        if began and answer is not None:
            self.spawn(self.send_to_mini_program(heard.openid, answer))
        return None

    async def send_to_mini_program(self, openid: str, text: str, *, urgent: bool = False) -> None:
        """The mini-program's chat knows no answer but a message of its own."""
        try:
            await self._gateways.mini_program.send_text(openid, text, urgent=urgent)
        except WeChatTrouble as trouble:
            _log.warning("an answer did not reach the mini-program", extra={"reason": trouble.reason})

    async def answer_overdue(self) -> bool:
        """Answers one message whose process did not live to do it; False when there is none."""
        kept = await late_answers.claim_next(real_now=clock.real_now())
        if kept is None:
            return False
        heard = Heard.from_json(kept)
        await self.turn(heard)
        await _settle(heard)
        return True

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Work that outlives its request."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def finish(self, patience: float) -> None:
        """Lets the turns in hand end."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=patience)

    async def _respond(self, heard: Heard, talk: Talk, model: Model | None, consultant: Consultant) -> Said:
        now, real_now = clock.now(), clock.real_now()
        if model is None:
            return await assistant.welcome(heard, talk, real_now=real_now)
        return await assistant.answer(
            heard,
            talk,
            model=model,
            consultant=consultant,
            link_of=self._link_of,
            now=now,
            real_now=real_now,
        )

    async def _ask_whose(self, heard: Heard) -> Whose:
        """Asks the platform for the person behind an open id we cannot place; without an answer another time."""
        if heard.app != "official_account":
            return Whose()
        try:
            async with asyncio.timeout(_UNIONID_PATIENCE):
                info = await self._gateways.official_account.find_user(heard.openid)
        except (WeChatTrouble, TimeoutError):
            return Whose()
        return Whose(unionid=info.unionid, asked=True)

    async def _follow(self, task: asyncio.Task[Any], heard: Heard) -> None:
        """The answer came too late for the reply: it goes out by itself."""
        await asyncio.wait({task})
        if task.exception() is not None:
            _log.error("a late turn failed; it will be tried again", exc_info=task.exception())
            return
        await _note(heard)
        await _settle(heard)


def _outcome(task: asyncio.Task[Any]) -> str | None:
    error = task.exception()
    if error is None:
        answer: str | None = task.result()
        return answer
    if is_away(error):
        _log.error("the database is away", extra={"error": type(error).__name__})
        return wording.say("away")
    _log.error("a turn failed", exc_info=error)
    return wording.say("went_wrong")


async def _is_noted(heard: Heard) -> bool:
    try:
        async with asyncio.timeout(_NOTE_PATIENCE):
            await _note(heard)
    except Exception as error:
        if not is_away(error):
            raise
        return False
    return True


async def _note(heard: Heard) -> None:
    await late_answers.note(_key(heard), heard.to_json(), real_now=clock.real_now())


async def _settle(heard: Heard) -> None:
    await late_answers.settle(_key(heard), now=clock.now(), real_now=clock.real_now())


def _key(heard: Heard) -> Key:
    return Key(app=heard.app, openid=heard.openid, key=heard.key)
