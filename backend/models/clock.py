"""Clocks, their pauses and their planned reminders."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Pause(Model):
    """A case's clocks stand still (§1.2-3): why, on whose word, and until when if an hour was asked for.

    Of an annulled pause the time counts again; `annulment` says why.
    """

    id = fields.BigIntField(primary_key=True)
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="pauses", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="pauses", null=True, on_delete=fields.RESTRICT
    )
    project_id: int | None
    reason = fields.CharField(max_length=20)
    note = fields.CharField(max_length=500)
    began_at = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    by_staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    by_staff_id: int | None
    annulled_at = fields.DatetimeField(null=True)
    annulled_by: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    annulled_by_id: int | None
    annulment = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "pauses"
        indexes = (("application_id", "id"), ("project_id", "id"))


class CaseClock(Model):
    """One running, paused or ended clock; `due_at` is empty while `pause` holds it. It counts as its policy version says."""

    id = fields.BigIntField(primary_key=True)
    application: Any = fields.ForeignKeyField(
        "models.ConnectionApplication", related_name="clocks", null=True, on_delete=fields.RESTRICT
    )
    application_id: int | None
    project: Any = fields.ForeignKeyField(
        "models.PreServiceProject", related_name="clocks", null=True, on_delete=fields.RESTRICT
    )
    project_id: int | None
    kind = fields.CharField(max_length=20)
    reading = fields.CharField(max_length=10)
    limit = fields.TimeDeltaField()
    state = fields.CharField(max_length=10)
    started_at = fields.DatetimeField()
    due_at = fields.DatetimeField(null=True)
    rest = fields.TimeDeltaField(null=True)
    pause: fields.ForeignKeyNullableRelation[Pause] = fields.ForeignKeyField(
        "models.Pause", related_name="clocks", null=True, on_delete=fields.RESTRICT
    )
    pause_id: int | None
    breached_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    late = fields.BooleanField(default=False)
    policy_version = fields.CharField(max_length=20)

    class Meta:
        table = "clocks"
        indexes = (("application_id", "kind"), ("project_id", "kind"))


class ClockHold(Model):
    """One clock stood still from `began_at` to `ended_at` (open: it still does) because of one pause."""

    id = fields.BigIntField(primary_key=True)
    clock: fields.ForeignKeyRelation[CaseClock] = fields.ForeignKeyField(
        "models.CaseClock", related_name="holds", on_delete=fields.CASCADE
    )
    clock_id: int
    pause: fields.ForeignKeyRelation[Pause] = fields.ForeignKeyField(
        "models.Pause", related_name="holds", on_delete=fields.CASCADE
    )
    pause_id: int
    began_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "clock_holds"
        indexes = (("clock_id", "began_at"), ("pause_id", "id"))


class Reminder(Model):
    """A reminder to be judged when it is due (regulation's time)."""

    id = fields.BigIntField(primary_key=True)
    clock: fields.ForeignKeyRelation[CaseClock] = fields.ForeignKeyField(
        "models.CaseClock", related_name="reminders", on_delete=fields.CASCADE
    )
    clock_id: int
    kind = fields.CharField(max_length=16)
    due_at = fields.DatetimeField()
    state = fields.CharField(max_length=10, default="waiting")
    judged_at = fields.DatetimeField(null=True)  # the same time

    class Meta:
        table = "reminders"
        unique_together = (("clock", "kind", "due_at"),)
