"""Clears the desk of somebody who is away: cases, parts of projects, and tasks taken on for a role."""

from dataclasses import dataclass

from tortoise.expressions import Q, Subquery

from backend.actions import _succession, assignments
from backend.actions._tasks import OPEN
from backend.actions.act import Act
from backend.actions.assignments import Part
from backend.models import Case, ConnectionApplication, PreServiceProject, Staff, Task
from backend.rules.stages import APPLICATION, PROJECT
from config.messages.texts import words
from config.roles import EVERYONE

_PARTS: tuple[Part, ...] = ("designer", "contractor", "inspector")
EVERYTHING: frozenset[str] = frozenset(EVERYONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """One thing that left the desk, to whom, and how a list names it. A `shared` one went back to everybody with the role."""

    to: Staff | None
    line: dict[str, str]
    shared: bool = False


async def clear(member: Staff, *, act: Act, of: frozenset[str] = EVERYTHING) -> list[Passed]:
    """Passes on what the member does in these roles; they can be chosen for none of it any more, and nobody gives away
    cases meanwhile.
    """
    managed = "customer_manager" in of
    passed = [await _pass_case(row, act) for row in await _applications(member)] if managed else []
    for project in await _projects(member):
        if managed and project.manager_id == member.id:
            passed.append(await _pass_case(project, act))
        passed += [
            await _pass_part(project, part, act)
            for part in _PARTS
            if part in of and getattr(project, f"{part}_id") == member.id
        ]
    return passed + [await _put_back(task, act) for task in await _loose(member, of)]


async def _applications(member: Staff) -> list[ConnectionApplication]:
    mine = ConnectionApplication.filter(manager_id=member.id)
    with_task = Q(id__in=_cases_with_task(member, "application_id"))
    return await (
        mine.filter(~Q(stage__in=list(APPLICATION.final)) | with_task).order_by("id").select_for_update()
    )


async def _projects(member: Staff) -> list[PreServiceProject]:
    mine = Q(manager_id=member.id)
    for part in _PARTS:
        mine |= Q(**{f"{part}_id": member.id})
    under_way = ~Q(stage__in=list(PROJECT.final)) | Q(id__in=_cases_with_task(member, "project_id"))
    return await PreServiceProject.filter(mine & under_way).order_by("id").select_for_update()


def _cases_with_task(member: Staff, column: str) -> Subquery:
    tasks = Task.filter(assignee_id=member.id, state__in=OPEN, **{f"{column}__isnull": False})
    return Subquery(tasks.values(column))


async def _pass_case(case: Case, act: Act) -> Passed:
    """To the manager of the same district, else the least loaded."""
    district = case.district if isinstance(case, ConnectionApplication) else (await case.site).district
    chosen = await assignments.choose_manager(district, now=act.now)
    to = await Staff.get(id=chosen) if chosen is not None else None
    tasks = await _succession.pass_manager(case, to, act=act, note=None)
    return Passed(to=to, line=_line(case, tasks))


async def _pass_part(project: PreServiceProject, part: Part, act: Act) -> Passed:
    chosen = await assignments.least_busy(part, now=act.now)
    to = await Staff.get(id=chosen) if chosen is not None else None
    return Passed(to=to, line=_line(project, await _succession.pass_part(project, part, to, act=act)))


async def _loose(member: Staff, of: frozenset[str]) -> list[Task]:
    """What the member took on for a role: emergencies, call-backs, talks."""
    taken = Task.filter(assignee_id=member.id, state__in=OPEN, role__in=list(of))
    return await taken.order_by("id").select_for_update()


async def _put_back(task: Task, act: Act) -> Passed:
    """Everybody with the role may take it; an emergency climbs to the next on the rota at once."""
    task.assignee_id, task.state, task.accepted_at = None, "open", None
    task.climb_at = act.now if task.kind == "emergency" else None
    await task.save(update_fields=["assignee_id", "state", "accepted_at", "climb_at"])
    facts = task.facts
    line = {
        "task_names": words().task_names[task.kind],
        "number": "",
        "contact_name": facts.get("contact_name") or "",
        "address": facts.get("address") or facts.get("title") or "",
    }
    return Passed(to=None, line=line, shared=True)


def _line(case: Case, tasks: list[Task]) -> dict[str, str]:
    return {
        "task_names": "、".join(words().task_names[task.kind] for task in tasks),
        "number": case.number,
        "contact_name": case.contact_name or words().no_contact,
        "address": case.address,
    }
