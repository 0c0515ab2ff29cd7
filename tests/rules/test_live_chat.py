"""When a customer who wants a person is answered."""

from datetime import datetime

import pytest

from backend.rules.live_chat import answer_due, is_staffed
from config import policy

RULES = policy.current()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00").replace(tzinfo=RULES.tz)


@pytest.mark.parametrize(
    ("asked", "staffed", "due"),
    [
        ("23 08:00", True, "23 08:05"),
        ("23 19:59", True, "23 20:04"),
        ("23 20:00", False, "24 08:05"),
        ("23 23:59", False, "24 08:05"),
        ("24 07:59", False, "24 08:05"),
        ("28 12:00", True, "28 12:05"),  # a Saturday
    ],
)
def test_within_minutes_or_when_the_chat_opens(asked: str, staffed: bool, due: str) -> None:
    assert is_staffed(at(asked), RULES) == staffed
    assert answer_due(at(asked), RULES) == at(due)
