"""The four-party acceptance (四方联合验收)."""

from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class AcceptanceRound(Model):
    """One round: convened, then passed with every party's signature, or failed with its defects."""

    id = fields.BigIntField(primary_key=True)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="acceptance_rounds", on_delete=fields.RESTRICT
    )
    project_id: int
    round = fields.IntField()
    stage = fields.CharField(max_length=12)
    meets_at = fields.DatetimeField()
    convened_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "acceptance_rounds"
        unique_together = (("project", "round"),)


class SignOff(Model):
    """One party's signature in one round."""

    id = fields.BigIntField(primary_key=True)
    acceptance: Any = fields.ForeignKeyField(
        "models.AcceptanceRound", related_name="sign_offs", on_delete=fields.RESTRICT
    )
    acceptance_id: int
    party = fields.CharField(max_length=20)
    signed_by = fields.CharField(max_length=40)
    agrees = fields.BooleanField()
    note = fields.TextField()
    # the picture of the signature, and whoever held out the phone
    document: Any = fields.ForeignKeyField(
        "models.Document", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    document_id: int | None
    by_staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    by_staff_id: int | None
    at = fields.DatetimeField()

    class Meta:
        table = "sign_offs"
        unique_together = (("acceptance", "party"),)


class Defect(Model):
    """What has to be put right before the next round."""

    id = fields.BigIntField(primary_key=True)
    acceptance: Any = fields.ForeignKeyField(
        "models.AcceptanceRound", related_name="defects", on_delete=fields.RESTRICT
    )
    acceptance_id: int
    text = fields.TextField()
    document_ids: fields.Field[list[int]] = ArrayField(element_type="bigint")
    rectified_at = fields.DatetimeField(null=True)
    rectification = fields.TextField(null=True)
    rectification_document_ids: fields.Field[list[int]] = ArrayField(
        element_type="bigint", default=list, db_default=[]
    )

    class Meta:
        table = "defects"
        indexes = (("acceptance_id", "id"),)
