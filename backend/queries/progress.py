"""Where an application stands: one view for customer, assistant and staff. In one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tortoise import connections

from backend.models import ConnectionApplication
from backend.queries import clocks, project_standing, timeline
from backend.queries.case_parts import CLOCKS, EventPart, Row, events_where, read_clocks, read_events
from backend.queries.clocks import ClockView
from backend.queries.project_standing import ProjectView
from backend.queries.stage_list import StageItem, list_stages
from backend.queries.timeline import Happening
from backend.rules import papers
from backend.rules.errors import NotFound
from backend.rules.stages import APPLICATION
from config.documents import Paper, catalogue

_AS_STORED = (
    "number", "customer_kind", "contact_name", "contact_phone", "address", "district", "channel", "hourly_flow_m3",
    "purpose", "preferred_visit_at", "filed_at", "ignited_at", "stage",
)  # fmt: skip
MANAGER = "m.id AS manager_id, m.name AS manager_name, m.phone AS manager_phone"
MAY_SEE = "(a.customer_id = $2 OR a.contact_phone = (SELECT u.phone FROM customers u WHERE u.id = $2))"
"""Their own, and those filed for their verified phone."""
# The project's way to acceptance is told to whoever waited for it; a site that was ready tells nothing of its past.
_WAITED = "EXISTS (SELECT FROM events w WHERE w.application_id = a.id AND w.name = 'filed_waiting')"
_READ = f"""
SELECT {", ".join(f"a.{column}" for column in (*_AS_STORED, "rating", "rating_comment"))}, {MANAGER},
    p.customer_kind AS project_kind, p.stage AS project_stage, p.scheme AS project_scheme,
    (SELECT (h.reason, h.note, h.began_at) FROM pauses h WHERE h.project_id = p.id AND h.ended_at IS NULL LIMIT 1)
        AS project_hold,
    {events_where("e.application_id = a.id")} AS steps,
    {events_where(f"e.project_id = a.project_id AND {_WAITED}")} AS project_steps,
    {CLOCKS} AS clocks,
    ARRAY(SELECT DISTINCT d.kind::text FROM documents d WHERE d.application_id = a.id AND d.state <> 'lost') AS kinds,
    ARRAY(SELECT (v.id, v.at, v.state, v.purpose) FROM visits v
        WHERE v.application_id = a.id OR v.project_id = a.project_id ORDER BY v.at, v.id) AS visits
FROM applications a JOIN projects p ON p.id = a.project_id LEFT JOIN staff m ON m.id = a.manager_id
"""  # noqa: S608  put together from our own texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerView:
    """The customer manager (客户经理) of a case."""

    id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """One appointment; `purpose` is the manager's `visit` or the designer's `survey`."""

    id: int
    at: datetime
    state: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingView:
    score: int
    comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One application as it is at one moment; `project` only while it is waited for."""

    number: str
    customer_kind: str
    contact_name: str
    contact_phone: str
    address: str
    district: str
    channel: str
    hourly_flow_m3: Decimal | None
    purpose: str | None
    preferred_visit_at: datetime | None
    filed_at: datetime
    ignited_at: datetime | None
    stage: str
    stages: tuple[StageItem, ...]
    clock: ClockView | None
    clocks: tuple[ClockView, ...]
    manager: ManagerView | None
    missing_documents: tuple[Paper, ...]
    visits: tuple[VisitView, ...]
    timeline: tuple[Happening, ...]
    project: ProjectView | None
    rating: RatingView | None


async def get(number: str, *, now: datetime) -> Progress:
    """The application, whoever asks: check first whose it is. Raises NotFound."""
    return _view(await _read(f"{_READ} WHERE a.number = $1", number), now)


async def get_own(number: str, customer_id: int, *, now: datetime) -> Progress:
    """The application of a customer who may see it. Raises NotFound for another person's, as for none at all."""
    return _view(await _read(f"{_READ} WHERE a.number = $1 AND {MAY_SEE}", number, customer_id), now)


async def _read(statement: str, *values: object) -> Row:
    rows = await connections.get("default").execute_query_dict(statement, list(values))
    if not rows:
        raise NotFound
    row: Row = rows[0]
    return row


def _view(row: Row, now: datetime) -> Progress:
    steps, stage = read_events(row["steps"]), row["stage"]
    of_project = project_standing.until_accepted(read_events(row["project_steps"]))
    shown = clocks.view(read_clocks(row["clocks"]), now=now)
    told: list[EventPart] = sorted([*steps, *of_project], key=lambda step: step.id)
    waiting = stage == "awaiting_project"
    return Progress(
        **{name: row[name] for name in _AS_STORED},
        stages=list_stages(APPLICATION, stage, steps),
        clock=shown.headline,
        clocks=shown.all,
        manager=read_manager(row),
        missing_documents=papers.missing(row["customer_kind"], set(row["kinds"]), catalogue()),
        visits=tuple(
            VisitView(id=id_, at=at, state=state, purpose=why) for id_, at, state, why in row["visits"]
        ),
        timeline=timeline.tell(told),
        project=_project(row, of_project) if waiting else None,
        rating=_rating(row),
    )


def _project(row: Row, steps: Sequence[EventPart]) -> ProjectView:
    known = row["project_kind"], row["project_stage"], row["project_scheme"], row["project_hold"]
    return project_standing.view(*known, steps)


def _rating(row: Row) -> RatingView | None:
    if row["rating"] is None:
        return None
    return RatingView(score=row["rating"], comment=row["rating_comment"])


def read_manager(row: Row) -> ManagerView | None:
    """From a row with `MANAGER`; None while nobody is assigned."""
    if row["manager_id"] is None:
        return None
    return ManagerView(id=row["manager_id"], name=row["manager_name"], phone=row["manager_phone"])


def manager_of(row: ConnectionApplication) -> ManagerView | None:
    """The manager of a row fetched with it; None while nobody is assigned."""
    if row.manager is None:
        return None
    return ManagerView(id=row.manager.id, name=row.manager.name, phone=row.manager.phone)
