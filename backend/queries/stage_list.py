"""The stages of a case as a person reads them: what is done, where it stands, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from backend.queries.timeline import Step
from backend.rules.stages import Table
from config.messages.texts import words


@dataclass(frozen=True, slots=True, kw_only=True)
class StageItem:
    """One stage; `at` is when the case came to it, None for one that waits or was passed over."""

    key: str
    name: str
    state: Literal["done", "current", "waiting"]
    at: datetime | None


def list_stages(table: Table, stage: str, events: Sequence[Step]) -> tuple[StageItem, ...]:
    """The way of a case that stands at `stage`; a stage off the usual way appears only while the case is there."""
    entered = _entered(events)
    reached = _reached(table, stage, entered)
    way = [_item(table, key, "done", entered) for key in table.order[:reached]]
    way.append(_item(table, stage, "current", entered))
    if stage not in table.final:
        rest = table.order[reached + 1 :] if stage in table.order else table.order[reached:]
        way += [_item(table, key, "waiting", {}) for key in rest]
    return tuple(way)


def _reached(table: Table, stage: str, entered: dict[str, datetime]) -> int:
    """How many stages of the usual way lie behind."""
    if stage in table.order:
        return table.order.index(stage)
    return max((place + 1 for place, key in enumerate(table.order) if key in entered), default=0)


def _entered(events: Sequence[Step]) -> dict[str, datetime]:
    """When the case last came to each stage it has been at."""
    entered: dict[str, datetime] = {}
    before = ""
    for event in events:
        if event.stage != before:
            entered[event.stage] = event.at
        before = event.stage
    return entered


def _item(
    table: Table, key: str, state: Literal["done", "current", "waiting"], entered: dict[str, datetime]
) -> StageItem:
    return StageItem(key=key, name=words().stages[table.name][key], state=state, at=entered.get(key))
