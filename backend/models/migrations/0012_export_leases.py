"""Who goes on with an export holds it for a while; a process that dies leaves it to another."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0011_outages")]
    operations = [
        ops.AddField("ExportRun", "lease_until", fields.DatetimeField(null=True)),
        ops.RunSQL(
            "CREATE INDEX exports_running ON export_runs (id) WHERE state = 'running'",
            reverse_sql="DROP INDEX exports_running",
        ),
    ]
