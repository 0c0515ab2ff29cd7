"""The regulation's numbers as frozen types, read once from `policy.toml`."""

from datetime import time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from config.durations import Duration
from config.tables import Table, read

ARCHIVE = "policies"
"""Where policies go that are not in force any more, each as `<version>.toml`."""

ClockKind = Literal[
    "design",
    "permit_small",
    "permit_large",
    "project_small",
    "project_large",
    "ignition",
    "first_visit",
    "deferred_documents",
]
Reading = Literal["natural", "working", "daytime"]


class Window(Table):
    """A part of every day, in the policy's zone; `closes` before `opens` reaches into the next day."""

    opens: time
    closes: time
    why: str


class Hours(Table):
    office: Window
    daytime: Window
    quiet: Window


class ClockPolicy(Table):
    """One limit of the regulation: how long, counted how, and where it is written."""

    name: str
    limit: Duration
    reading: Reading
    clause: str
    why: str
    ends: str | None = None
    company_rule: bool = False


class ReminderPolicy(Table):
    before_deadline: Duration
    merge_within: Duration
    ahead_of_quiet: Duration
    repeat_every: Duration
    why: str


class DigestPolicy(Table):
    at: time
    why: str


class EmergencyPolicy(Table):
    accept_within: Duration
    merge_within: Duration
    why: str


class LiveChatPolicy(Table):
    """`answer_within` of a customer's call for a person; after `returns_after` without an agent's word the assistant is back."""

    answer_within: Duration
    returns_after: Duration
    why: str


class UrgePolicy(Table):
    """Within `again_after` of an urge that was passed on, the next ones are noted only."""

    again_after: Duration
    why: str


class ExcavationThreshold(Table):
    metres: int
    includes_limit: bool
    clause: str
    why: str


class FlowThreshold(Table):
    cubic_metres_per_hour: int
    includes_limit: bool
    clause: str
    why: str


class Thresholds(Table):
    small_excavation_length: ExcavationThreshold
    small_merchant_flow: FlowThreshold


class VisitPolicy(Table):
    window: Duration
    book_ahead: Duration
    why: str


class Hotlines(Table):
    numbers: tuple[str, ...]
    clause: str
    why: str


class EmergencyServices(Table):
    fire: str
    medical: str
    why: str


class Policy(Table):
    """The policy file as a whole."""

    version: str
    title: str
    zone: str
    hours: Hours
    clocks: dict[ClockKind, ClockPolicy]
    reminders: ReminderPolicy
    evening_digest: DigestPolicy
    emergency: EmergencyPolicy
    live_chat: LiveChatPolicy
    urges: UrgePolicy
    thresholds: Thresholds
    visits: VisitPolicy
    hotlines: Hotlines
    emergency_services: EmergencyServices

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which days begin and hours are shown."""
        return ZoneInfo(self.zone)

    def working_day(self) -> timedelta:
        """How much office time one working day holds."""
        return timedelta(
            hours=self.hours.office.closes.hour - self.hours.office.opens.hour,
            minutes=self.hours.office.closes.minute - self.hours.office.opens.minute,
        )


@cache
def of(version: str) -> Policy:
    """The policy under which a case began (§3-2), from `policies/` once it is not in force any more. Raises ConfigurationFault."""
    return current() if version == current().version else archived(version)


def archived(version: str) -> Policy:
    """A policy that is not in force any more. Raises ConfigurationFault."""
    return read(f"{ARCHIVE}/{version}.toml", Policy)


@cache
def current() -> Policy:
    """The policy in force. Raises ConfigurationFault."""
    return read("policy.toml", Policy)
