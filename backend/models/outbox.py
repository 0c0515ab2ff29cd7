"""Messages to people: what must be said, every attempt to say it, and the in-app inbox."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from backend.models.person import Customer
from backend.models.staff import Staff


class OutboxMessage(Model):
    """One message to one person. `attempt_at` is real time and doubles as the lease; `held_until` is the regulation's time.

    `resent_at` (real time) is when a person sent it anew: earlier tries do not count; `closing_note` why one gave it up.
    """

    id = fields.UUIDField(primary_key=True)
    message = fields.CharField(max_length=40)
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="messages", null=True, on_delete=fields.RESTRICT
    )
    customer_id: int | None
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="messages", null=True, on_delete=fields.RESTRICT
    )
    staff_id: int | None
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="messages", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    facts: Any = fields.JSONField(default=dict)
    priority = fields.SmallIntField()
    dedupe_key = fields.CharField(max_length=100, null=True, unique=True)
    only_channel = fields.CharField(max_length=20, null=True)
    state = fields.CharField(max_length=12, default="waiting")
    channel = fields.SmallIntField(default=0)
    attempts = fields.IntField(default=0)
    attempt_at = fields.DatetimeField()
    held_until = fields.DatetimeField(null=True)
    lease = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    resent_at = fields.DatetimeField(null=True)
    closing_note = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "outbox"
        indexes = (("application_id", "id"), ("staff_id", "created_at"))


class DeliveryAttempt(Model):
    """One try on one channel, with the platform's answer and, later, its receipt; times are real.

    `answered_at` is when the answer, or that there was none, was written down.
    """

    id = fields.BigIntField(primary_key=True)
    message: fields.ForeignKeyRelation[OutboxMessage] = fields.ForeignKeyField(
        "models.OutboxMessage", related_name="delivery_attempts", on_delete=fields.CASCADE
    )
    message_id: Any
    channel = fields.CharField(max_length=20)
    began_at = fields.DatetimeField()
    outcome = fields.CharField(max_length=16, default="unknown")
    reason = fields.CharField(max_length=200, null=True)
    platform_id = fields.CharField(max_length=64, null=True, db_index=True)
    receipt = fields.CharField(max_length=100, null=True)
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "delivery_attempts"


class EarlyReceipt(Model):
    """A receipt that came before the answer with its id was written down, in real time; books itself when that is.

    That of a subscribe message names its receiver, so that it can settle a try whose answer never came.
    """

    platform_id = fields.CharField(max_length=64, primary_key=True)
    receipt = fields.CharField(max_length=100)
    app = fields.CharField(max_length=20, null=True)
    openid = fields.CharField(max_length=128, null=True, db_index=True)
    came_at = fields.DatetimeField()

    class Meta:
        table = "early_receipts"


class InboxItem(Model):
    """A message as the person finds it inside our own pages and programs, whatever the channels did."""

    id = fields.BigIntField(primary_key=True)
    message: fields.OneToOneRelation[OutboxMessage] = fields.OneToOneField(
        "models.OutboxMessage", related_name="inbox_item", on_delete=fields.CASCADE
    )
    message_id: Any
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="inbox", null=True, on_delete=fields.RESTRICT
    )
    customer_id: int | None
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="inbox", null=True, on_delete=fields.RESTRICT
    )
    staff_id: int | None
    at = fields.DatetimeField()
    title = fields.CharField(max_length=100)
    body = fields.TextField()
    link = fields.CharField(max_length=200)
    read_at = fields.DatetimeField(null=True)

    class Meta:
        table = "inbox_items"
        indexes = (("staff_id", "id"), ("customer_id", "id"))
