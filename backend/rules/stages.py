"""What may happen to a case, from where, by whom, and what it causes: tables, and the one function that reads them.

A row is the regulation's step; `record` carries it out. Times, texts and people are found by whoever carries it out.
"""

from dataclasses import dataclass, field
from typing import Literal

from backend.rules.errors import NotAllowed
from config.policy import ClockKind

Role = Literal[
    "customer",
    "customer_manager",
    "hotline_agent",
    "counter_clerk",
    "designer",
    "contractor",
    "site_manager",
    "inspector",
    "duty_officer",
    "supervisor",
    "administrator",
    "partner",
    "system",
]
Audience = Literal["customer", "manager", "supervisor", "designer"]
TaskKind = Literal["visit", "ignition", "collect_documents", "emergency", "call_back", "assign", "human_chat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row: `event` leads from any of `sources` to `to` (None: the stage stays) and causes the rest.

    `announces` is false where whoever acts opens the tasks for themself and needs no push.
    """

    event: str
    sources: frozenset[str]
    to: str | None = None
    by: frozenset[Role]
    starts: tuple[ClockKind, ...] = ()
    meets: tuple[ClockKind, ...] = ()
    opens: tuple[TaskKind, ...] = ()
    closes: tuple[TaskKind, ...] = ()
    cancels: bool = False
    announces: bool = True
    tells: tuple[tuple[Audience, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The steps of one kind of case; `order` is how a person sees its stages, `final` where nothing more moves."""

    name: str
    order: tuple[str, ...]
    final: frozenset[str]
    steps: tuple[Step, ...]
    off_path: frozenset[str] = field(default_factory=frozenset)

    def step(self, stage: str, event: str, by: Role) -> Step:
        """The row for `event` at `stage`. Raises NotAllowed when the table has none for this role."""
        for row in self.steps:
            if row.event == event and stage in row.sources and by in row.by:
                return row
        raise NotAllowed(stage=stage, event=event)


def _stages(*names: str) -> frozenset[str]:
    return frozenset(names)


def _roles(*names: Role) -> frozenset[Role]:
    return frozenset(names)


NEW = "new"
_FILERS = _roles("customer", "customer_manager", "hotline_agent", "counter_clerk", "supervisor", "partner")
_ON_SITE = _roles("customer_manager", "supervisor")
_AT_CASE = _stages("accepted", "visit_booked", "visited")
_OPEN = _AT_CASE | {"awaiting_project"}
_ANY = _OPEN | {"ignited", "cancelled"}
_BOOKERS = _ON_SITE | _roles("customer")


APPLICATION = Table(
    name="application",
    order=("awaiting_project", "accepted", "visit_booked", "visited", "ignited"),
    final=_stages("ignited", "cancelled"),
    off_path=_stages("cancelled"),
    steps=(
        Step(
            event="filed_ready",
            sources=_stages(NEW),
            to="accepted",
            by=_FILERS,
            starts=("ignition", "first_visit"),
            opens=("visit",),
            tells=(("customer", "accepted"),),
        ),
        Step(
            event="filed_waiting",
            sources=_stages(NEW),
            to="awaiting_project",
            by=_FILERS,
            starts=("first_visit",),
            opens=("visit",),
            tells=(("customer", "accepted_waiting"),),
        ),
        Step(
            event="project_accepted",
            sources=_stages("awaiting_project"),
            to="accepted",
            by=_roles("system"),
            starts=("ignition",),
            opens=("visit",),
            tells=(("customer", "project_ready"),),
        ),
        Step(
            event="visit_booked",
            sources=_AT_CASE,
            to="visit_booked",
            by=_BOOKERS,
            tells=(("customer", "visit_booked"),),
        ),
        Step(
            event="visit_booked",
            sources=_stages("awaiting_project"),
            by=_BOOKERS,
            tells=(("customer", "visit_booked"),),
        ),
        Step(event="visit_moved", sources=_OPEN, by=_ON_SITE, tells=(("customer", "visit_moved"),)),
        Step(
            event="visit_moved",
            sources=_OPEN,
            by=_roles("customer"),
            tells=(("manager", "customer_moved_visit"),),
        ),
        Step(event="visit_cancelled", sources=_OPEN, by=_ON_SITE),
        Step(
            event="checked_in",
            sources=_stages("accepted", "visit_booked", "visited"),
            to="visited",
            by=_ON_SITE,
            announces=False,
            meets=("first_visit",),
            closes=("visit",),
            opens=("ignition",),
            tells=(("customer", "visited"),),
        ),
        Step(
            event="checked_in",
            sources=_stages("awaiting_project"),
            by=_ON_SITE,
            meets=("first_visit",),
            closes=("visit",),
        ),
        Step(
            event="no_show",
            sources=_stages("accepted", "visit_booked", "visited"),
            to="accepted",
            by=_ON_SITE,
            tells=(("customer", "no_show"),),
        ),
        Step(
            event="no_show",
            sources=_stages("awaiting_project"),
            by=_ON_SITE,
            tells=(("customer", "no_show"),),
        ),
        Step(
            event="ignited",
            sources=_stages("visited"),
            to="ignited",
            by=_ON_SITE,
            meets=("ignition",),
            closes=("visit", "ignition"),
            tells=(("customer", "ignited"),),
        ),
        Step(
            event="ignition_attempt_failed",
            sources=_stages("visited"),
            by=_ON_SITE,
            tells=(("customer", "ignition_attempt_failed"),),
        ),
        Step(
            event="documents_missing",
            sources=_OPEN,
            by=_FILERS,
            starts=("deferred_documents",),
            opens=("collect_documents",),
        ),
        Step(event="essential_documents_missing", sources=_OPEN, by=_FILERS, opens=("collect_documents",)),
        Step(event="documents_received", sources=_OPEN | {"ignited"}, by=_BOOKERS | _FILERS),
        Step(
            event="documents_complete",
            sources=_OPEN | {"ignited"},
            by=_BOOKERS | _FILERS,
            meets=("deferred_documents",),
            closes=("collect_documents",),
        ),
        Step(
            event="deferred_documents_in",
            sources=_OPEN | {"ignited"},
            by=_BOOKERS | _FILERS,
            meets=("deferred_documents",),
        ),
        Step(event="paused", sources=_OPEN, by=_ON_SITE, tells=(("customer", "paused"),)),
        Step(
            event="paused_for_wish",
            sources=_OPEN,
            by=_roles("customer", "customer_manager", "system"),
            tells=(("customer", "paused_for_wish"),),
        ),
        Step(
            event="resumed", sources=_OPEN, by=_ON_SITE | _roles("system"), tells=(("customer", "resumed"),)
        ),
        Step(event="target_missed", sources=_OPEN | {"ignited"}, by=_roles("system")),
        Step(event="late", sources=_OPEN, by=_roles("system"), tells=(("customer", "late"),)),
        Step(
            event="urged",
            sources=_OPEN,
            by=_roles("customer", "hotline_agent", "counter_clerk"),
            tells=(("manager", "customer_urges"), ("supervisor", "customer_urges")),
        ),
        Step(
            event="complained",
            sources=_ANY,
            by=_roles("customer", "hotline_agent"),
            tells=(("supervisor", "customer_complains"),),
        ),
        Step(
            event="rated",
            sources=_stages("ignited"),
            by=_roles("customer"),
            tells=(("manager", "customer_rated"),),
        ),
        Step(
            event="reassigned",
            sources=_OPEN,
            by=_roles("supervisor"),
            tells=(("customer", "manager_changed"),),
        ),
        Step(
            event="cancelled",
            sources=_OPEN,
            to="cancelled",
            by=_FILERS,
            cancels=True,
            tells=(("customer", "cancelled"), ("manager", "case_cancelled")),
        ),
    ),
)

PROJECT = Table(
    name="project",
    order=("lead", "handed_off", "designing", "permitting", "building", "inspecting", "accepted"),
    final=_stages("accepted", "cancelled"),
    off_path=_stages("cancelled"),
    steps=(
        Step(
            event="opened",
            sources=_stages(NEW),
            to="lead",
            by=_FILERS | _roles("system"),
            opens=("visit",),
        ),
        Step(
            event="accepted_before_the_system",
            sources=_stages(NEW),
            to="accepted",
            by=_roles("administrator", "system"),
        ),
    ),
)
