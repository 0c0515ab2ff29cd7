"""Events that nobody waits for an answer to: receipts, consents, people who leave. Unknown ones are taken quietly."""

import logging

from backend import clock
from backend.actions import consents, forgetting, talks
from backend.actions import receipts as receipt_actions
from backend.actions.receipts import Subscriber
from backend.gateways.wechat import receipts
from backend.gateways.wechat.inbound import InboundMessage

_log = logging.getLogger(__name__)
_QUOTA_ENDS = "charge_service_quota_notify"
_IN_SETTINGS = "subscribe_msg_change_event"


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
    subscriber = Subscriber(app=message.app, openid=message.openid)
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
        source: consents.Source = "settings" if message.event == _IN_SETTINGS else "platform"
        await consents.note(message.app, message.openid, choices, source=source, real_now=real_now)
    withdrawn = receipts.withdrawal(message)
    if withdrawn is not None:
        await forgetting.forget(withdrawn, now=clock.now())
    if message.event == _QUOTA_ENDS:
        _log.error("the paid quota of phone numbers runs out", extra={"event": message.event})
