"""The transition tables against themselves and against the texts, numbers and names they use."""

from collections.abc import Iterator

from backend.rules.errors import DomainError
from backend.rules.stages import ACCEPTANCE_ROUND, APPLICATION, NEW, PROJECT, WORK_ORDER, Step, Table
from config import policy
from config.messages.regulation import regulation_words
from config.messages.texts import notices, problems, words

TABLES = (APPLICATION, PROJECT, WORK_ORDER, ACCEPTANCE_ROUND)
_WORDS, _PROBLEMS = "messages/words.toml", "messages/problems.toml"


def faults(tables: tuple[Table, ...] = TABLES) -> list[str]:
    """What is wrong, ready to be read, with the table and step or the file that has to be mended."""
    found = [fault for table in tables for fault in (*_ways(table), *_answers(table), *_names(table))]
    for table in tables:
        found += [fault for step in table.steps for fault in _uses(table, step)]
    return [*found, *_sentences()]


def _ways(table: Table) -> Iterator[str]:
    """Every stage can be come to, and left unless it is final."""
    stages = _stages(table)
    for stage in sorted(stages - _reached(table)):
        yield f"{table.name}: no way leads to {stage}"
    for stage in sorted(stages - table.final):
        if not any(stage in step.sources and step.to not in (None, stage) for step in table.steps):
            yield f"{table.name}: no way leads out of {stage}"


def _answers(table: Table) -> Iterator[str]:
    """Steps lead from and to what there is; no question has two answers."""
    stages = _stages(table)
    seen: set[tuple[str, str, str]] = set()
    for step in table.steps:
        for stage in sorted((step.sources | {step.to or NEW}) - stages - {NEW}):
            yield f"{table.name}.{step.event}: unknown stage {stage}"
        if step.to is not None and step.sources & table.final and not step.undoes:
            yield f"{table.name}.{step.event}: leads out of a final stage"
        for question in sorted((step.event, stage, role) for stage in step.sources for role in step.by):
            if question in seen:
                yield f"{table.name}.{step.event}: two rows for {question[1]} by {question[2]}"
            seen.add(question)


def _stages(table: Table) -> frozenset[str]:
    return frozenset(table.order) | table.off_path | table.final


def _reached(table: Table) -> frozenset[str]:
    reached = {NEW}
    while more := {step.to for step in table.steps if step.to and step.sources & reached} - reached:
        reached |= more
    return frozenset(reached)


def _names(table: Table) -> Iterator[str]:
    named = words().stages.get(table.name) or regulation_words().stages.get(table.name, {})
    for stage in sorted((frozenset(table.order) | table.off_path) - set(named)):
        yield f"{_WORDS}: stages.{table.name}.{stage} has no name"


def _uses(table: Table, step: Step) -> Iterator[str]:
    """What a step tells, opens and starts has its text, its name and its limit."""
    place = f"{table.name}.{step.event}"
    for audience, message in step.tells:
        notice = notices().get(message)
        if notice is None:
            yield f"{place}: tells {message}, which is not in messages/notices.toml"
        elif audience == "customer" and notice.link != "progress":
            yield f"{place}: tells customers {message}, whose link is for staff"
    for kind in {*step.opens, *step.closes} - set(words().task_names):
        yield f"{_WORDS}: task_names.{kind} has no name"
    for clock in {*step.starts, *step.meets, *step.stops, *step.reopens} - set(policy.current().clocks):
        yield f"{place}: the clock {clock} is not in policy.toml"


def _sentences() -> Iterator[str]:
    for error in _all(DomainError):
        if error.sentence not in problems():
            yield f"{_PROBLEMS}: {error.sentence} is missing ({error.__name__})"


def _all(root: type[DomainError]) -> Iterator[type[DomainError]]:
    yield root
    for own in root.__subclasses__():
        yield from _all(own)
