"""The scheduler's timetable: what is looked at how often, and which errand has which hour."""

from dataclasses import dataclass

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from backend.actions import (
    calendar_gap,
    emergencies,
    evening_digest,
    exports,
    idempotency,
    imports,
    late_answers,
    live_talks,
    media,
    outages,
    partner_reports,
    receipts,
    reminders,
    transcripts,
    wishes,
)
from backend.actions.act import Act
from backend.gateways.opening import Gateways
from config import policy
from scheduler import heartbeat
from scheduler.deliveries import Deliveries
from scheduler.errands import Errand, run_due
from scheduler.sweeps import Next
from scheduler.times import Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sweep: when it comes by itself, whether the wake-up call brings it too, and whose work its own makes."""

    name: str
    trigger: BaseTrigger
    next: Next
    by_call: bool = True
    stirs: tuple[str, ...] = ()


def timetable(gateways: Gateways, deliveries: Deliveries) -> tuple[Row, ...]:
    """The sweeps. What makes messages stirs the one that delivers them."""
    letters = ("deliveries",)
    files = gateways.files
    downloads = {
        "official_account": gateways.official_account.download_media,
        "mini_program": gateways.mini_program.download_media,
    }
    return (
        Row(name="emergencies", trigger=_every(2), next=_climb, stirs=letters),
        Row(name="live_talks", trigger=_every(2), next=_look_after_talks, stirs=letters),
        Row(name="reminders", trigger=_every(2), next=_remind, stirs=letters),
        Row(name="wishes", trigger=_every(2), next=_resume, stirs=letters),
        Row(name="deliveries", trigger=_every(1), next=deliveries.start_next),
        Row(
            name="pictures",
            trigger=_every(2),
            stirs=letters,
            next=lambda times: media.fetch_next(
                now=times.now, real_now=times.real_now, downloads=downloads, files=files
            ),
        ),
        Row(
            name="partner_reports",
            trigger=_every(2),
            stirs=letters,
            next=lambda times: partner_reports.report_next(
                now=times.now, real_now=times.real_now, line=gateways.partners
            ),
        ),
        Row(name="imports", trigger=_every(2), next=_import, stirs=letters),
        Row(
            name="exports",
            trigger=_every(2),
            next=lambda times: exports.export_next(now=times.now, real_now=times.real_now, files=files),
        ),
        Row(
            name="errands",
            trigger=_every(2),
            by_call=False,
            stirs=letters,
            next=lambda times: run_due(errands(), times),
        ),
        Row(
            name="heartbeat",
            trigger=_every(5),
            by_call=False,
            next=lambda times: heartbeat.beat(gateways.redis, times),
        ),
        Row(name="outages", trigger=_every(5), by_call=False, next=_tell_of_outage, stirs=letters),
    )


def errands() -> tuple[Errand, ...]:
    """Work with an hour of its own, in the policy's zone."""
    zone, evening = policy.current().tz, policy.current().evening_digest.at
    return (
        Errand(name="forget_old", trigger=CronTrigger(hour=3, minute=30, timezone=zone), action=_forget),
        Errand(
            name="calendar_gap",
            trigger=CronTrigger(month="12,1", day_of_week="mon", hour=9, timezone=zone),
            action=_warn_of_calendar_gap,
        ),
        Errand(
            name="evening_digest",
            trigger=CronTrigger(hour=evening.hour, minute=evening.minute, timezone=zone),
            action=_send_evening_digest,
        ),
    )


def _every(seconds: int) -> IntervalTrigger:
    return IntervalTrigger(seconds=seconds)


async def _climb(times: Times) -> bool:
    return await emergencies.climb_next(act=_act(times))


async def _look_after_talks(times: Times) -> bool:
    return await live_talks.look_after_next(act=_act(times))


async def _remind(times: Times) -> bool:
    return await reminders.remind_next(now=times.now, real_now=times.real_now)


async def _tell_of_outage(times: Times) -> bool:
    await outages.note_life(act=_act(times))
    return await outages.tell_next(act=_act(times))


async def _resume(times: Times) -> bool:
    return await wishes.resume_next(now=times.now, real_now=times.real_now)


async def _import(times: Times) -> bool:
    return await imports.import_next(now=times.now, real_now=times.real_now)


async def _forget(times: Times) -> None:
    await idempotency.forget_old(real_now=times.real_now)
    await receipts.forget_old(real_now=times.real_now)
    await late_answers.forget_old(real_now=times.real_now)
    await transcripts.forget_old(now=times.now)


async def _warn_of_calendar_gap(times: Times) -> None:
    await calendar_gap.warn(act=_act(times))


async def _send_evening_digest(times: Times) -> None:
    await evening_digest.send(act=_act(times))


def _act(times: Times) -> Act:
    return Act.system(now=times.now, real_now=times.real_now)
