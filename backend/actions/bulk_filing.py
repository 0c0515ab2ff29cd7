"""A property manager asks for a whole community in one go: each row an application, or the reason why not (domain §7)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tortoise.transactions import in_transaction

from backend.actions import _announcements, _letters, _outbox, applications, people
from backend.actions.act import Act
from backend.models import Case, ConnectionApplication, Task
from backend.rules.errors import DomainError
from backend.rules.filing import Filing
from config.messages.texts import fill, words

_AT_ONCE = 25  # rows of one transaction: the day's running number is held as long


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who asks for all of them, and is told."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row, by its place from 1 on: the number of its application, or why there is none."""

    row: int
    number: str | None = None
    refusal: DomainError | None = None


async def file(agent: Agent, rows: Sequence[tuple[int, Filing]], *, act: Act) -> list[RowOutcome]:
    """Files row by row, a portion in each transaction: repeated after a breakdown, rows that are in are duplicates.

    Each manager gets one digest, the agent one message; a row that is refused changes nothing.
    """
    quiet = replace(act, quiet=True)
    outcomes: list[RowOutcome] = []
    for portion in _portions(rows):
        async with in_transaction():
            filed: list[ConnectionApplication] = []
            for row, filing in portion:
                outcomes.append(await _file_one(row, filing, filed, quiet))
            await _announce(filed, act)
    await _tell(agent, [one.number for one in outcomes if one.number is not None], act)
    return outcomes


async def _file_one(row: int, filing: Filing, filed: list[ConnectionApplication], act: Act) -> RowOutcome:
    try:
        async with in_transaction():
            application = await applications.accept(filing, act=act, papers_later=True)
    except DomainError as refusal:
        return RowOutcome(row=row, refusal=refusal)
    filed.append(application)
    return RowOutcome(row=row, number=application.number)


async def _announce(filed: list[ConnectionApplication], act: Act) -> None:
    """What was opened for each person, and for nobody, in one message each."""
    desks: dict[int | None, dict[Case, list[Task]]] = defaultdict(lambda: defaultdict(list))
    cases = await _with_new_projects(filed, act)
    for case in cases:
        kind = "application_id" if isinstance(case, ConnectionApplication) else "project_id"
        for task in await Task.filter(**{kind: case.id}, opened_at=act.now).order_by("id"):
            desks[task.assignee_id][case].append(task)
    for person, share in desks.items():
        if person is not None:
            await _announcements.announce_all(person, share, act=act)
        else:
            case, tasks = next(iter(share.items()))
            await _announcements.announce(case, tasks, await _letters.facts_of(case, act, {}), act=act)


async def _with_new_projects(filed: list[ConnectionApplication], act: Act) -> list[Case]:
    """The applications, and each project that one of them opened."""
    projects = {application.project_id: await application.project for application in filed}
    opened = [project for project in projects.values() if project.opened_at == act.now]
    return [*filed, *opened]


async def _tell(agent: Agent, numbers: list[str], act: Act) -> None:
    if not numbers:
        return
    async with in_transaction():
        customer = await people.by_phone(agent.phone, agent.name, now=act.now)
        first = await ConnectionApplication.get(number=numbers[0])
        said = fill(words().span_of_numbers, {"first": numbers[0], "last": numbers[-1]})
        facts = await _letters.facts_of(first, act, {"count": len(numbers), "numbers": said})
        letter = _outbox.Letter(message="bulk_accepted", facts=facts)
        await _outbox.queue(letter, act=act, customer_id=customer.id, case=first)


def _portions(rows: Sequence[tuple[int, Filing]]) -> Iterator[Sequence[tuple[int, Filing]]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
