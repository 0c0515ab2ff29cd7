"""One inbound message: taken once, in order, its answer kept for the platform's repeats.

A turn that only says something is one statement that reads and one that keeps the answer, shared with whoever writes at the
same time; a turn that does something holds the talk for it and is one transaction.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import orjson
from tortoise import connections
from tortoise.transactions import in_transaction

from backend.actions import people
from backend.actions.act import Act
from backend.models import WechatIdentity
from backend.queries import standings
from backend.queries.my_cases import Person
from backend.queries.rows import rows
from backend.queries.standings import Standing
from backend.together import Together, rows_of

_TAKE = """
INSERT INTO taken_messages (app, key, openid, kind, text, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (app, key) DO NOTHING RETURNING id
"""
# The talk's row comes before the message's, everywhere: who waits for one holds none of the others.
_HOLD_AND_TAKE = """
WITH talk AS (
    INSERT INTO conversations (openid, state, updated_at, turns) VALUES ($3, '{}', $6, 1)
    ON CONFLICT (openid) DO UPDATE SET turns = conversations.turns + 1 RETURNING openid
)
INSERT INTO taken_messages (app, key, openid, kind, text, at) SELECT $1, $2, talk.openid, $4, $5, $6 FROM talk
ON CONFLICT (app, key) DO NOTHING RETURNING id
"""
_SAID = rows_of(
    app="text",
    key="text",
    openid="text",
    kind="text",
    text="text",
    at="timestamptz",
    intent="text",
    answer="text",
    state="jsonb",
    turns="bigint",
    wrote_at="timestamptz",
    confidence="float8",
    understood="jsonb",
)
# Of many people at one time. Writes nothing for whom somebody else took a turn since so many were counted, or holds the
# talk just now, or who has none yet: nobody here waits for another one's row. Of two of one person's the first is kept.
_KEEP = f"""
WITH said AS (
    SELECT DISTINCT ON (openid) * FROM {_SAID} ORDER BY openid, place
), free AS MATERIALIZED (
    SELECT said.*, i.id AS contact FROM said JOIN conversations c USING (openid) JOIN wechat_identities i USING (app, openid)
    WHERE c.turns = said.turns FOR NO KEY UPDATE OF c, i SKIP LOCKED
), talk AS (
    UPDATE conversations c SET state = free.state, updated_at = free.at, turns = c.turns + 1
    FROM free WHERE c.openid = free.openid
), contact AS (
    UPDATE wechat_identities i SET follows = true, last_message_at = coalesce(free.wrote_at, i.last_message_at)
    FROM free WHERE i.id = free.contact
), kept AS (
    INSERT INTO taken_messages (app, key, openid, kind, text, at, intent, answer, confidence, understood)
    SELECT app, key, openid, kind, text, at, intent, answer, confidence, understood FROM free
)
SELECT place FROM free
"""  # noqa: S608  only constants are put in
_KEEP_HELD = """
WITH talk AS (
    UPDATE conversations SET state = $5, updated_at = $6 WHERE openid = $2
), contact AS (
    UPDATE wechat_identities SET follows = true, last_message_at = coalesce($7, last_message_at),
        unionid_asked_at = coalesce($8, unionid_asked_at)
    WHERE app = $1 AND openid = $2
)
UPDATE taken_messages SET intent = $3, answer = $4, confidence = $10, understood = $11 WHERE id = $9
"""
_LONGEST_KIND = 30  # the column's width; the platform may invent any name for an event


class Message(Protocol):
    """What a talk needs of an inbound message, whichever app it came through."""

    @property
    def app(self) -> str: ...
    @property
    def openid(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def event(self) -> str | None: ...
    @property
    def text(self) -> str: ...


class NotHeld(Exception):
    """This turn does something: it has to hold the talk, and is asked again when it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Who is talking, and where the talk stands (`state`, as the assistant left it; empty at first).

    Only while it is `held`, within the message's transaction, may anything be changed. `live_talk_id` is the talk with a
    person of ours that is open, `with_agent` says that one has it.
    """

    customer_id: int
    state: Mapping[str, Any]
    person: Person
    held: bool
    live_talk_id: int | None = None
    with_agent: bool = False

    def check_held(self) -> None:
        """Raises NotHeld."""
        if not self.held:
            raise NotHeld


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The assistant's turn: the answer (None for silence), the talk's next state, what was understood and why."""

    answer: str | None
    state: Mapping[str, Any] = field(default_factory=dict)
    intent: str | None = None
    confidence: float | None = None
    understood: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """What the platform said of the sender: `asked` is false when it was not asked or did not answer."""

    unionid: str | None = None
    asked: bool = False


Respond = Callable[[Talk], Awaitable[Said]]
AskWhose = Callable[[], Awaitable[Whose]]


async def once(
    message: Message, respond: Respond, *, ask_whose: AskWhose, now: datetime, real_now: datetime
) -> str | None:
    """Lets the assistant answer a message that was not taken yet, and gives every repeat the stored answer.

    Everything the answer causes is in one transaction with it. Messages of one person wait for each other. `respond` must
    have changed nothing when it raises NotHeld. `ask_whose` is asked of somebody we cannot place.
    """
    found = await standings.read(message.app, message.openid, message.key)
    if found.taken:
        return found.answer
    if found.customer_id is None or found.unplaced:
        return await _hold(message, respond, found, whose=await ask_whose(), now=now, real_now=real_now)
    try:
        said = await respond(_talk(found, held=False))
    except NotHeld:
        pass
    else:
        if await _keepers.ask(_to_keep(message, said, found, now=now, real_now=real_now)):
            return said.answer
    return await _hold(message, respond, found, whose=Whose(), now=now, real_now=real_now)


async def note(message: Message, perform: Callable[[], Awaitable[None]], *, now: datetime) -> None:
    """Takes an event that nobody waits for an answer to, once, with all it causes."""
    async with in_transaction():
        if await _first_id(_TAKE, [*_message(message), now]) is None:
            return
        if message.event == "unsubscribe":
            await WechatIdentity.filter(app=message.app, openid=message.openid).update(follows=False)
        await perform()


def act_of(talk: Talk, *, now: datetime, real_now: datetime) -> Act:
    """The customer acts, through the assistant."""
    return Act(by="customer", now=now, real_now=real_now, customer_id=talk.customer_id)


def _to_keep(
    message: Message, said: Said, found: Standing, *, now: datetime, real_now: datetime
) -> list[object]:
    known = [said.intent, said.answer, _json(said.state), found.turns, _window(message, real_now)]
    return [*_message(message), now, *known, said.confidence, _json(said.understood)]


async def _keep(said: Sequence[Sequence[object]]) -> list[bool]:
    """Keeps turns that only said something; False when another turn came between, and nothing was written.

    A repeat after an unseen success finds its own turn between.
    """
    kept = {row["place"] for row in await rows(_KEEP, *zip(*said, strict=True))}
    return [place in kept for place in range(1, len(said) + 1)]


_keepers = Together(_keep)


async def _hold(
    message: Message, respond: Respond, before: Standing, *, whose: Whose, now: datetime, real_now: datetime
) -> str | None:
    """The turn in one transaction that holds the talk; a repeat waits here until the first one is through."""
    async with in_transaction():
        taken = await _first_id(_HOLD_AND_TAKE, [*_message(message), now])
        if taken is not None and (whose.asked or before.customer_id is None):
            identity = people.Identity(app=message.app, openid=message.openid, unionid=whose.unionid)
            await people.identify(identity, now=now)
        found = await standings.read_held(message.app, message.openid, message.key)
        if taken is None:
            return found.answer
        said = await respond(_talk(found, held=True))
        asked_at = real_now if whose.asked else None
        values: list[object] = [
            said.intent,
            said.answer,
            _json(said.state),
            now,
            _window(message, real_now),
            asked_at,
            taken,
        ]
        values += [said.confidence, _json(said.understood)]
        await connections.get("default").execute_query(_KEEP_HELD, [message.app, message.openid, *values])
        return said.answer


def _talk(found: Standing, *, held: bool) -> Talk:
    if found.customer_id is None:
        raise LookupError("nobody was met before the talk began")
    return Talk(
        customer_id=found.customer_id,
        state=found.state,
        person=found.person,
        held=held,
        live_talk_id=found.live_talk_id,
        with_agent=found.agent_id is not None,
    )


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else orjson.dumps(dict(value)).decode()


def _window(message: Message, real_now: datetime) -> datetime | None:
    """A message, not an event, opens the customer-service window."""
    return real_now if message.kind != "event" else None


def _message(message: Message) -> list[object]:
    kind = (message.event or message.kind)[:_LONGEST_KIND]
    return [message.app, message.key, message.openid, kind, message.text]


async def _first_id(statement: str, values: list[object]) -> int | None:
    """The id the statement returned, or None when it wrote no row."""
    rows = await connections.get("default").execute_query_dict(statement, values)
    return int(rows[0]["id"]) if rows else None
