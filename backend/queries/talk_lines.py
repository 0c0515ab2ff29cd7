"""A talk line by line: what the customer wrote, what the assistant answered, what an agent wrote and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from backend.models import Document, LiveReply, OutboxMessage, TakenMessage
from backend.rules.wording import untagged
from config.messages.deliveries import delivery_words
from config.messages.live import live_words
from config.messages.texts import fill

By = Literal["customer", "assistant", "agent"]
Delivery = Literal["sending", "uncertain", "delivered", "refused", "told"]

_MOST = 60
_REFUSED = frozenset({"dead", "called_back", "given_up", "dropped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. `kind` is the message's; a picture has a `document_id`, and `picture` says how far it has been fetched.

    `delivery` and `advice` are of an agent's words: what became of them, and what to do when they did not arrive.
    """

    key: str
    by: By
    at: datetime
    kind: str
    text: str
    name: str | None = None
    intent: str | None = None
    document_id: int | None = None
    picture: str | None = None
    delivery: Delivery | None = None
    delivery_name: str | None = None
    advice: str | None = None


async def lines_of(openid: str) -> tuple[Line, ...]:
    """The newest lines with this person, oldest first."""
    taken = await TakenMessage.filter(openid=openid).order_by("-id").limit(_MOST)
    replies = (
        await LiveReply.filter(talk__openid=openid)
        .order_by("-id")
        .limit(_MOST)
        .prefetch_related("staff", "message__delivery_attempts")
    )
    pictures = await _pictures(taken)
    lines = [line for row in taken for line in _of_message(row, pictures)]
    lines += [_of_reply(row) for row in replies]
    return tuple(sorted(lines, key=lambda line: line.at)[-_MOST:])


async def _pictures(taken: Sequence[TakenMessage]) -> dict[str, Document]:
    ids = [row.understood["media_id"] for row in taken if row.understood and "media_id" in row.understood]
    rows = await Document.filter(media_id__in=ids) if ids else []
    return {str(row.media_id): row for row in rows}


def _of_message(row: TakenMessage, pictures: dict[str, Document]) -> Iterator[Line]:
    """The customer's words, and the assistant's where it answered."""
    understood = row.understood or {}
    picture = pictures.get(understood.get("media_id", ""))
    words = (
        row.text or understood.get("label") or live_words().kinds.get(row.kind, live_words().kinds["other"])
    )
    yield Line(
        key=f"m{row.id}",
        by="customer",
        at=row.at,
        kind=row.kind,
        text=words,
        intent=row.intent,
        document_id=picture.id if picture else None,
        picture=picture.state if picture else None,
    )
    if row.answer:
        yield Line(key=f"a{row.id}", by="assistant", at=row.at, kind="text", text=untagged(row.answer))


def _of_reply(row: LiveReply) -> Line:
    state, advice = _delivery(row.message)
    return Line(
        key=f"r{row.id}",
        by="agent",
        at=row.at,
        kind="text",
        text=row.text,
        name=row.staff.name,
        delivery=state,
        delivery_name=live_words().deliveries[state],
        advice=advice,
    )


def _delivery(message: OutboxMessage | None) -> tuple[Delivery, str | None]:
    """What became of an agent's words, and what to do about it."""
    if message is None or message.state == "delivered":
        return "delivered", None
    if message.state == "told":
        return "told", None
    attempts = sorted(message.delivery_attempts, key=lambda one: one.id)  # type: ignore[attr-defined]  # the reverse relation has no annotation
    last = attempts[-1] if attempts else None
    if message.state in _REFUSED:
        return "refused", _advice((last.reason if last else None) or "no_address")
    return ("uncertain" if last and last.outcome == "unknown" else "sending"), None


def _advice(reason: str) -> str:
    words, reasons = live_words().advice, delivery_words().reasons
    return words.get(reason) or fill(words["usual"], {"reason": reasons.get(reason, reasons["other"])})
