"""The search keeps each application's words alone, the address also as addresses are compared; their pieces are in the index
only, four signs long and cut four times as fast. While it is built searches and filing wait; cases are read on."""

from tortoise import migrations
from tortoise.migrations import operations as ops

# One to four signs from each place of each word. Twice the same is one to the index. Four, for three digits stand in every
# hundredth phone.
_CUT = """
CREATE OR REPLACE FUNCTION search_pieces(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    word text;
    signs text[];
    piece text;
    pieces text[] := '{}';
BEGIN
    FOREACH word IN ARRAY string_to_array(words, ' ') LOOP
        signs := string_to_array(word, NULL);
        FOR place IN 1 .. cardinality(signs) LOOP
            piece := '';
            FOR until IN place .. least(place + 3, cardinality(signs)) LOOP
                piece := piece || signs[until];
                pieces := pieces || piece;
            END LOOP;
        END LOOP;
    END LOOP;
    RETURN pieces;
END $$;
"""
# The trigger stays as it is: an address's key never changes without the address.
_WRITE = """
CREATE OR REPLACE FUNCTION search_words(a applications) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(concat_ws(' ', a.contact_name, a.contact_phone, a.address, a.address_key))
$$;

CREATE OR REPLACE FUNCTION write_application_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO application_search VALUES (NEW.id, search_words(NEW))
    ON CONFLICT (application_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;
"""
# A short list of what is not yet sorted in: every search reads it through, and whoever fills it sorts it in.
_INDEX = """
CREATE INDEX application_search_pieces ON application_search USING gin (search_pieces(words))
    WITH (gin_pending_list_limit = 256);
"""
_CUT_BEFORE = """
CREATE OR REPLACE FUNCTION search_pieces(words text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(DISTINCT substr(words, place, length))
    FROM generate_series(1, char_length(words)) AS place, generate_series(1, 3) AS length
    WHERE substr(words, place, length) !~ ' '
$$;
"""
_WRITE_BEFORE = """
CREATE OR REPLACE FUNCTION search_words(a applications) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(concat_ws(' ', a.contact_name, a.contact_phone, a.address))
$$;

CREATE OR REPLACE FUNCTION write_application_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO application_search VALUES (NEW.id, search_words(NEW), search_pieces(search_words(NEW)))
    ON CONFLICT (application_id) DO UPDATE SET words = excluded.words, pieces = excluded.pieces;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("models", "0014_media_apps")]
    operations = [
        ops.RunSQL(
            "DROP INDEX application_search_pieces",
            reverse_sql="UPDATE application_search s SET words = search_words(a), pieces = search_pieces(search_words(a))"
            " FROM applications a WHERE a.id = s.application_id;"
            "CREATE INDEX application_search_pieces ON application_search USING gin (pieces)",
        ),
        ops.RunSQL(_WRITE, reverse_sql=_WRITE_BEFORE),
        ops.RemoveField("ApplicationSearch", "pieces"),
        ops.AlterModelOptions(
            name="ApplicationSearch",
            options={
                "table": "application_search",
                "app": "models",
                "pk_attr": "application_id",
                "table_description": "What an application is found by, written by the database itself: its words. Up to four neighbouring signs of them are in an index.",
            },
        ),
        ops.RunSQL(_CUT, reverse_sql=_CUT_BEFORE),
        ops.RunSQL(
            "UPDATE application_search s SET words = search_words(a) FROM applications a WHERE a.id = s.application_id",
            reverse_sql="SELECT 1",
        ),
        ops.RunSQL(_INDEX, reverse_sql="DROP INDEX application_search_pieces"),
    ]
