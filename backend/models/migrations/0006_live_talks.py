from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index

RULES = {
    "live_talks_one_open": "CREATE UNIQUE INDEX live_talks_one_open ON live_talks (openid) WHERE state <> 'ended'",
    "live_talks_due": "CREATE INDEX live_talks_due ON live_talks (due_at) WHERE due_at IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0005_talk_turns')]

    initial = False

    operations = [
        ops.CreateModel(
            name='LiveTalk',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('app', fields.CharField(max_length=20)),
                ('openid', fields.CharField(max_length=128)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name='live_talks', on_delete=OnDelete.RESTRICT)),
                ('reason', fields.CharField(max_length=12)),
                ('words', fields.TextField(unique=False)),
                ('state', fields.CharField(default='waiting', max_length=8)),
                ('application', fields.ForeignKeyField('models.ConnectionApplication', source_field='application_id', null=True, db_constraint=True, to_field='id', related_name='live_talks', on_delete=OnDelete.RESTRICT)),
                ('task', fields.OneToOneField('models.Task', source_field='task_id', db_constraint=True, to_field='id', related_name='live_talk', on_delete=OnDelete.RESTRICT)),
                ('agent', fields.ForeignKeyField('models.Staff', source_field='agent_id', null=True, db_constraint=True, to_field='id', related_name='live_talks', on_delete=OnDelete.RESTRICT)),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('taken_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('unanswered_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('due_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_by', fields.CharField(null=True, max_length=10)),
            ],
            options={'table': 'live_talks', 'app': 'models', 'indexes': [Index(fields=['openid', 'id']), Index(fields=['state', 'asked_at']), Index(fields=['customer_id', 'id'])], 'pk_attr': 'id', 'table_description': 'One hand-over to the hotline desk. `state` is `waiting`, `held` (by `agent`) or `ended`; one open talk a person.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LiveReply',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('talk', fields.ForeignKeyField('models.LiveTalk', source_field='talk_id', db_constraint=True, to_field='id', related_name='replies', on_delete=OnDelete.CASCADE)),
                ('staff', fields.ForeignKeyField('models.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='live_replies', on_delete=OnDelete.RESTRICT)),
                ('text', fields.TextField(unique=False)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('real_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('message', fields.OneToOneField('models.OutboxMessage', source_field='message_id', null=True, db_constraint=True, to_field='id', related_name='live_reply', on_delete=OnDelete.SET_NULL)),
            ],
            options={'table': 'live_replies', 'app': 'models', 'indexes': [Index(fields=['talk_id', 'id'])], 'pk_attr': 'id', 'table_description': "What an agent wrote; what became of it is its message's. `real_at` is real time, as the platform counts."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Misunderstanding',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('message', fields.OneToOneField('models.TakenMessage', source_field='message_id', null=True, db_constraint=True, to_field='id', related_name='misunderstanding', on_delete=OnDelete.SET_NULL)),
                ('text', fields.TextField(unique=False)),
                ('understood_as', fields.CharField(null=True, max_length=30)),
                ('intent', fields.CharField(max_length=30)),
                ('marked_by', fields.ForeignKeyField('models.Staff', source_field='marked_by_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'misunderstandings', 'app': 'models', 'indexes': [Index(fields=['intent', 'id'])], 'pk_attr': 'id', 'table_description': 'A message the assistant took for something else, with the intent a supervisor says it had; becomes training text.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Conversation',
            name='held_by',
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name='Conversation',
            name='live_talk_id',
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name='TakenMessage',
            name='confidence',
            field=fields.FloatField(null=True),
        ),
        ops.AddField(
            model_name='TakenMessage',
            name='understood',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddIndex(
            model_name='TakenMessage',
            index=Index(fields=['at', 'id']),
        ),
        *(ops.RunSQL(sql, reverse_sql=f"DROP INDEX {name}") for name, sql in RULES.items()),
    ]
