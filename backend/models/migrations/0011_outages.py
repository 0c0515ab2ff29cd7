"""Spans in which no scheduler worked, and when each reminder was judged, so that what was dropped can be said."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0010_hotline_search")]
    operations = [
        ops.AddField("Reminder", "judged_at", fields.DatetimeField(null=True)),
        ops.CreateModel(
            name="SchedulerLife",
            fields=[
                ("id", fields.SmallIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "scheduler_life",
                "app": "models",
                "pk_attr": "id",
                "table_description": "When a scheduler last worked, in real time; one row.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Outage",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("began_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("resumed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("told_at", fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "outages",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A span of real time in which no scheduler worked. `resumed_at` is its end on the regulation's clock, `told_at` when",
            },
            bases=["Model"],
        ),
    ]
