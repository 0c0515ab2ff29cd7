"""What a customer may do with a case, and nobody else."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.handlers.mini_program.conftest import NewCustomer
from tests.support.desk import Desk
from tests.support.mini_program import MiniProgram, refusal

ACTS: dict[str, dict[str, Any]] = {
    "urge": {},
    "cancel": {"reason": "不装了"},
    "reschedule": {"visit_id": 1, "at": "2027-01-01T10:00"},
    "rating": {"score": 5},
    "documents": {"document_ids": [1]},
}


def _now(mine: MiniProgram) -> datetime:
    return datetime.fromisoformat(mine.http.get("/api/dev/clock").json()["now"])


@pytest.mark.parametrize("name", ACTS)
def test_another_persons_case_is_not_there(mine: MiniProgram, new_customer: NewCustomer, name: str) -> None:
    number = mine.filed()["number"]

    answer = new_customer().act(number, name, **ACTS[name])

    assert refusal(answer) == (404, "not_found")


def test_another_persons_case_is_not_shown(mine: MiniProgram, new_customer: NewCustomer) -> None:
    number = mine.filed()["number"]

    assert refusal(new_customer().http.get(f"/api/mp/applications/{number}")) == (404, "not_found")


def test_a_cancelled_case_stays_cancelled(mine: MiniProgram) -> None:
    number = mine.filed()["number"]

    cancelled = mine.act(number, "cancel", reason="先不装了").json()

    assert cancelled["stage"] == "cancelled"
    assert {clock["state"] for clock in cancelled["clocks"]} == {"cancelled"}
    for name in ("urge", "cancel", "rating"):
        assert refusal(mine.act(number, name, **ACTS[name])) == (409, "not_allowed")


def test_danger_among_the_reasons_is_an_alarm(mine: MiniProgram) -> None:
    number = mine.filed()["number"]

    answer = mine.act(number, "cancel", reason="先不装了，厨房现在有很浓的煤气味").json()

    assert "4000678099" in answer["safety"]
    officer = Desk.of_staff(str(mine.http.base_url), "duty_officer")
    tasks = officer.get("/api/staff/tasks?state=open")["items"]
    assert any(task["kind"] == "emergency" and task["application_number"] == number for task in tasks)


def test_ordinary_reasons_are_none(mine: MiniProgram) -> None:
    number = mine.filed()["number"]

    assert mine.act(number, "cancel", reason="等得我火大，不装了").json()["safety"] is None


def test_an_urge_is_on_the_timeline(mine: MiniProgram) -> None:
    number = mine.filed()["number"]

    urged = mine.http.post(f"/api/mp/applications/{number}/urge")  # without any body

    assert urged.json()["timeline"][-1]["title"] == "已催办"


def test_a_booked_visit_can_be_moved_by_its_customer(mine: MiniProgram) -> None:
    number = mine.filed()["number"]
    manager = Desk.of_staff(str(mine.http.base_url), "customer_manager")
    manager.post(
        f"/api/staff/applications/{number}/visits", {"at": (_now(mine) + timedelta(hours=3)).isoformat()}
    )
    visit = mine.look(number)["visits"][0]
    later = (_now(mine) + timedelta(hours=5)).replace(microsecond=0)

    moved = mine.act(number, "reschedule", visit_id=visit["id"], at=later.isoformat()).json()

    assert datetime.fromisoformat(moved["visits"][0]["at"]) == later
    assert moved["stage"] == "visit_booked"


def test_subscriptions_are_taken_as_the_platform_gives_them(mine: MiniProgram) -> None:
    templates = mine.http.get("/api/mp/catalogue").json()["subscribe_template_ids"]
    results = {templates[0]: "accept", "errMsg": "requestSubscribeMessage:ok", "TM-OTHER": "reject"}

    answer = mine.http.post("/api/mp/subscriptions", json={"results": results})

    assert answer.json() == {"results": {templates[0]: "accept"}}
    wrong = mine.http.post("/api/mp/subscriptions", json={"results": {templates[0]: "perhaps"}})
    assert refusal(wrong) == (422, "invalid_request")
