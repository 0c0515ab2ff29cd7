"""After nobody worked for a while: which reminders still went out, and which did not, is said to people (domain §3)."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from tortoise.transactions import in_transaction

from backend.actions import _outbox
from backend.actions.act import Act
from backend.models import Outage, OutboxMessage, Reminder, SchedulerLife, Staff
from backend.rules.wording import say_moment
from config import policy
from config.delivery import delivery
from config.messages.texts import words

_log = logging.getLogger(__name__)

_ONE_ROW = 1
_NAMED = 10  # cases; the others are counted


async def note_life(*, act: Act) -> None:
    """A scheduler works now. Whoever comes first after a gap writes down the outage."""
    async with in_transaction():
        life = await SchedulerLife.select_for_update().get_or_none(id=_ONE_ROW)
        if life is None:
            await SchedulerLife.get_or_create(id=_ONE_ROW, defaults={"seen_at": act.real_now})
            return
        gap = act.real_now - life.seen_at
        if gap > timedelta(seconds=delivery().outage_after_seconds):
            await Outage.create(began_at=life.seen_at, ended_at=act.real_now, resumed_at=act.now)
            _log.warning("nobody worked for a while", extra={"seconds": round(gap.total_seconds())})
        life.seen_at = max(act.real_now, life.seen_at)
        await life.save(update_fields=["seen_at"])


async def tell_next(*, act: Act) -> bool:
    """Says what came of one outage as soon as all that it held up is judged; False when there is none to tell."""
    async with in_transaction():
        outage = await Outage.filter(told_at=None).order_by("id").select_for_update(skip_locked=True).first()
        if outage is None or await Reminder.exists(state="waiting", due_at__lte=outage.resumed_at):
            return False
        outage.told_at = act.real_now
        await outage.save(update_fields=["told_at"])
        held_up = Reminder.filter(judged_at__gte=outage.resumed_at, due_at__lte=outage.resumed_at)
        sent = await held_up.filter(state="done").count()
        dropped = await held_up.filter(state__in=["dropped", "merged"]).prefetch_related(
            "clock__application", "clock__project"
        )
        stale = await OutboxMessage.filter(
            state="dropped", ended_at__gte=outage.resumed_at, created_at__lte=outage.resumed_at
        ).count()
        _log.info(
            "what an outage held up", extra={"sent": sent, "dropped": len(dropped), "stale_messages": stale}
        )
        if sent or dropped or stale:
            await _tell(outage, sent, dropped, stale, act)
        return True


async def _tell(outage: Outage, sent: int, dropped: Sequence[Reminder], stale: int, act: Act) -> None:
    rules = policy.current()
    facts = {
        "from_at": say_moment(outage.began_at, rules),
        "to_at": say_moment(outage.ended_at, rules),
        "sent": str(sent),
        "dropped": str(len(dropped) + stale),
        "cases": _cases(dropped),
    }
    letter = _outbox.Letter(message="after_outage", facts=facts)
    for supervisor in await Staff.filter(active=True, roles__contains=["supervisor"]).order_by("id"):
        await _outbox.queue(letter, act=act, staff_id=supervisor.id)


def _cases(dropped: Sequence[Reminder]) -> str:
    """The cases whose reminders did not go, each once, as many as fit."""
    cases = [reminder.clock.application or reminder.clock.project for reminder in dropped]
    numbers = list(dict.fromkeys(case.number for case in cases))
    if not numbers:
        return words().none
    shown = "、".join(numbers[:_NAMED])
    return shown + (words().and_more if numbers[_NAMED:] else "")
