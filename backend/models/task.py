"""What somebody has to do."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from backend.models.application import ConnectionApplication
from backend.models.site import PreServiceProject
from backend.models.staff import Staff


class Task(Model):
    """One task of one person (`assignee`) or of whoever has `role`. An emergency carries its report in `facts`."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=20)
    state = fields.CharField(max_length=10, default="open")
    application: fields.ForeignKeyNullableRelation[ConnectionApplication] = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="tasks", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    project: fields.ForeignKeyNullableRelation[PreServiceProject] = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="tasks", null=True, on_delete=fields.RESTRICT
    )
    project_id: int | None
    assignee: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="tasks", null=True, on_delete=fields.RESTRICT
    )
    assignee_id: int | None
    role = fields.CharField(max_length=20)
    opened_at = fields.DatetimeField()
    due_at = fields.DatetimeField(null=True)
    accepted_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    climb_at = fields.DatetimeField(null=True)
    facts: Any = fields.JSONField(default=dict)

    class Meta:
        table = "tasks"
        indexes = (("assignee_id", "state"), ("role", "state"), ("application_id", "kind"))
