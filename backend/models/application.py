"""Applications for gas (报装)."""

from tortoise import fields
from tortoise.models import Model

from backend.models.person import Customer
from backend.models.site import PreServiceProject, Site
from backend.models.staff import Staff


class ConnectionApplication(Model):
    """A customer's request for gas at one address; ends with ignition. An agent asks for somebody who agreed to it."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=24, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="applications", on_delete=fields.RESTRICT
    )
    customer_id: int
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "models.Site", related_name="applications", on_delete=fields.RESTRICT
    )
    site_id: int
    project: fields.ForeignKeyRelation[PreServiceProject] = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="applications", on_delete=fields.RESTRICT
    )
    project_id: int
    manager: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="applications", null=True, on_delete=fields.RESTRICT
    )
    manager_id: int | None
    customer_kind = fields.CharField(max_length=12)
    contact_name = fields.CharField(max_length=40)
    contact_phone = fields.CharField(max_length=20, db_index=True)
    address = fields.CharField(max_length=200)
    address_key = fields.CharField(max_length=200, db_index=True)
    district = fields.CharField(max_length=20)
    hourly_flow_m3 = fields.DecimalField(max_digits=10, decimal_places=2, null=True)
    purpose = fields.CharField(max_length=200, null=True)
    preferred_visit_at = fields.DatetimeField(null=True)
    channel = fields.CharField(max_length=20)
    street_canvass = fields.BooleanField(default=False)
    on_behalf_consent = fields.BooleanField(default=False)
    agent_name = fields.CharField(max_length=40, null=True)
    agent_consent = fields.BooleanField(default=False)
    filed_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="filed_applications", null=True, on_delete=fields.RESTRICT
    )
    filed_by_id: int | None
    stage = fields.CharField(max_length=20)
    stage_at = fields.DatetimeField()
    filed_at = fields.DatetimeField()
    ignited_at = fields.DatetimeField(null=True)
    meter_number = fields.CharField(max_length=40, null=True)
    rating = fields.SmallIntField(null=True)
    rating_comment = fields.CharField(max_length=500, null=True)
    twin = fields.BooleanField(default=False)
    policy_version = fields.CharField(max_length=20)

    class Meta:
        table = "applications"
        indexes = (("customer_id", "id"), ("manager_id", "stage"), ("project_id", "stage"))


class NumberSeries(Model):
    """The last running number of one Shanghai day."""

    day = fields.DateField(primary_key=True)
    last_number = fields.IntField()

    class Meta:
        table = "number_series"


class ApplicationSearch(Model):
    """What an application is found by, written by the database itself: its words. Up to four neighbouring signs of them are in an index."""

    application_id = fields.BigIntField(primary_key=True, generated=False)
    words = fields.TextField()

    class Meta:
        table = "application_search"
