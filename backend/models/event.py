"""The timeline: what happened to a case, by whom, when."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Event(Model):
    """One step that was taken. Rows are only ever added; `facts` hold what the step's text and its reviewers need."""

    id = fields.BigIntField(primary_key=True)
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="events", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="events", null=True, on_delete=fields.RESTRICT
    )
    project_id: int | None
    name = fields.CharField(max_length=40)
    stage = fields.CharField(max_length=20)
    at = fields.DatetimeField()
    by_role = fields.CharField(max_length=20)
    by_staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    by_staff_id: int | None
    facts: Any = fields.JSONField(default=dict)

    class Meta:
        table = "events"
        indexes = (("application_id", "id"), ("project_id", "id"))
