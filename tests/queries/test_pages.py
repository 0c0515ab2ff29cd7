"""Cursors lead on, and only ours do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.queries.pages import Portion, page_of
from backend.rules.errors import InvalidField


@given(st.lists(st.integers(1, 2**63 - 1), unique=True, min_size=1, max_size=30), st.integers(1, 10))
def test_pages_hold_everything_once_in_order(ids: list[int], limit: int) -> None:
    rows = sorted(ids, reverse=True)
    seen: list[int] = []
    cursor = None
    while True:
        portion = Portion.asked(cursor, limit)
        before = portion.after_id()
        found = [row for row in rows if before is None or row < before][: limit + 1]
        page = page_of(found, portion, lambda row: (row,))
        seen += page.items
        cursor = page.next
        if cursor is None:
            break

    assert seen == rows


@pytest.mark.parametrize("cursor", ["W10", "bnVsbA", "WzFd", "eA", "é"])
def test_what_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidField):
        Portion.asked(cursor, 20)
