"""A picture is fetched with the token of the app in whose chat it was sent; until now all were asked of the account."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0013_search_pieces")]
    operations = [
        ops.AddField("Document", "app", fields.CharField(max_length=20, null=True)),
        ops.RunSQL(
            "UPDATE documents SET app = 'official_account' WHERE media_id IS NOT NULL",
            reverse_sql="SELECT 1",
        ),
    ]
