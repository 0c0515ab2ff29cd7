"""Events that nobody waits for an answer to: receipts, consents, people who leave. Unknown ones are taken quietly."""

import logging

from backend import clock
from backend.actions import receipts as receipt_actions
from backend.actions import talks
from backend.gateways.wechat import receipts
from backend.gateways.wechat.inbound import InboundMessage

_log = logging.getLogger(__name__)
_QUOTA_ENDS = "charge_service_quota_notify"


async def take(message: InboundMessage) -> None:
    """Takes the event once, with all it causes."""
    await talks.note(message, lambda: _perform(message), now=clock.now())


async def _perform(message: InboundMessage) -> None:
    real_now = clock.real_now()
    sent = receipts.template_receipt(message)
    if sent is not None and sent.message_id:
        await receipt_actions.settle(
            sent.message_id, delivered=sent.delivered, reason=sent.reason, real_now=real_now
        )
    subscriber = message.openid if message.app == "mini_program" else ""
    for one in receipts.subscribe_receipts(message):
        if one.message_id:
            await receipt_actions.settle(
                one.message_id,
                delivered=one.delivered,
                reason=one.reason,
                real_now=real_now,
                subscriber=subscriber,
            )
    choices = {one.template_id: one.choice for one in receipts.subscription_choices(message)}
    if choices:
        await receipt_actions.note_choices(message.app, message.openid, choices, now=clock.now())
    if message.event == _QUOTA_ENDS:
        _log.error("the paid quota of phone numbers runs out", extra={"event": message.event})
