"""Sites and their pre-construction projects (前置工程)."""

from tortoise import fields
from tortoise.models import Model

from backend.models.staff import Staff


class Site(Model):
    """A community or street that gas is brought to. `key` is the name as addresses are compared."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=100)
    key = fields.CharField(max_length=100)
    customer_kind = fields.CharField(max_length=12)
    district = fields.CharField(max_length=20)
    created_at = fields.DatetimeField()

    class Meta:
        table = "sites"
        unique_together = (("key", "customer_kind"),)


class PreServiceProject(Model):
    """The pre-construction service of one site, from lead to accepted pipework."""

    id = fields.BigIntField(primary_key=True)
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "models.Site", related_name="projects", on_delete=fields.RESTRICT
    )
    site_id: int
    customer_kind = fields.CharField(max_length=12)
    address = fields.CharField(max_length=200)
    contact_name = fields.CharField(max_length=40, null=True)
    contact_phone = fields.CharField(max_length=20, null=True)
    stage = fields.CharField(max_length=20)
    manager: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="projects", null=True, on_delete=fields.RESTRICT
    )
    manager_id: int | None
    designer: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="designs", null=True, on_delete=fields.RESTRICT
    )
    designer_id: int | None
    contractor: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="buildings", null=True, on_delete=fields.RESTRICT
    )
    contractor_id: int | None
    inspector: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="inspections", null=True, on_delete=fields.RESTRICT
    )
    inspector_id: int | None
    scheme = fields.CharField(max_length=30, null=True)
    excavation_metres = fields.DecimalField(max_digits=10, decimal_places=2, null=True)
    contract_due_at = fields.DatetimeField(null=True)
    archived_at = fields.DatetimeField(null=True)
    policy_version = fields.CharField(max_length=20)
    opened_at = fields.DatetimeField()
    stage_at = fields.DatetimeField()

    class Meta:
        table = "projects"

    @property
    def number(self) -> str:
        """How people name the project: QZ, the day it was opened (UTC) and its running number."""
        return f"QZ{self.opened_at:%Y%m%d}{self.id:04d}"
