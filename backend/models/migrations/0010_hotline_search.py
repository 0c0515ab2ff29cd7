"""What the hotline finds a caller by beside the lists' own search: the beginning of an address's key, earlier calls."""

from tortoise import migrations
from tortoise.migrations import operations as ops

# text_pattern_ops: a range from a beginning on uses them whatever the database's collation is
RULES = {
    "applications_by_address": "CREATE INDEX applications_by_address ON applications (address_key text_pattern_ops)",
    "calls_by_phone": "CREATE INDEX calls_by_phone ON calls (caller_phone text_pattern_ops)",
    "calls_of_application": "CREATE INDEX calls_of_application ON calls (application_id)",
    "identities_of_customer": "CREATE INDEX identities_of_customer ON wechat_identities (customer_id)",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0009_lists")]
    operations = [ops.RunSQL(sql, reverse_sql=f"DROP INDEX {name}") for name, sql in RULES.items()]
