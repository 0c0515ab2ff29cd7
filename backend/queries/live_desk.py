"""Live talks as the hotline desk sees them: who waits, who is talking with whom."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from backend.models import LiveReply, LiveTalk, WechatIdentity
from backend.queries.pages import Page, Portion, page_of
from backend.rules.errors import NotFound
from config.delivery import delivery
from config.messages.live import live_words

_WITH = ("customer", "application", "agent", "task")
_OPEN = ("waiting", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """One talk. `unanswered_since` is the customer's first word that nobody has answered."""

    id: int
    state: str
    reason: str
    reason_name: str
    customer_id: int
    customer: str | None
    contact_phone: str | None
    words: str
    application_number: str | None
    agent_id: int | None
    agent_name: str | None
    asked_at: datetime
    taken_at: datetime | None
    unanswered_since: datetime | None
    ended_at: datetime | None
    app: str
    openid: str


async def list_talks(*, ended: bool, portion: Portion) -> Page[TalkView]:
    """Open ones, the oldest first; or ended ones, the newest first. Raises InvalidField."""
    last = portion.after_id()
    if ended:
        rows = LiveTalk.filter(Q(id__lt=last) if last else Q(id__gt=0), state="ended").order_by("-id")
    else:
        rows = LiveTalk.filter(id__gt=last or 0, state__in=_OPEN).order_by("id")
    found = await rows.limit(portion.limit + 1).prefetch_related(*_WITH)
    return page_of([_view(row) for row in found], portion, lambda one: (one.id,))


async def count_waiting() -> int:
    """How many customers wait for somebody."""
    return await LiveTalk.filter(state="waiting").count()


async def get_talk(talk_id: int) -> TalkView:
    """Raises NotFound."""
    row = await LiveTalk.get_or_none(id=talk_id).prefetch_related(*_WITH)
    if row is None:
        raise NotFound
    return _view(row)


async def words_left(talk: TalkView) -> tuple[int, datetime | None]:
    """How many messages the platform still lets us send after the customer's last, and when that was (real time)."""
    identity = await WechatIdentity.get(app=talk.app, openid=talk.openid)
    last = identity.last_message_at
    if last is None:
        return 0, None
    sent = await LiveReply.filter(talk_id=talk.id, real_at__gt=last).count()
    return max(0, delivery().customer_service_count - sent), last


def _view(row: LiveTalk) -> TalkView:
    facts = row.task.facts
    case = row.application
    filed = case.contact_phone if case else None
    return TalkView(
        id=row.id,
        state=row.state,
        reason=row.reason,
        reason_name=live_words().calls[row.reason],
        customer_id=row.customer_id,
        customer=facts.get("contact_name") or row.customer.name or (case.contact_name if case else None),
        contact_phone=row.customer.phone or facts.get("contact_phone") or row.customer.filed_phone or filed,
        words=row.words,
        application_number=case.number if case else None,
        agent_id=row.agent_id,
        agent_name=row.agent.name if row.agent else None,
        asked_at=row.asked_at,
        taken_at=row.taken_at,
        unanswered_since=row.unanswered_since,
        ended_at=row.ended_at,
        app=row.app,
        openid=row.openid,
    )
