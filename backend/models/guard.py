"""Rows that make things happen once, and the one that moves the development clock."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class IdempotentAnswer(Model):
    """The first answer to an `Idempotency-Key` of one caller on one route; kept seven days of real time."""

    id = fields.BigIntField(primary_key=True)
    scope = fields.CharField(max_length=120)
    key = fields.CharField(max_length=200)
    body_digest = fields.CharField(max_length=64)
    status = fields.SmallIntField(null=True)
    answer: Any = fields.JSONField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "idempotent_answers"
        unique_together = (("scope", "key"),)


class JobRun(Model):
    """A scheduled job that one of many schedulers has taken."""

    id = fields.BigIntField(primary_key=True)
    job = fields.CharField(max_length=40)
    scheduled_for = fields.DatetimeField()
    began_at = fields.DatetimeField()

    class Meta:
        table = "job_runs"
        unique_together = (("job", "scheduled_for"),)


class ClockShift(Model):
    """How far the regulation's time runs ahead of the real one; development only, one row, forward only."""

    id = fields.SmallIntField(primary_key=True)
    ahead = fields.TimeDeltaField()

    class Meta:
        table = "clock_shift"


class SchedulerLife(Model):
    """When a scheduler last worked, in real time; one row."""

    id = fields.SmallIntField(primary_key=True)
    seen_at = fields.DatetimeField()

    class Meta:
        table = "scheduler_life"


class Outage(Model):
    """A span of real time in which no scheduler worked. `resumed_at` is its end on the regulation's clock, `told_at` when
    it was said what became of the reminders of that time."""

    id = fields.BigIntField(primary_key=True)
    began_at = fields.DatetimeField()
    ended_at = fields.DatetimeField()
    resumed_at = fields.DatetimeField()
    told_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "outages"


class AuditEntry(Model):
    """Who read or changed personal data, and whose."""

    id = fields.BigIntField(primary_key=True)
    staff: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=fields.RESTRICT)
    staff_id: int
    action = fields.CharField(max_length=40)
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    at = fields.DatetimeField()
    facts: Any = fields.JSONField(default=dict)

    class Meta:
        table = "audit_entries"
