"""Leads from the platforms, and what we report back to them."""

from typing import Any
from uuid import uuid4

from tortoise import fields
from tortoise.models import Model


class Lead(Model):
    """Early planning or approval information about a site (§1.1-1, §2.1-1), one per platform and the platform's id."""

    id = fields.BigIntField(primary_key=True)
    partner = fields.CharField(max_length=40)
    external_id = fields.CharField(max_length=100)
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="leads", on_delete=fields.RESTRICT
    )
    project_id: int
    site_name = fields.CharField(max_length=100)
    developer = fields.CharField(max_length=100, null=True)
    stage = fields.CharField(max_length=10)
    facts: Any = fields.JSONField(default=dict)
    received_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "leads"
        unique_together = (("partner", "external_id"),)
        indexes = (("project_id", "id"),)


class PartnerCase(Model):
    """An application that a partner brought: its changes go back to the partner under this id."""

    id = fields.BigIntField(primary_key=True)
    partner = fields.CharField(max_length=40)
    external_id = fields.CharField(max_length=100)
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="partner_cases", on_delete=fields.RESTRICT
    )
    application_id: int

    class Meta:
        table = "partner_cases"
        unique_together = (("partner", "external_id"),)
        indexes = (("application_id", "id"),)


class PartnerCallback(Model):
    """One change to report to a partner: waiting, delivered, dead, or unwanted where the partner has no address.

    Times are real; `attempt_at` doubles as the lease.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    partner = fields.CharField(max_length=40)
    body: Any = fields.JSONField()
    state = fields.CharField(max_length=10, default="waiting")
    attempts = fields.IntField(default=0)
    attempt_at = fields.DatetimeField()
    last_answer = fields.CharField(max_length=200, null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "partner_callbacks"
