from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [("models", "0003_staff_logins")]

    operations = [
        ops.AddField(model_name='SubscriptionGrant', name='by_client', field=fields.IntField(default=0, db_default=0)),
        ops.AddField(model_name='SubscriptionGrant', name='by_platform', field=fields.IntField(default=0, db_default=0)),
        ops.AlterModelOptions(
            name='SubscriptionGrant',
            options={'table': 'subscription_grants', 'app': 'models', 'unique_together': (('identity', 'template_id'),), 'pk_attr': 'id', 'table_description': 'How many subscribe messages of one template somebody still allows, in the mini-program or the account.'},
        ),
        ops.CreateModel(
            name='Forgetting',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer', fields.ForeignKeyField('models.Customer', source_field='customer_id', null=True, db_constraint=True, to_field='id', related_name='forgettings', on_delete=OnDelete.SET_NULL)),
                ('app', fields.CharField(max_length=20)),
                ('event', fields.CharField(max_length=40)),
                ('removed', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'forgettings', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That somebody withdrew what they had given through one app, and what was removed for it; holds no open id.'},
            bases=['Model'],
        ),
    ]
