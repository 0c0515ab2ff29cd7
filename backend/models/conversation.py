"""What people wrote to us, and where the talk with each of them stands."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class TakenMessage(Model):
    """An inbound message that was taken, by the platform's key, with the answer it got; a repeat gets the same.

    `understood` says what else was made of it: the facts in it, the next likeliest wish, what decided, the picture's id.
    """

    id = fields.BigIntField(primary_key=True)
    app = fields.CharField(max_length=20)
    key = fields.CharField(max_length=320)
    openid = fields.CharField(max_length=128)
    kind = fields.CharField(max_length=30)
    text = fields.TextField()
    at = fields.DatetimeField()
    intent = fields.CharField(max_length=30, null=True)
    answer = fields.TextField(null=True)
    confidence = fields.FloatField(null=True)
    understood: Any = fields.JSONField(null=True)

    class Meta:
        table = "taken_messages"
        unique_together = (("app", "key"),)
        indexes = (("openid", "id"), ("at", "id"))


class Conversation(Model):
    """Where the talk with one person stands; its row is locked for the turn.

    `live_talk_id` names the open talk with a person of ours, `held_by` the agent who has it: the assistant is silent then.
    """

    openid = fields.CharField(max_length=128, primary_key=True)
    state: Any = fields.JSONField(default=dict)
    # every turn counts on: who finds it unchanged was alone with the talk
    turns = fields.BigIntField(default=0, db_default=0)
    live_talk_id = fields.BigIntField(null=True)
    held_by = fields.BigIntField(null=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "conversations"


class LateMessage(Model):
    """A message whose answer did not come within the platform's patience: it follows as a message of its own.

    `heard` is the message itself, so that another process can answer it; `due_at` is real time and doubles as the lease.
    """

    id = fields.BigIntField(primary_key=True)
    app = fields.CharField(max_length=20)
    key = fields.CharField(max_length=320)
    heard: Any = fields.JSONField()
    due_at = fields.DatetimeField(db_index=True)
    attempts = fields.IntField(default=0)
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "late_messages"
        unique_together = (("app", "key"),)
