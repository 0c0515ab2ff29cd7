"""A signature has its picture and whoever took it down; what was put right after an acceptance has its photos."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


def _reference(model: str, column: str) -> fields.Field:
    return fields.ForeignKeyField(
        model, source_field=column, db_constraint=True, to_field="id", related_name=False, null=True, on_delete=OnDelete.RESTRICT
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0007_answered_at")]
    operations = [
        ops.AddField("SignOff", "document", _reference("models.Document", "document_id")),
        ops.AddField("SignOff", "by_staff", _reference("models.Staff", "by_staff_id")),
        ops.AddField("Defect", "rectification_document_ids", ArrayField(element_type="bigint", default=list, db_default=[])),
    ]
