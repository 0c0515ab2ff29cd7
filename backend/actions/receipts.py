"""The platform's later word on a message: it arrived, or it did not and the next channel has its turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.transactions import in_transaction

from backend.actions.locks import lock_names
from backend.models import DeliveryAttempt, EarlyReceipt, OutboxMessage

_ARRIVED = "arrived"
BY_CONSENT = {"mini_program": "subscribe", "official_account": "subscribe_notice"}  # app → channel
_ANSWER_WRITTEN = timedelta(seconds=7)  # two to connect, four to read, one to write down
_EARLY_KEPT = timedelta(days=7)  # an answer that is so late will not come


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Whom the receipt of a subscribe message names: the open id of one of our apps."""

    app: str
    openid: str


async def settle(
    platform_id: str,
    *,
    delivered: bool,
    reason: str,
    real_now: datetime,
    subscriber: Subscriber | None = None,
) -> bool:
    """Books a receipt on its attempt; False when nobody knows the message (yet). A repeat changes nothing.

    A receipt may overtake the answer it belongs to, or that answer was lost and the repeat still to come: it is kept.
    An attempt to a `subscriber` whose answer was lost is settled by it where it can be no other's.
    """
    async with in_transaction():
        await hold([platform_id])
        word = _ARRIVED if delivered else reason[:100] or "failed"
        if await _book(platform_id, word, real_now):
            return True
        if await DeliveryAttempt.exists(platform_id=platform_id):
            return False
        attempt = await _only_unanswered(subscriber, real_now) if subscriber else None
        if attempt is not None and attempt.reason is not None:  # given up, not on its way
            return await _give(attempt, platform_id, word, real_now)
        whose = {"app": subscriber.app, "openid": subscriber.openid} if subscriber else {}
        await EarlyReceipt.update_or_create(
            platform_id=platform_id, defaults={"receipt": word, "came_at": real_now, **whose}
        )
        return False


async def claim_early(message_id: UUID, subscriber: Subscriber, *, real_now: datetime) -> bool:
    """Settles a message whose try nobody saw the end of by a receipt that came meanwhile, if it can be no other's.

    A receipt that has only just come may belong to an answer that is being written down.
    """
    async with in_transaction():
        attempt = await _only_unanswered(subscriber, real_now)
        if attempt is None or attempt.message_id != message_id:
            return False
        early = await EarlyReceipt.filter(
            app=subscriber.app,
            openid=subscriber.openid,
            came_at__range=(attempt.began_at, real_now - _ANSWER_WRITTEN),
        ).first()
        if early is None:
            return False
        await hold([early.platform_id])
        await early.delete()
        return await _give(attempt, early.platform_id, early.receipt, real_now)


async def hold(platform_ids: Sequence[str]) -> None:
    """Keeps receipts and the answers they belong to from passing each other unseen."""
    await lock_names([f"receipt:{one}" for one in platform_ids])


async def apply_early(platform_ids: Sequence[str], *, real_now: datetime) -> None:
    """Books the receipts that were here before their attempts. In the transaction that notes the attempts, under `hold`."""
    if not platform_ids:
        return
    for early in await EarlyReceipt.filter(platform_id__in=list(platform_ids)):
        await _book(early.platform_id, early.receipt, real_now)
        await early.delete()


async def forget_old(*, real_now: datetime) -> int:
    """Removes receipts whose message nobody will ever know; returns how many."""
    return await EarlyReceipt.filter(came_at__lt=real_now - _EARLY_KEPT).delete()


async def _only_unanswered(subscriber: Subscriber, real_now: datetime) -> DeliveryAttempt | None:
    """The one attempt of the last day to this person whose end nobody saw, on its way or given up; None if there are
    several, for a receipt that is given to the wrong one would lose the other."""
    found = await DeliveryAttempt.filter(
        channel=BY_CONSENT[subscriber.app],
        outcome="unknown",
        platform_id=None,
        began_at__gt=real_now - timedelta(days=1),
        message__customer__identities__app=subscriber.app,
        message__customer__identities__openid=subscriber.openid,
    ).limit(2)
    return found[0] if len(found) == 1 else None


async def _give(attempt: DeliveryAttempt, platform_id: str, word: str, real_now: datetime) -> bool:
    """The receipt is this attempt's: whatever it says, the message counts as taken by the platform."""
    attempt.platform_id = platform_id
    await attempt.save(update_fields=["platform_id"])
    await OutboxMessage.filter(id=attempt.message_id, state="waiting").update(
        state="delivered", ended_at=real_now, lease=None
    )
    return await _book(platform_id, word, real_now)


async def _book(platform_id: str, word: str, real_now: datetime) -> bool:
    open_attempts = DeliveryAttempt.filter(platform_id=platform_id, receipt=None)
    attempt = await open_attempts.select_for_update().order_by("-id").first()
    if attempt is None:
        return False
    attempt.receipt = word
    await attempt.save(update_fields=["receipt"])
    if word != _ARRIVED:
        await _next_channel(attempt, real_now)
    return True


async def _next_channel(attempt: DeliveryAttempt, real_now: datetime) -> None:
    row = await OutboxMessage.select_for_update().get(id=attempt.message_id)
    if row.state == "delivered":
        row.state, row.ended_at, row.lease = "waiting", None, None
        row.channel, row.attempt_at = row.channel + 1, real_now
        await row.save(update_fields=["state", "ended_at", "lease", "channel", "attempt_at"])
