"""The transition tables: everything can be reached, everything can be left, and what is not written does not happen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules.errors import NotAllowed
from backend.rules.stages import (
    ACCEPTANCE_ROUND,
    APPLICATION,
    NEW,
    PROJECT,
    WORK_ORDER,
    Table,
    check_together,
)
from config import policy
from config.messages.texts import notices, words

TABLES = [APPLICATION, PROJECT, WORK_ORDER, ACCEPTANCE_ROUND]
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def _stages(table: Table) -> frozenset[str]:
    return frozenset(table.order) | table.off_path | table.final


@each_table
def test_every_stage_is_reached_from_the_beginning(table: Table) -> None:
    reached = {NEW}
    while True:
        more = {row.to for row in table.steps if row.to and row.sources & reached} - reached
        if not more:
            break
        reached |= more
    assert reached - {NEW} == _stages(table)


@each_table
def test_every_stage_that_is_not_final_has_a_way_out(table: Table) -> None:
    for stage in _stages(table) - table.final:
        assert any(stage in row.sources and row.to not in {None, stage} for row in table.steps), stage


@each_table
def test_nothing_leads_out_of_a_final_stage_but_what_undoes_a_mistake(table: Table) -> None:
    for row in table.steps:
        if row.sources & table.final and not row.undoes:
            assert row.to is None, row.event


@each_table
def test_steps_name_only_stages_of_their_table(table: Table) -> None:
    for row in table.steps:
        assert row.sources <= _stages(table) | {NEW}, row.event
        assert row.to is None or row.to in _stages(table), row.event


@each_table
def test_no_two_rows_answer_the_same_question(table: Table) -> None:
    """Otherwise the order of rows would decide."""
    seen: set[tuple[str, str, str]] = set()
    for row in table.steps:
        for stage in row.sources:
            for role in row.by:
                assert (row.event, stage, role) not in seen, (row.event, stage, role)
                seen.add((row.event, stage, role))


@each_table
def test_what_a_row_tells_starts_and_opens_has_its_text_and_its_number(table: Table) -> None:
    for row in table.steps:
        assert {message for _, message in row.tells} <= set(notices()), row.event
        assert {*row.starts, *row.meets, *row.stops, *row.reopens} <= set(policy.current().clocks), row.event
        assert set(row.opens) | set(row.closes) <= set(words().task_names), row.event


@given(st.sampled_from(TABLES), st.text(max_size=12), st.text(max_size=12))
def test_an_unknown_event_or_stage_is_refused(table: Table, stage: str, event: str) -> None:
    known = any(row.event == event and stage in row.sources for row in table.steps)
    if not known:
        with pytest.raises(NotAllowed):
            table.step(stage, event, "supervisor")


def test_steps_of_one_act_may_not_end_what_they_begin() -> None:
    filed = APPLICATION.step(NEW, "filed_ready", "customer")
    missing = APPLICATION.step("accepted", "documents_missing", "customer")
    complete = APPLICATION.step("accepted", "documents_complete", "customer")
    check_together([filed, missing])
    check_together([complete, missing])
    with pytest.raises(ValueError, match="documents_complete"):
        check_together([filed, missing, complete])
