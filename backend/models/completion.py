"""After acceptance: completion papers, settlement and the household files (§2.1-3)."""

from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class Settlement(Model):
    """A settlement statement (工程结算单) with the completion papers, under final review (终审)."""

    id = fields.BigIntField(primary_key=True)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="settlements", on_delete=fields.RESTRICT
    )
    project_id: int
    amount_yuan = fields.DecimalField(max_digits=14, decimal_places=2)
    papers: fields.Field[list[str]] = ArrayField(element_type="text")
    document_ids: fields.Field[list[int]] = ArrayField(element_type="bigint")
    state = fields.CharField(max_length=10, default="submitted")
    note = fields.TextField()
    submitted_at = fields.DatetimeField()
    reviewed_at = fields.DatetimeField(null=True)
    reviewed_by: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    reviewed_by_id: int | None

    class Meta:
        table = "settlements"
        indexes = (("project_id", "id"),)


class HouseholdFile(Model):
    """The permanent file of one served household (一户一档)."""

    id = fields.BigIntField(primary_key=True)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="household_files", on_delete=fields.RESTRICT
    )
    project_id: int
    building = fields.CharField(max_length=40)
    unit = fields.CharField(max_length=20)
    room = fields.CharField(max_length=20)
    contact_name = fields.CharField(max_length=40)
    contact_phone = fields.CharField(max_length=20)
    meter_number = fields.CharField(max_length=40)
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="household_file", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "household_files"
        unique_together = (("project", "building", "unit", "room"),)


class ImportRun(Model):
    """One import of a sheet: of its `good` rows `done` are in; it can be stopped and resumed there.

    `total` counts every row of the sheet, also the bad ones; each of those is named in `bad_rows`.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=20)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    project_id: int | None
    file_name = fields.CharField(max_length=200)
    good = fields.IntField()
    total = fields.IntField()
    done = fields.IntField(default=0)
    created = fields.IntField(default=0)
    changed = fields.IntField(default=0)
    bad_rows: Any = fields.JSONField(default=list)
    state = fields.CharField(max_length=10, default="preview")
    by_staff: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=fields.RESTRICT)
    by_staff_id: int
    by_role = fields.CharField(max_length=20)
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "import_runs"


class ImportSheet(Model):
    """The good rows of an import, apart from the run: they are megabytes, and the run is read and written all the time."""

    id = fields.BigIntField(primary_key=True)
    run: Any = fields.OneToOneField("models.ImportRun", related_name="sheet", on_delete=fields.CASCADE)
    run_id: int
    rows: Any = fields.JSONField()

    class Meta:
        table = "import_sheets"
