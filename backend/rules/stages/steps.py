"""One row of a transition table, and the one function that reads a table."""

from collections.abc import Sequence
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
Audience = Literal["customer", "manager", "supervisor", "visitor"]
TaskKind = Literal[
    "visit",
    "ignition",
    "collect_documents",
    "emergency",
    "call_back",
    "human_chat",
    "design",
    "revise_design",
    "permit",
    "build",
    "rectify",
    "inspect",
    "settlement",
    "review_settlement",
    "household_files",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row: `event` leads from any of `sources` to `to` (None: the stage stays) and causes the rest.

    `announces` is false where whoever acts opens the tasks for themself and needs no push. A row that `undoes` takes back
    what was recorded by mistake: it may lead out of a final stage. `stops` ends clocks as if they had never been asked for,
    `reopens` lets the newest met one run on as if it had never ended.
    """

    event: str
    sources: frozenset[str]
    to: str | None = None
    by: frozenset[Role]
    starts: tuple[ClockKind, ...] = ()
    meets: tuple[ClockKind, ...] = ()
    stops: tuple[ClockKind, ...] = ()
    reopens: tuple[ClockKind, ...] = ()
    opens: tuple[TaskKind, ...] = ()
    closes: tuple[TaskKind, ...] = ()
    cancels: bool = False
    announces: bool = True
    undoes: bool = False
    tells: tuple[tuple[Audience, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The steps of one kind of case; `order` is how a person sees its stages, `final` where nothing more moves."""

    name: str
    order: tuple[str, ...]
    final: frozenset[str]
    steps: tuple[Step, ...]
    off_path: frozenset[str] = field(default_factory=frozenset)

    @property
    def open(self) -> list[str]:
        """The stages from which a case still moves, in their order; all of this table's off-path ones are final."""
        return [stage for stage in self.order if stage not in self.final]

    def step(self, stage: str, event: str, by: Role) -> Step:
        """The row for `event` at `stage`. Raises NotAllowed when the table has none for this role."""
        for row in self.steps:
            if row.event == event and stage in row.sources and by in row.by:
                return row
        raise NotAllowed(stage=stage, event=event)


DUE_BY: dict[TaskKind, tuple[ClockKind, ...]] = {
    "visit": ("first_visit",),
    "ignition": ("ignition",),
    "collect_documents": ("deferred_documents",),
    "design": ("design",),
    "permit": ("permit_small", "permit_large"),
}
"""The clocks by which a task is due; its due time follows theirs."""

NEW = "new"
"""The stage of a case that is being recorded for the first time."""


def check_together(steps: Sequence[Step]) -> None:
    """Raises ValueError when one of these steps in a row ends a clock or closes a task that one before it begins."""
    begun: set[str] = set()
    for step in steps:
        ended = {*step.meets, *step.stops, *step.closes}
        if begun & ended or (begun and step.cancels):
            raise ValueError(f"{step.event} ends what begins with it")
        begun |= {*step.starts, *step.opens}


def stages(*names: str) -> frozenset[str]:
    """Stages of a row."""
    return frozenset(names)


def roles(*names: Role) -> frozenset[Role]:
    """Roles of a row."""
    return frozenset(names)


FILERS = roles("customer", "customer_manager", "hotline_agent", "counter_clerk", "supervisor", "partner")
ON_SITE = roles("customer_manager", "supervisor")
BOOKERS = ON_SITE | roles("customer")
