"""What people allow us to send: each accepted pop-up is worth one message of its template."""

from datetime import datetime, timedelta
from typing import Literal

from tortoise.transactions import in_transaction

from backend.models import SubscriptionGrant, WechatIdentity

Source = Literal["client", "platform", "settings"]
"""Who says so: the mini-program about its pop-up, the platform about the same pop-up, or the person's settings."""

_SAME_POP_UP = timedelta(hours=1)  # client and platform tell of one pop-up within so much


async def note(app: str, openid: str, choices: dict[str, str], *, source: Source, real_now: datetime) -> None:
    """Counts what was accepted by template; a refusal in the settings, or a ban, ends what was left.

    Client and platform both tell of the same pop-up, either may be lost, and neither comes with a number: what counts is
    the larger of the two tallies. A refusal in the pop-up itself takes nothing back that was allowed before.
    """
    async with in_transaction():
        identity = await WechatIdentity.select_for_update().get_or_none(app=app, openid=openid)
        if identity is None:
            return
        for template_id, choice in choices.items():
            grant, _ = await SubscriptionGrant.get_or_create(
                identity_id=identity.id, template_id=template_id[:64], defaults={"updated_at": real_now}
            )
            _count(grant, choice, source, real_now)
            await grant.save()


async def note_client(customer_id: int, choices: dict[str, str], *, real_now: datetime) -> None:
    """As the mini-program itself reports it; of several identities the newest is the one in use."""
    identity = (
        await WechatIdentity.filter(customer_id=customer_id, app="mini_program").order_by("-id").first()
    )
    if identity is not None:
        await note("mini_program", identity.openid, choices, source="client", real_now=real_now)


def _count(grant: SubscriptionGrant, choice: str, source: Source, real_now: datetime) -> None:
    grant.refused = choice != "accept"
    if choice == "ban" or (grant.refused and source == "settings"):
        grant.remaining = 0
    if source == "settings":
        return
    if (
        real_now - grant.updated_at > _SAME_POP_UP
    ):  # what one of the two missed long ago settles nothing today
        grant.by_client = grant.by_platform = 0
    grant.updated_at = real_now
    if choice != "accept":
        return
    before = max(grant.by_client, grant.by_platform)
    if source == "client":
        grant.by_client += 1
    else:
        grant.by_platform += 1
    grant.remaining += max(grant.by_client, grant.by_platform) - before
