"""The people who work here."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class Staff(Model):
    """One member of staff; `rota_order` places duty officers and substitutes, `away_until` (UTC) marks leave.

    A login counts as long as its token carries `session_version`; a higher one ends all of them.
    """

    id = fields.BigIntField(primary_key=True)
    login = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=40)
    phone = fields.CharField(max_length=20)
    password_hash = fields.CharField(max_length=200)
    roles: fields.Field[list[str]] = ArrayField(element_type="text")
    department = fields.CharField(max_length=20)
    districts: fields.Field[list[str]] = ArrayField(element_type="text")
    wecom_user_id = fields.CharField(max_length=64, null=True, unique=True)
    openid = fields.CharField(max_length=128, null=True, unique=True)
    rota_order = fields.IntField(default=0)
    away_until = fields.DatetimeField(null=True)
    session_version = fields.IntField(default=0, db_default=0)
    active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "staff"


class BindingScene(Model):
    """A QR scene that binds the WeChat of whoever scans it to one member of staff, once; times are real."""

    id = fields.BigIntField(primary_key=True)
    scene = fields.CharField(max_length=64, unique=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="scenes", on_delete=fields.CASCADE
    )
    staff_id: int
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "binding_scenes"
