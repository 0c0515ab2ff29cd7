"""What customers wrote and the assistant answered, turn by turn, with what was understood and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tortoise.expressions import Q

from backend.models import ConnectionApplication, Customer, Misunderstanding, TakenMessage, WechatIdentity
from backend.queries.pages import Page, Portion, page_of
from backend.rules.errors import NotFound
from backend.rules.wording import untagged
from config import policy
from config.limits import limits

_MOST_PEOPLE = 50
_AROUND = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """`customer` is a phone, name or application number; `unsure` asks for what was understood with little confidence."""

    customer: str | None = None
    since: date | None = None
    until: date | None = None
    intent: str | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """One message and its answer. `understood` is what a transcript keeps beside the words, `meant` a supervisor's word."""

    id: int
    at: datetime
    app: str
    openid: str
    kind: str
    text: str
    answer: str | None
    intent: str | None
    confidence: float | None
    understood: dict[str, Any]
    meant: str | None
    customer: str | None
    phone: str | None


async def list_turns(search: Search, portion: Portion) -> Page[TurnView]:
    """Newest first. Raises InvalidField for a cursor we did not make."""
    found = TakenMessage.filter(_days(search), intent__isnull=False)
    if search.customer:
        found = found.filter(openid__in=await _openids(search.customer))
    if search.intent:
        found = found.filter(intent=search.intent)
    if search.unsure:
        found = found.filter(confidence__lt=limits().transcripts.unsure_below)
    before = portion.after_id()
    if before is not None:
        found = found.filter(id__lt=before)
    rows = await found.order_by("-id").limit(portion.limit + 1)
    return page_of(await _views(rows), portion, lambda one: (one.id,))


async def get_conversation(message_id: int) -> tuple[TurnView, tuple[TurnView, ...]]:
    """One turn, and what was said before and after it, oldest first. Raises NotFound."""
    row = await TakenMessage.get_or_none(id=message_id, intent__isnull=False)
    if row is None:
        raise NotFound
    theirs = TakenMessage.filter(openid=row.openid, app=row.app)
    before = await theirs.filter(id__lte=row.id).order_by("-id").limit(_AROUND)
    after = await theirs.filter(id__gt=row.id).order_by("id").limit(_AROUND)
    views = await _views([*reversed(before), *after])
    return next(view for view in views if view.id == row.id), tuple(views)


async def count_marked() -> dict[str, int]:
    """How many lines of new training text there are, by the intent they should have had."""
    counts: dict[str, int] = {}
    for intent in await Misunderstanding.all().order_by("intent").values_list("intent", flat=True):
        counts[str(intent)] = counts.get(str(intent), 0) + 1
    return counts


async def training_text(intent: str) -> tuple[str, ...]:
    """The lines marked as this intent, each once, oldest first."""
    rows = await Misunderstanding.filter(intent=intent).order_by("id").values_list("text", flat=True)
    return tuple(dict.fromkeys(str(text) for text in rows))


def _days(search: Search) -> Q:
    """From the beginning of one day to the end of another, in the policy's zone."""
    zone = policy.current().tz
    asked = Q(id__gt=0)
    if search.since:
        asked &= Q(at__gte=datetime.combine(search.since, time(), zone))
    if search.until:
        asked &= Q(at__lt=datetime.combine(search.until + timedelta(days=1), time(), zone))
    return asked


async def _openids(text: str) -> list[str]:
    """Of everybody the words name."""
    cases = ConnectionApplication.filter(
        Q(number=text.upper()) | Q(contact_phone=text) | Q(contact_name=text)
    )
    filed = await cases.order_by("-id").limit(_MOST_PEOPLE).values_list("customer_id", flat=True)
    people = Customer.filter(Q(phone=text) | Q(filed_phone=text) | Q(name=text)).order_by("-id")
    known = await people.limit(_MOST_PEOPLE).values_list("id", flat=True)
    identities = WechatIdentity.filter(customer_id__in=[*filed, *known])
    return [str(openid) for openid in await identities.values_list("openid", flat=True)]


async def _views(rows: Sequence[TakenMessage]) -> list[TurnView]:
    who = await _people({row.openid for row in rows})
    marked = await Misunderstanding.filter(message_id__in=[row.id for row in rows])
    meant = {one.message_id: one.intent for one in marked}
    return [_view(row, who.get((row.app, row.openid)), meant.get(row.id)) for row in rows]


async def _people(openids: set[str]) -> dict[tuple[str, str], Customer]:
    rows = await WechatIdentity.filter(openid__in=list(openids)).prefetch_related("customer")
    return {(row.app, row.openid): row.customer for row in rows}


def _view(row: TakenMessage, customer: Customer | None, meant: str | None) -> TurnView:
    return TurnView(
        id=row.id,
        at=row.at,
        app=row.app,
        openid=row.openid,
        kind=row.kind,
        text=row.text,
        answer=untagged(row.answer) if row.answer else None,
        intent=row.intent,
        confidence=row.confidence,
        understood=row.understood or {},
        meant=meant,
        customer=customer.name if customer else None,
        phone=(customer.phone or customer.filed_phone) if customer else None,
    )
