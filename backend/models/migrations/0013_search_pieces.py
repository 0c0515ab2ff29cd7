"""Cases are found by pieces of three characters too: pairs of digits stand in every tenth phone, whatever the number."""

from tortoise import migrations
from tortoise.migrations import operations as ops

_PIECES = """
CREATE OR REPLACE FUNCTION search_pieces(words text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(DISTINCT substr(words, place, length))
    FROM generate_series(1, char_length(words)) AS place, generate_series(1, {longest}) AS length
    WHERE substr(words, place, length) !~ ' '
$$;
UPDATE application_search SET pieces = search_pieces(words);
"""


class Migration(migrations.Migration):
    dependencies = [("models", "0012_export_leases")]
    operations = [ops.RunSQL(_PIECES.format(longest=3), reverse_sql=_PIECES.format(longest=2))]
