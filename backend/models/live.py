"""Talks that a person of the company has with a customer in the chat."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class LiveTalk(Model):
    """One hand-over to the hotline desk. `state` is `waiting`, `held` (by `agent`) or `ended`; one open talk a person.

    `due_at` (the regulation's time) is when somebody must look after it: nobody took it yet, or the agent is silent.
    `unanswered_since` is the first word of the customer's that the agent has not answered.
    """

    id = fields.BigIntField(primary_key=True)
    app = fields.CharField(max_length=20)
    openid = fields.CharField(max_length=128)
    customer: Any = fields.ForeignKeyField(
        "models.Customer", related_name="live_talks", on_delete=fields.RESTRICT
    )
    customer_id: int
    reason = fields.CharField(max_length=12)
    words = fields.TextField()
    state = fields.CharField(max_length=8, default="waiting")
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="live_talks", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    task: Any = fields.OneToOneField("models.Task", related_name="live_talk", on_delete=fields.RESTRICT)
    task_id: int
    agent: Any = fields.ForeignKeyField(
        "models.Staff", related_name="live_talks", null=True, on_delete=fields.RESTRICT
    )
    agent_id: int | None
    asked_at = fields.DatetimeField()
    taken_at = fields.DatetimeField(null=True)
    unanswered_since = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    ended_by = fields.CharField(max_length=10, null=True)

    class Meta:
        table = "live_talks"
        indexes = (("openid", "id"), ("state", "asked_at"), ("customer_id", "id"))


class LiveReply(Model):
    """What an agent wrote; what became of it is its message's. `real_at` is real time, as the platform counts."""

    id = fields.BigIntField(primary_key=True)
    talk: Any = fields.ForeignKeyField("models.LiveTalk", related_name="replies", on_delete=fields.CASCADE)
    talk_id: int
    staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name="live_replies", on_delete=fields.RESTRICT
    )
    staff_id: int
    text = fields.TextField()
    at = fields.DatetimeField()
    real_at = fields.DatetimeField()
    message: Any = fields.OneToOneField(
        "models.OutboxMessage", related_name="live_reply", null=True, on_delete=fields.SET_NULL
    )
    message_id: Any

    class Meta:
        table = "live_replies"
        indexes = (("talk_id", "id"),)


class Misunderstanding(Model):
    """A message the assistant took for something else, with the intent a supervisor says it had; becomes training text.

    `text` is kept without what names a person, and outlives the message itself.
    """

    id = fields.BigIntField(primary_key=True)
    message: Any = fields.OneToOneField(
        "models.TakenMessage", related_name="misunderstanding", null=True, on_delete=fields.SET_NULL
    )
    message_id: int | None
    text = fields.TextField()
    understood_as = fields.CharField(max_length=30, null=True)
    intent = fields.CharField(max_length=30)
    marked_by: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=fields.RESTRICT)
    marked_by_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "misunderstandings"
        indexes = (("intent", "id"),)
