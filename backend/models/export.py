"""Long lists on their way into a workbook."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class ExportRun(Model):
    """One export: of `total` rows `done` are collected; `path` is the finished workbook's in the file store.

    `asked` is the list's question; it is asked with the reach of `by_staff`, after the id `after`. `lease_until` (real time) is
    when another process may go on with it.
    """

    id = fields.BigIntField(primary_key=True)
    asked: Any = fields.JSONField(default=dict)
    total = fields.IntField()
    done = fields.IntField(default=0)
    after = fields.BigIntField(null=True)
    state = fields.CharField(max_length=10, default="running")
    by_staff: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=fields.RESTRICT)
    by_staff_id: int
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    lease_until = fields.DatetimeField(null=True)
    path = fields.CharField(max_length=100, null=True)

    class Meta:
        table = "export_runs"
        indexes = (("by_staff_id", "id"),)


class ExportPart(Model):
    """Rows that were collected, in the order of their ids; gone when the workbook stands."""

    id = fields.BigIntField(primary_key=True)
    run: fields.ForeignKeyRelation[ExportRun] = fields.ForeignKeyField(
        "models.ExportRun", related_name="parts", on_delete=fields.CASCADE
    )
    run_id: int
    rows: Any = fields.JSONField()

    class Meta:
        table = "export_parts"
        indexes = (("run_id", "id"),)
