"""Delivers reports to partners: claim one with a lease, call outside any transaction, write down what came of it."""

import logging
from datetime import datetime, timedelta

from tortoise.transactions import in_transaction

from backend.actions import _outbox
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.gateways.partners import PartnerBusy, PartnerLine, PartnerRefuses, PartnerTrouble, ReportRejected
from backend.models import OutboxMessage, PartnerCallback, Staff
from backend.queries.rows import rows
from config.partners import partners

_log = logging.getLogger(__name__)

# The row's time is moved on before the partner is called: it is the lease, and the next try if this process dies.
_CLAIM = """
UPDATE partner_callbacks SET attempt_at = $1, attempts = attempts + 1
WHERE id = (
    SELECT id FROM partner_callbacks WHERE state = 'waiting' AND attempt_at <= $2
    ORDER BY attempt_at, created_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_HOLD_BACK = """
UPDATE partner_callbacks SET attempt_at = $1
WHERE id IN (
    SELECT id FROM partner_callbacks WHERE partner = $2 AND state = 'waiting' AND attempt_at < $1 FOR UPDATE SKIP LOCKED
)
"""


async def report_next(*, now: datetime, real_now: datetime, line: PartnerLine) -> bool:
    """Makes one try for one report that is due (real time); False when none is."""
    until = real_now + timedelta(seconds=partners().reports.lease_seconds)
    claimed = await rows(_CLAIM, until, real_now)
    if not claimed:
        return False
    row = await PartnerCallback.get(id=claimed[0]["id"])
    if not line.reaches(row.partner):
        await _finish(row, "unwanted", "no_address")
        return True
    trouble = await _send(row, line, real_now)
    if trouble is None:
        await _finish(row, "delivered", "")
    elif isinstance(trouble, ReportRejected) or _too_old(row, real_now):
        await _give_up(row, trouble, Act.system(now=now, real_now=real_now))
    else:
        await _hold_back(row, trouble, real_now)
    return True


async def _send(row: PartnerCallback, line: PartnerLine, real_now: datetime) -> PartnerTrouble | None:
    try:
        await line.send(row.partner, str(row.id), row.body, real_now=real_now)
    except PartnerTrouble as trouble:
        facts = {"partner": row.partner, "reason": trouble.reason, "tries": row.attempts}
        _log.warning("a report was not taken", extra=facts)
        return trouble
    return None


def _too_old(row: PartnerCallback, real_now: datetime) -> bool:
    return real_now - row.created_at > timedelta(hours=partners().reports.dead_after_hours)


async def _finish(row: PartnerCallback, state: str, answer: str) -> bool:
    """False when the lease lapsed and somebody else has it."""
    mine = PartnerCallback.filter(id=row.id, state="waiting", attempts=row.attempts)
    return bool(await mine.update(state=state, last_answer=answer[:200]))


async def _hold_back(row: PartnerCallback, trouble: PartnerTrouble, real_now: datetime) -> None:
    """Everything for this partner waits together: the others would meet the same, one time-out after another."""
    again = real_now + _pause(row, trouble)
    mine = PartnerCallback.filter(id=row.id, state="waiting", attempts=row.attempts)
    await mine.update(attempt_at=again, last_answer=trouble.reason[:200])
    await rows(_HOLD_BACK, again, row.partner)


def _pause(row: PartnerCallback, trouble: PartnerTrouble) -> timedelta:
    rules = partners().reports
    first = rules.first_refused_seconds if isinstance(trouble, PartnerRefuses) else rules.first_busy_seconds
    doubled = first * 2.0 ** min(row.attempts - 1, 20)
    least = trouble.retry_after if isinstance(trouble, PartnerBusy) else None
    longest = timedelta(seconds=rules.longest_pause_seconds)
    return min(max(timedelta(seconds=doubled), least or timedelta(0)), longest)


async def _give_up(row: PartnerCallback, trouble: PartnerTrouble, act: Act) -> None:
    async with in_transaction():
        if await _finish(row, "dead", trouble.reason):
            await _alarm(row.partner, trouble.reason, act)


async def _alarm(partner: str, reason: str, act: Act) -> None:
    """Tells the supervisors once per partner and hour."""
    known = partners().partners.get(partner)
    facts = {"partner": known.name if known else partner, "reason": reason}
    for supervisor in await Staff.filter(active=True, roles__contains=["supervisor"]):
        key = f"alarm:{supervisor.id}:partner:{partner}:{act.real_now:%Y%m%d%H}"
        await lock_name(key)
        if not await OutboxMessage.exists(dedupe_key=key):
            letter = _outbox.Letter(message="partner_not_told", facts=facts)
            sent = await _outbox.queue(letter, act=act, staff_id=supervisor.id)
            await OutboxMessage.filter(id=sent).update(dedupe_key=key)
