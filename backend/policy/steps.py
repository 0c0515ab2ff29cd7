"""A transition table as a table and as a state diagram."""

from collections.abc import Iterable

from backend.policy.markdown import table as markdown
from backend.policy.names import event_name, stage_name
from backend.rules.stages import NEW, Step, Table
from config import policy
from config.messages.regulation import regulation_words
from config.messages.texts import notices, words


def rows(table: Table) -> str:
    """Every step: from where, to where, by whom, and what it causes."""
    return markdown(regulation_words().step_columns, [_row(table, step) for step in table.steps])


def diagram(table: Table) -> str:
    """The moves between stages as Mermaid; steps that stay where they are would only hide them."""
    lines = ["```mermaid", "stateDiagram-v2"]
    stages = dict.fromkeys((*table.order, *sorted(table.off_path)))
    lines += [f"    {stage}: {stage_name(table.name, stage)}" for stage in stages]
    for step in table.steps:
        if step.to is None:
            continue
        for source in _ordered(table, step.sources):
            if source != step.to:
                lines.append(f"    {'[*]' if source == NEW else source} --> {step.to}: {step.event}")
    lines += [f"    {stage} --> [*]" for stage in stages if stage in table.final]
    return "\n".join([*lines, "```"])


def _row(table: Table, step: Step) -> tuple[str, ...]:
    own = regulation_words()
    everywhere = [stage_name(table.name, source) for source in _ordered(table, step.sources)]
    clocks = policy.current().clocks
    return (
        event_name(step.event),
        "、".join(everywhere),
        stage_name(table.name, step.to) if step.to else own.stays,
        "、".join(name for role, name in own.roles.items() if role in step.by),
        _list(clocks[kind].name for kind in (*step.starts, *step.reopens)),
        _list(clocks[kind].name for kind in (*step.meets, *step.stops)),
        _list(words().task_names[kind] for kind in step.opens),
        _list(words().task_names[kind] for kind in step.closes),
        _list(f"{own.audiences[who]}「{notices()[message].title}」" for who, message in step.tells),
    )


def _ordered(table: Table, stages: Iterable[str]) -> list[str]:
    """In the order of the table, so that the page does not change from run to run."""
    known = [NEW, *table.order, *sorted(table.off_path | table.final)]
    return [stage for stage in dict.fromkeys(known) if stage in set(stages)]


def _list(names: Iterable[str]) -> str:
    return "、".join(names)
