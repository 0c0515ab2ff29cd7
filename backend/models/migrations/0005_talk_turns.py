"""Counts the turns of each talk, so that a turn knows whether it was alone."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0004_consents_and_forgetting")]
    operations = [ops.AddField("Conversation", "turns", fields.BigIntField(default=0, db_default=0))]
