"""Papers and photos."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Document(Model):
    """One file. A picture sent in the chat waits as `media_id` until it is fetched from the platform (kept three days there).

    `app` is whose chat it was sent in: only that app's token opens it.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=40)
    state = fields.CharField(max_length=10, default="stored")
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="documents", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="documents", null=True, on_delete=fields.RESTRICT
    )
    project_id: int | None
    customer: Any = fields.ForeignKeyField(
        "models.Customer", related_name="documents", null=True, on_delete=fields.RESTRICT
    )
    customer_id: int | None
    staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name="documents", null=True, on_delete=fields.RESTRICT
    )
    staff_id: int | None
    media_id = fields.CharField(max_length=200, null=True, unique=True)
    app = fields.CharField(max_length=20, null=True)
    path = fields.CharField(max_length=200, null=True)
    content_type = fields.CharField(max_length=40, null=True)
    size = fields.IntField(null=True)
    digest = fields.CharField(max_length=64, null=True)
    received_at = fields.DatetimeField()
    fetch_at = fields.DatetimeField(null=True)
    fetch_attempts = fields.IntField(default=0)

    class Meta:
        table = "documents"
        indexes = (("application_id", "kind"), ("project_id", "kind"))
