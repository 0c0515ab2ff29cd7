"""Whoever watches the service sees whether a scheduler lives, and how far behind it is."""

from datetime import UTC, datetime

from prometheus_client.parser import text_string_to_metric_families

from backend.handlers import measures


def read(heartbeat: dict[str, object] | None) -> dict[str, float]:
    text = measures.export(heartbeat).decode()
    return {one.name: one.value for family in text_string_to_metric_families(text) for one in family.samples}


def test_a_living_scheduler_tells_its_lag() -> None:
    beat = {
        "at": datetime(2026, 11, 24, tzinfo=UTC).isoformat(),
        "message_lag": 3.5,
        "reminder_lag": 0.0,
        "waiting": 42,
        "possible_doubles": 1,
    }
    found = read(beat)
    assert found["scheduler_alive"] == 1
    assert found["outbox_oldest_due_seconds"] == 3.5
    assert found["outbox_waiting"] == 42
    assert found["outbox_possible_doubles"] == 1


def test_without_a_sign_of_life_that_is_what_is_said() -> None:
    found = read(None)
    assert found["scheduler_alive"] == 0
    assert "outbox_waiting" not in found
