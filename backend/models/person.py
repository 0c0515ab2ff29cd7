"""Customers and the WeChat identities by which we know them."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Customer(Model):
    """One person or company contact. `phone` is verified; `filed_phone` is where staff or partners filed for someone unseen."""

    id = fields.BigIntField(primary_key=True)
    unionid = fields.CharField(max_length=64, null=True, unique=True)
    name = fields.CharField(max_length=40, null=True)
    phone = fields.CharField(max_length=20, null=True, db_index=True)
    phone_verified_at = fields.DatetimeField(null=True)
    filed_phone = fields.CharField(max_length=20, null=True, unique=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "customers"


class WechatIdentity(Model):
    """One open id of one app. `last_message_at` (real time) opens the customer-service window."""

    id = fields.BigIntField(primary_key=True)
    app = fields.CharField(max_length=20)
    openid = fields.CharField(max_length=128)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="identities", on_delete=fields.RESTRICT
    )
    customer_id: int
    follows = fields.BooleanField(default=False)
    unionid_asked_at = fields.DatetimeField(null=True)
    last_message_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "wechat_identities"
        unique_together = (("app", "openid"),)


class SubscriptionGrant(Model):
    """How many subscribe messages of one template somebody still allows, in the mini-program or the account.

    `by_client` and `by_platform` count the pop-ups of the last hour by who told of them, so that none counts twice.
    `updated_at` is real time.
    """

    id = fields.BigIntField(primary_key=True)
    identity: fields.ForeignKeyRelation[WechatIdentity] = fields.ForeignKeyField(
        "models.WechatIdentity", related_name="grants", on_delete=fields.CASCADE
    )
    identity_id: int
    template_id = fields.CharField(max_length=64)
    remaining = fields.IntField(default=0)
    by_client = fields.IntField(default=0, db_default=0)
    by_platform = fields.IntField(default=0, db_default=0)
    refused = fields.BooleanField(default=False)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "subscription_grants"
        unique_together = (("identity", "template_id"),)


class Forgetting(Model):
    """That somebody withdrew what they had given through one app, and what was removed for it; holds no open id."""

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="forgettings", null=True, on_delete=fields.SET_NULL
    )
    customer_id: int | None
    app = fields.CharField(max_length=20)
    event = fields.CharField(max_length=40)
    removed: Any = fields.JSONField(default=list)
    at = fields.DatetimeField()

    class Meta:
        table = "forgettings"
