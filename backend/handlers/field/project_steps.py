"""What can be done about a project on the phone, and which of it comes first."""

from collections.abc import Callable

from backend.handlers.field.next_step import Steps
from backend.handlers.field.project_acts import FORMS
from backend.handlers.field.project_fields import open_defects, parties_left
from backend.queries.projects import ProjectFile
from config.roles import roles as door_roles

_BESIDES = frozenset({"papers", "no_show", "progress", "change", "fail", "pause"})
"""Possible, but never what one is waiting for."""

Chances = tuple[tuple[str, bool], ...]


def plan_steps(file: ProjectFile, roles: tuple[str, ...]) -> Steps:
    """The steps open to somebody who reaches the project in these roles."""
    possible = tuple(name for name, chance in _chances(file, roles) if chance and _may(name, roles))
    first = next((name for name in possible if name not in _BESIDES), None)
    return Steps(first=first, others=tuple(name for name in possible if name != first))


def _may(name: str, roles: tuple[str, ...]) -> bool:
    return any(role in door_roles().of(FORMS[name].door) for role in roles)


def _chances(file: ProjectFile, roles: tuple[str, ...]) -> Chances:
    """Everything the stage admits, in the order in which it usually comes."""
    held = any(pause.ended_at is None for pause in file.pauses)
    ticking = any(clock.state in {"running", "breached"} for clock in file.clocks)
    by_stage: dict[str, Callable[[], Chances]] = {
        "lead": lambda: _lead(file),
        "designing": lambda: _designing(file),
        "waiting_pressure": lambda: (("pressure_restored", True),),
        "permitting": lambda: _permitting(file),
        "building": lambda: _building(file),
        "inspecting": lambda: _inspecting(file, roles),
        "accepted": lambda: _accepted(file),
    }
    resumable = held and file.stage != "waiting_pressure"
    stage = by_stage[file.stage]() if file.stage in by_stage else ()
    return (("resume", resumable), *stage, ("pause", ticking and not held))


def _booked(file: ProjectFile, purpose: str) -> bool:
    return any(visit.state == "booked" and visit.purpose == purpose for visit in file.visits)


def _lead(file: ProjectFile) -> Chances:
    booked = _booked(file, "visit")
    visited = any(visit.state == "done" for visit in file.visits)
    return (
        ("check_in", booked),
        ("hand_off", visited),
        ("book", True),
        ("hand_off", not visited),
        ("papers", bool(file.missing_documents)),
        ("no_show", booked),
    )


def _designing(file: ProjectFile) -> Chances:
    booked = _booked(file, "survey")
    surveyed = bool(file.surveys)
    arrived = any(visit.state == "done" and visit.purpose == "survey" for visit in file.visits)
    return (
        ("check_in", booked),
        ("drawings", surveyed),
        ("book", not surveyed and not arrived),
        ("survey", True),
        ("no_show", booked),
    )


def _permitting(file: ProjectFile) -> Chances:
    collected = any(permit.papers_collected_at for permit in file.permits)
    return (("permit_papers", not collected), ("permit", True))


def _building(file: ProjectFile) -> Chances:
    newest = file.work_orders[-1].stage if file.work_orders else ""
    undrawn = any(not change.drawn for change in file.change_requests)
    done = newest == "started" or (newest == "completed" and open_defects(file))
    return (
        ("revised_drawings", undrawn),
        ("accept_order", newest == "issued"),
        ("start", newest == "accepted"),
        ("complete", done and not undrawn),
        ("progress", newest == "started"),
        ("change", True),
    )


def _inspecting(file: ProjectFile, roles: tuple[str, ...]) -> Chances:
    latest = file.acceptance_rounds[-1] if file.acceptance_rounds else None
    if latest is None or latest.stage != "convened":
        return (("convene", True),)
    return (("sign", bool(parties_left(file, roles))), ("pass", True), ("fail", True))


def _accepted(file: ProjectFile) -> Chances:
    last = file.settlements[-1].state if file.settlements else "returned"
    resident = file.customer_kind == "resident"
    return (("settle", resident and last == "returned"), ("review", last == "submitted"))
