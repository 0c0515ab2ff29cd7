"""Appointments at the customer's site."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from backend.models.application import ConnectionApplication
from backend.models.site import PreServiceProject


class Visit(Model):
    """One appointment (上门) for an application or a project: booked, done (checked in), no_show or cancelled.

    `purpose` is `visit` (the manager's) or `survey` (the designer's).
    """

    id = fields.BigIntField(primary_key=True)
    application: fields.ForeignKeyNullableRelation[ConnectionApplication] = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="visits", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    project: fields.ForeignKeyNullableRelation[PreServiceProject] = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="visits", null=True, on_delete=fields.RESTRICT
    )
    project_id: int | None
    purpose = fields.CharField(max_length=10, default="visit")
    at = fields.DatetimeField()
    state = fields.CharField(max_length=10, default="booked")
    staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name="visits", null=True, on_delete=fields.RESTRICT
    )
    staff_id: int | None
    booked_at = fields.DatetimeField()
    checked_in_at = fields.DatetimeField(null=True)
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    note = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "visits"
        indexes = (("application_id", "id"), ("project_id", "id"))
