"""What can be done about an application on the phone, and which of it comes first."""

from dataclasses import dataclass

from backend.queries.desks import TaskView
from backend.queries.progress import VisitView
from backend.queries.staff_cases import StaffCase
from backend.rules.stages import APPLICATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Forms by name; `first` is None where nothing is left to do, or only waiting; `others` are possible besides.

    `afterwards` come after the check-in: a phone without network lets them be filled in while that one waits to be sent.
    """

    first: str | None = None
    others: tuple[str, ...] = ()
    afterwards: tuple[str, ...] = ()


def plan_steps(case: StaffCase, task: TaskView | None, booked: VisitView | None) -> Steps:
    """The steps of an application that is the visitor's to act on."""
    if case.stage in APPLICATION.final:
        return Steps(
            first=None, others=("papers",) if case.missing_documents and case.stage == "ignited" else ()
        )
    possible = _possible(case, booked)
    afterwards = ("ignite", "attempt") if booked is not None and case.stage != "visited" else ()
    if task is not None and task.state == "open":
        return Steps(first="accept", others=possible, afterwards=afterwards)
    first = _first(case, possible)
    others = tuple(step for step in possible if step != first)
    return Steps(first=first, others=others, afterwards=afterwards)


def _possible(case: StaffCase, booked: VisitView | None) -> tuple[str, ...]:
    """Everything the stage admits, in the order in which it usually comes."""
    visited = case.stage == "visited"
    held = any(pause.ended_at is None and pause.until is None for pause in case.pauses)
    chances: tuple[tuple[str, bool], ...] = (
        ("resume", held),
        ("check_in", booked is not None),
        ("papers", bool(case.missing_documents)),
        ("ignite", visited),
        ("book", True),
        ("no_show", booked is not None),
        ("attempt", visited),
        ("pause", not held),
    )
    return tuple(step for step, chance in chances if chance)


def _first(case: StaffCase, possible: tuple[str, ...]) -> str | None:
    if "resume" in possible:
        return "resume"
    if case.stage == "visited":
        return "papers" if any(paper.essential for paper in case.missing_documents) else "ignite"
    if "check_in" in possible:
        return "check_in"
    seen = any(visit.state == "done" for visit in case.visits)
    return None if case.stage == "awaiting_project" and seen else "book"
