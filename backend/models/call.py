"""Calls to the hotline."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Call(Model):
    """One logged call (热线)."""

    id = fields.BigIntField(primary_key=True)
    caller_phone = fields.CharField(max_length=20, db_index=True)
    kind = fields.CharField(max_length=20)
    content = fields.TextField()
    outcome = fields.CharField(max_length=500, null=True)
    callback_at = fields.DatetimeField(null=True)
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="calls", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    agent: Any = fields.ForeignKeyField("models.Staff", related_name="calls", on_delete=fields.RESTRICT)
    agent_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "calls"
