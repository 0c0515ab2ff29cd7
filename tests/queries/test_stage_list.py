"""Stages as a person reads them."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.models import Event
from backend.queries.stage_list import list_stages
from backend.rules.stages import APPLICATION, PROJECT, Table
from config.messages.texts import words

_FILED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def _events(*stages: str) -> list[Event]:
    return [
        Event(name="step", stage=stage, at=_FILED + timedelta(hours=hour))
        for hour, stage in enumerate(stages)
    ]


def _shown(table: Table, *stages: str) -> list[tuple[str, str]]:
    return [(item.key, item.state) for item in list_stages(table, stages[-1], _events(*stages))]


def test_done_current_and_waiting() -> None:
    assert _shown(APPLICATION, "accepted", "visit_booked") == [
        ("awaiting_project", "done"),
        ("accepted", "done"),
        ("visit_booked", "current"),
        ("visited", "waiting"),
        ("ignited", "waiting"),
    ]


def test_nobody_at_home_leads_back() -> None:
    items = list_stages(APPLICATION, "accepted", _events("accepted", "visit_booked", "accepted"))

    assert [(item.key, item.state) for item in items][2] == ("visit_booked", "waiting")
    assert items[1].at == _FILED + timedelta(hours=2)
    assert items[2].at is None


def test_a_cancelled_case_ends_where_it_was() -> None:
    assert _shown(APPLICATION, "accepted", "cancelled")[1:] == [
        ("accepted", "done"),
        ("cancelled", "current"),
    ]


@pytest.mark.parametrize("table", [APPLICATION, PROJECT], ids=lambda table: table.name)
def test_every_stage_has_a_name_and_is_shown_as_the_current_one(table: Table) -> None:
    for stage in {*table.order, *table.off_path}:
        assert stage in words().stages[table.name]
        current = [
            item.key
            for item in list_stages(table, stage, _events(table.order[0], stage))
            if item.state == "current"
        ]
        assert current == [stage]
