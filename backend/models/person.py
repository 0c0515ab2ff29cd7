"""Customers and the WeChat identities by which we know them."""

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
    """How many subscribe messages of one template a mini-program user still allows."""

    id = fields.BigIntField(primary_key=True)
    identity: fields.ForeignKeyRelation[WechatIdentity] = fields.ForeignKeyField(
        "models.WechatIdentity", related_name="grants", on_delete=fields.CASCADE
    )
    identity_id: int
    template_id = fields.CharField(max_length=64)
    remaining = fields.IntField(default=0)
    refused = fields.BooleanField(default=False)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "subscription_grants"
        unique_together = (("identity", "template_id"),)
