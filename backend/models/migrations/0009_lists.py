"""Lists that stay fast with a hundred thousand applications: what they are found by, what is open, late, due; exports."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index

_SEARCH = """
ALTER TABLE application_search ADD FOREIGN KEY (application_id) REFERENCES applications (id) ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION search_words(a applications) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(concat_ws(' ', a.contact_name, a.contact_phone, a.address))
$$;

CREATE FUNCTION search_pieces(words text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(DISTINCT substr(words, place, length))
    FROM generate_series(1, char_length(words)) AS place, generate_series(1, 2) AS length
    WHERE substr(words, place, length) !~ ' '
$$;

CREATE FUNCTION write_application_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO application_search VALUES (NEW.id, search_words(NEW), search_pieces(search_words(NEW)))
    ON CONFLICT (application_id) DO UPDATE SET words = excluded.words, pieces = excluded.pieces;
    RETURN NULL;
END $$;

CREATE TRIGGER write_application_search AFTER INSERT OR UPDATE OF contact_name, contact_phone, address ON applications
    FOR EACH ROW EXECUTE FUNCTION write_application_search();

INSERT INTO application_search SELECT a.id, search_words(a), search_pieces(search_words(a)) FROM applications a;

CREATE INDEX application_search_pieces ON application_search USING gin (pieces);
"""
_NO_SEARCH = """
DROP TRIGGER write_application_search ON applications;
DROP FUNCTION write_application_search();
DROP FUNCTION search_pieces(text);
DROP FUNCTION search_words(applications);
"""
_OPEN_CLOCK = "state IN ('running', 'paused', 'breached')"
INDEXES = {
    "applications_number_begins": "applications (number varchar_pattern_ops)",
    "applications_of_stage": "applications (stage, id)",
    "applications_of_manager": "applications (manager_id, id)",
    "applications_of_channel": "applications (channel, id)",
    "applications_filed": "applications (filed_at)",
    "applications_ignited": "applications (ignited_at) WHERE ignited_at IS NOT NULL",
    "clocks_open_due": f"clocks (due_at) WHERE {_OPEN_CLOCK}",
    "clocks_breached": "clocks (breached_at) WHERE breached_at IS NOT NULL",
    "tasks_open_due": "tasks (due_at, id) WHERE state IN ('open', 'accepted')",
    "events_voices": "events (at) WHERE name IN ('urged', 'complained')",
    "audit_of_staff": "audit_entries (staff_id, id)",
    "audit_of_application": "audit_entries (application_id, id)",
    "audit_at": "audit_entries (at)",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0008_signatures')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ApplicationSearch',
            fields=[
                ('application_id', fields.BigIntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ('words', fields.TextField(unique=False)),
                ('pieces', ArrayField(element_type='TEXT')),
            ],
            options={'table': 'application_search', 'app': 'models', 'pk_attr': 'application_id', 'table_description': 'What an application is found by, written by the database itself: its words, and every sign and pair of signs in them.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExportRun',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('asked', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('total', fields.IntField()),
                ('done', fields.IntField(default=0)),
                ('after', fields.BigIntField(null=True)),
                ('state', fields.CharField(default='running', max_length=10)),
                ('by_staff', fields.ForeignKeyField('models.Staff', source_field='by_staff_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('path', fields.CharField(null=True, max_length=100)),
            ],
            options={'table': 'export_runs', 'app': 'models', 'indexes': [Index(fields=['by_staff_id', 'id'])], 'pk_attr': 'id', 'table_description': "One export: of `total` rows `done` are collected; `path` is the finished workbook's in the file store."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExportPart',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('run', fields.ForeignKeyField('models.ExportRun', source_field='run_id', db_constraint=True, to_field='id', related_name='parts', on_delete=OnDelete.CASCADE)),
                ('rows', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={'table': 'export_parts', 'app': 'models', 'indexes': [Index(fields=['run_id', 'id'])], 'pk_attr': 'id', 'table_description': 'Rows that were collected, in the order of their ids; gone when the workbook stands.'},
            bases=['Model'],
        ),
        ops.RunSQL(_SEARCH, reverse_sql=_NO_SEARCH),
        *(ops.RunSQL(f"CREATE INDEX {name} ON {on}", reverse_sql=f"DROP INDEX {name}") for name, on in INDEXES.items()),
    ]
