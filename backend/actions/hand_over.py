"""A supervisor gives a case to another manager (domain §7)."""

from tortoise.transactions import in_transaction

from backend.actions import _letters, _outbox, _succession, assignments
from backend.actions.act import Act
from backend.actions.locks import lock_application, lock_project, share_name
from backend.models import Case, ConnectionApplication, PreServiceProject, Staff, Task
from backend.rules.errors import InvalidField


async def reassign(number: str, manager_id: int, note: str | None, *, act: Act) -> ConnectionApplication:
    """Both managers and the customer are told. Raises NotFound, NotAllowed, InvalidField (nobody who could take it)."""
    async with in_transaction():
        await share_name(assignments.ABSENCES)
        application = await lock_application(number)
        await _give(application, await _get_manager(manager_id, application, act), note, act)
        return application


async def reassign_project(
    project_id: int, manager_id: int, note: str | None, *, act: Act
) -> PreServiceProject:
    """The same for a site's project. Raises NotFound, NotAllowed, InvalidField."""
    async with in_transaction():
        await share_name(assignments.ABSENCES)
        project = await lock_project(project_id)
        await _give(project, await _get_manager(manager_id, project, act), note, act)
        return project


async def _give(case: Case, to: Staff, note: str | None, act: Act) -> None:
    before = case.manager_id
    tasks = await _succession.pass_manager(case, to, act=act, note=note)
    facts = await _letters.facts_of(case, act, {"note": note})
    await _tell("case_handed_over", to.id, case, tasks, facts, act)
    if before is not None:
        await _tell("case_taken_away", before, case, [], facts, act)


async def _tell(
    message: str, staff_id: int, case: Case, tasks: list[Task], facts: dict[str, str], act: Act
) -> None:
    target = str(tasks[0].id) if tasks else ""
    letter = _outbox.Letter(message=message, facts=facts, target=target)
    await _outbox.queue(letter, act=act, staff_id=staff_id, case=case)


async def _get_manager(manager_id: int, case: Case, act: Act) -> Staff:
    """Somebody else who is there. Raises InvalidField."""
    person = await Staff.get_or_none(id=manager_id, active=True, roles__contains=["customer_manager"])
    if person is None:
        raise InvalidField(field="manager_id", sentence="not_a_manager")
    if person.away_until is not None and person.away_until > act.now:
        raise InvalidField(field="manager_id", sentence="manager_is_away", name=person.name)
    if person.id == case.manager_id:
        raise InvalidField(field="manager_id", sentence="already_theirs", name=person.name)
    return person
