"""What the designer finds and draws."""

from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class Survey(Model):
    """The survey of a site (勘察). `pressure_ok` decides for residents whether design may go on (§2.1-2)."""

    id = fields.BigIntField(primary_key=True)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="surveys", on_delete=fields.RESTRICT
    )
    project_id: int
    pressure_ok = fields.BooleanField()
    hourly_flow_m3 = fields.DecimalField(max_digits=10, decimal_places=2, null=True)
    excavation_metres = fields.DecimalField(max_digits=10, decimal_places=2)
    note = fields.TextField()
    by_staff: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=fields.RESTRICT)
    by_staff_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "surveys"
        indexes = (("project_id", "id"),)


class Design(Model):
    """One revision of the drawings with the scheme they follow."""

    id = fields.BigIntField(primary_key=True)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="designs", on_delete=fields.RESTRICT
    )
    project_id: int
    revision = fields.IntField()
    scheme = fields.CharField(max_length=30)
    quantities = fields.TextField()
    document_ids: fields.Field[list[int]] = ArrayField(element_type="bigint")
    by_staff: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=fields.RESTRICT)
    by_staff_id: int
    at = fields.DatetimeField()

    class Meta:
        table = "designs"
        unique_together = (("project", "revision"),)


class Permit(Model):
    """The permit for road excavation and greening (§1.1-3): filed below 200 m, approved above."""

    id = fields.BigIntField(primary_key=True)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="permits", on_delete=fields.RESTRICT
    )
    project_id: int
    size = fields.CharField(max_length=6)
    excavation_metres = fields.DecimalField(max_digits=10, decimal_places=2)
    document_ids: fields.Field[list[int]] = ArrayField(element_type="bigint")
    papers_collected_at = fields.DatetimeField(null=True)
    granted_at = fields.DatetimeField(null=True)
    reference = fields.CharField(max_length=60, null=True)

    class Meta:
        table = "permits"
        indexes = (("project_id", "id"),)
