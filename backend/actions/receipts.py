"""The platform's later word on a message: it arrived, or it did not and the next channel has its turn."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.transactions import in_transaction

from backend.actions.locks import lock_name
from backend.models import DeliveryAttempt, EarlyReceipt, OutboxMessage

_ARRIVED = "arrived"
_BY_CONSENT = {"mini_program": "subscribe", "official_account": "subscribe_notice"}  # app → channel
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
    An attempt to a `subscriber` whose answer was lost is settled by it, since such a message is not repeated under the
    same id.
    """
    async with in_transaction():
        await hold(platform_id)
        word = _ARRIVED if delivered else reason[:100] or "failed"
        if await _book(platform_id, word, real_now):
            return True
        if await DeliveryAttempt.exists(platform_id=platform_id):
            return False
        if subscriber and await _settle_unknown(subscriber, platform_id, word, real_now):
            return True
        await EarlyReceipt.update_or_create(
            platform_id=platform_id, defaults={"receipt": word, "came_at": real_now}
        )
        return False


async def hold(platform_id: str) -> None:
    """Keeps a receipt and the answer it belongs to from passing each other unseen."""
    await lock_name(f"receipt:{platform_id}")


async def apply_early(platform_id: str, *, real_now: datetime) -> None:
    """Books the receipt that was here before its attempt, if any. In the transaction that notes the attempt, under `hold`."""
    early = await EarlyReceipt.get_or_none(platform_id=platform_id)
    if early is not None:
        await _book(platform_id, early.receipt, real_now)
        await early.delete()


async def forget_old(*, real_now: datetime) -> int:
    """Removes receipts whose message nobody will ever know; returns how many."""
    return await EarlyReceipt.filter(came_at__lt=real_now - _EARLY_KEPT).delete()


async def _settle_unknown(subscriber: Subscriber, platform_id: str, word: str, real_now: datetime) -> bool:
    """The newest attempt to this person that ended without an answer has this receipt."""
    attempt = (
        await DeliveryAttempt.filter(
            channel=_BY_CONSENT[subscriber.app],
            outcome="unknown",
            reason__isnull=False,
            platform_id=None,
            message__customer__identities__app=subscriber.app,
            message__customer__identities__openid=subscriber.openid,
        )
        .order_by("-id")
        .first()
    )
    if attempt is None:
        return False
    attempt.platform_id = platform_id
    await attempt.save(update_fields=["platform_id"])
    if word == _ARRIVED:
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
