"""Building to the work order."""

from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class WorkOrder(Model):
    """A work order (派工单); a change of quantity makes a new revision, and only the newest may be worked on (§1.1-5)."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=24)
    revision = fields.IntField()
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="work_orders", on_delete=fields.RESTRICT
    )
    project_id: int
    design: Any = fields.ForeignKeyField(
        "models.Design", related_name="work_orders", on_delete=fields.RESTRICT
    )
    design_id: int
    stage = fields.CharField(max_length=12)
    stage_at = fields.DatetimeField()
    crew = fields.CharField(max_length=60, null=True)
    contract_due_at = fields.DatetimeField(null=True)
    issued_at = fields.DatetimeField()

    class Meta:
        table = "work_orders"
        unique_together = (("number", "revision"),)
        indexes = (("project_id", "id"),)


class WorkProgress(Model):
    """What the crew reports from the site, with photos."""

    id = fields.BigIntField(primary_key=True)
    work_order: Any = fields.ForeignKeyField(
        "models.WorkOrder", related_name="progress", on_delete=fields.RESTRICT
    )
    work_order_id: int
    note = fields.TextField()
    document_ids: fields.Field[list[int]] = ArrayField(element_type="bigint")
    by_staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    by_staff_id: int | None
    at = fields.DatetimeField()

    class Meta:
        table = "work_progress"


class ChangeRequest(Model):
    """A change of quantity found while building; open until the designer has revised the design."""

    id = fields.BigIntField(primary_key=True)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="change_requests", on_delete=fields.RESTRICT
    )
    project_id: int
    reason = fields.TextField()
    document_ids: fields.Field[list[int]] = ArrayField(element_type="bigint")
    by_staff: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=fields.RESTRICT)
    by_staff_id: int
    at = fields.DatetimeField()
    design: Any = fields.ForeignKeyField(
        "models.Design", related_name="changes", null=True, on_delete=fields.RESTRICT
    )
    design_id: int | None

    class Meta:
        table = "change_requests"
        indexes = (("project_id", "id"),)
