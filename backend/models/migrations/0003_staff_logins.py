"""All logins of one member of staff can be ended; what was changed of a member is found by them."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

_CHANGES = "CREATE INDEX audit_facts ON audit_entries USING gin (facts jsonb_path_ops)"


class Migration(migrations.Migration):
    dependencies = [("models", "0002_constraints")]
    operations = [
        ops.AddField("Staff", "session_version", fields.IntField(default=0, db_default=0)),
        ops.RunSQL(_CHANGES, reverse_sql="DROP INDEX audit_facts"),
    ]
