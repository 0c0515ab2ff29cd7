"""The platform's later word on a message: it arrived, or it did not and the next channel has its turn."""

from datetime import datetime

from tortoise.transactions import in_transaction

from backend.models import DeliveryAttempt, OutboxMessage, SubscriptionGrant, WechatIdentity


async def settle(platform_id: str, *, delivered: bool, reason: str, real_now: datetime) -> bool:
    """Books a receipt on its attempt; False when nobody knows the message. A repeat changes nothing."""
    async with in_transaction():
        attempt = (
            await DeliveryAttempt.filter(platform_id=platform_id, receipt=None)
            .select_for_update()
            .order_by("-id")
            .first()
        )
        if attempt is None:
            return False
        attempt.receipt = "arrived" if delivered else reason[:100]
        await attempt.save(update_fields=["receipt"])
        if not delivered:
            row = await OutboxMessage.select_for_update().get(id=attempt.message_id)
            if row.state == "delivered":
                row.state, row.ended_at, row.lease = "waiting", None, None
                row.channel, row.attempt_at = row.channel + 1, real_now
                await row.save()
        return True


async def note_choices(app: str, openid: str, choices: dict[str, str], *, now: datetime) -> None:
    """What a person allowed by the pop-up: `accept` adds one message of the template, anything else ends what was left."""
    async with in_transaction():
        identity = await WechatIdentity.select_for_update().get_or_none(app=app, openid=openid)
        if identity is None:
            return
        for template_id, choice in choices.items():
            grant, _ = await SubscriptionGrant.get_or_create(
                identity_id=identity.id, template_id=template_id[:64], defaults={"updated_at": now}
            )
            accepted = choice == "accept"
            grant.remaining = grant.remaining + 1 if accepted else 0
            grant.refused, grant.updated_at = not accepted, now
            await grant.save()
