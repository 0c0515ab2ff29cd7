"""Messages nobody could deliver, as somebody deals with them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from backend.models import OutboxMessage
from backend.queries import reach, reachable
from backend.queries.callers import Member
from backend.queries.case_file import AttemptView, attempts_of
from backend.queries.pages import Page, Portion, page_of
from backend.rules.errors import Forbidden, InvalidField, NotFound
from backend.rules.messages import UNDELIVERED
from config.messages.texts import fill, notices
from config.roles import StaffRole

_WITH = ("customer", "staff", "application", "delivery_attempts")


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckMessage:
    """One message with every try; `phone` is where the person can be called."""

    id: str
    title: str
    body: str
    state: str
    to: str
    phone: str | None
    application_number: str | None
    created_at: datetime
    closing_note: str | None
    attempts: tuple[AttemptView, ...]


async def list_messages(
    member: Member, wanted: tuple[StaffRole, ...], portion: Portion, *, state: str | None
) -> Page[StuckMessage]:
    """Undelivered ones, or those of a state, within the member's reach, newest first. Raises InvalidField."""
    states, after = [state] if state else sorted(UNDELIVERED), _after(portion)
    found: list[OutboxMessage] = []
    for theirs in await _of_reach(member, wanted):
        rows = OutboxMessage.filter(theirs, after, state__in=states).order_by("-created_at", "-id")
        found += await rows.limit(portion.limit + 1).prefetch_related(*_WITH)
    found.sort(key=lambda row: (row.created_at, row.id), reverse=True)
    shown = found[: portion.limit + 1]
    return page_of([_view(row) for row in shown], portion, lambda one: (one.created_at, one.id))


async def get(message_id: UUID) -> StuckMessage:
    """One message, whoever asks: check the reach first. Raises NotFound."""
    row = await OutboxMessage.get_or_none(id=message_id).prefetch_related(*_WITH)
    if row is None:
        raise NotFound
    return _view(row)


async def check_reach(message_id: UUID, member: Member, wanted: tuple[StaffRole, ...]) -> None:
    """Raises NotFound, Forbidden."""
    if not await OutboxMessage.exists(id=message_id):
        raise NotFound
    for theirs in await _of_reach(member, wanted):
        if await OutboxMessage.filter(theirs, id=message_id).exists():
            return
    raise Forbidden


async def count(member: Member, wanted: tuple[StaffRole, ...]) -> int:
    """How many wait for somebody."""
    waiting = OutboxMessage.filter(state__in=sorted(UNDELIVERED))
    return sum([await waiting.filter(theirs).count() for theirs in await _of_reach(member, wanted)])


async def _of_reach(member: Member, wanted: tuple[StaffRole, ...]) -> list[Q]:
    """What is for customers of cases within reach; a supervisor also sees what was for the department's people.

    Two questions: asked in one, joined by OR, PostgreSQL would first list every application within reach.
    """
    own = Q(customer_id__isnull=False, application_id__in=await reachable.ids(member, wanted, "application"))
    if "supervisor" not in member.roles:
        return [own]
    others = await reach.other_departments(member)
    return [own, Q(staff__department__not_in=others) if others else Q(staff_id__isnull=False)]


def _after(portion: Portion) -> Q:
    """The messages behind the cursor. Raises InvalidField."""
    if not portion.after:
        return Q(state__not="")
    try:
        at, last = datetime.fromisoformat(portion.after[0]), UUID(portion.after[-1])
    except ValueError:
        raise InvalidField(field="cursor", sentence="bad_cursor") from None
    if at.tzinfo is None:
        raise InvalidField(field="cursor", sentence="bad_cursor")
    return Q(created_at__lt=at) | Q(created_at=at, id__lt=last)


def _view(row: OutboxMessage) -> StuckMessage:
    notice = notices()[row.message]
    contact = row.application.contact_phone if row.application else None
    person = row.staff.name if row.staff else row.facts.get("contact_name") or ""
    return StuckMessage(
        id=str(row.id),
        title=fill(notice.title, row.facts),
        body=fill(notice.body, row.facts),
        state=row.state,
        to=person,
        phone=row.staff.phone if row.staff else contact,
        application_number=row.application.number if row.application else None,
        created_at=row.created_at,
        closing_note=row.closing_note,
        attempts=attempts_of(row),
    )
