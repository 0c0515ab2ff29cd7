"""When the platform answered a try; whose the receipt of a subscribe message is."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0006_live_talks")]
    operations = [
        ops.AddField("DeliveryAttempt", "answered_at", fields.DatetimeField(null=True)),
        ops.AddField("EarlyReceipt", "app", fields.CharField(max_length=20, null=True)),
        ops.AddField("EarlyReceipt", "openid", fields.CharField(max_length=128, null=True, db_index=True)),
    ]
