"""What a customer manager does, from the push to the flame, through the staff API."""

from datetime import timedelta
from typing import Any

import pytest

from backend import clock
from tests.support.desk import Desk, Refused
from tests.support.office import Desks, a_home, file


def tomorrow() -> str:
    return (clock.real_now() + timedelta(hours=20)).isoformat()


def visited(manager: Desk, number: str) -> dict[str, Any]:
    visit = manager.post(f"/api/staff/applications/{number}/visits", {"at": tomorrow()})
    checked_in: dict[str, Any] = manager.post(
        f"/api/staff/visits/{visit['id']}/check-in", {"latitude": 34.4, "longitude": 113.7}
    )
    return checked_in


class TestTheTask:
    def test_a_case_opens_a_task_with_customer_address_and_deadline(
        self, desk: Desks, case: dict[str, Any]
    ) -> None:
        (task,) = desk("customer_manager").tasks(kind="visit", application_number=case["number"])
        assert (task["customer"], task["address"], task["state"]) == ("张三", case["address"], "open")
        assert task["due_at"].endswith("+08:00")
        assert task["contact_phone"] == "138****5678"

    def test_taken_on_it_stays_on_the_open_desk_and_shows_the_phone(
        self, desk: Desks, case: dict[str, Any]
    ) -> None:
        manager = desk("customer_manager")
        (task,) = manager.tasks(kind="visit", application_number=case["number"])
        for _ in range(2):
            accepted = manager.post(f"/api/staff/tasks/{task['id']}/accept")
            assert (accepted["state"], accepted["contact_phone"]) == ("accepted", "13812345678")
        assert manager.tasks(id=task["id"])
        assert not manager.tasks(state="done", id=task["id"])

    def test_pages_follow_each_other_without_gap_or_double(self, desk: Desks) -> None:
        agent = desk("hotline_agent")
        for floor in range(3):
            file(agent, channel="hotline", contact_phone=f"1381234000{floor}")
        manager = desk("customer_manager")
        whole = [task["id"] for task in manager.tasks()]
        seen: list[int] = []
        cursor = None
        while cursor is not None or not seen:
            query = {"limit": 2, "cursor": cursor} if cursor else {"limit": 2}
            page = manager.get("/api/staff/tasks", **query)
            seen += [task["id"] for task in page["items"]]
            cursor = page["next"]
        assert seen == whole

    def test_a_supervisor_sees_the_departments_tasks(self, desk: Desks, case: dict[str, Any]) -> None:
        assert desk("supervisor").tasks(application_number=case["number"])
        assert not desk("customer_manager_2").tasks(application_number=case["number"])


class TestTheVisit:
    def test_booked_moved_checked_in(self, desk: Desks, case: dict[str, Any]) -> None:
        manager, number = desk("customer_manager"), case["number"]
        first = manager.post(f"/api/staff/applications/{number}/visits", {"at": tomorrow()})
        again = manager.post(f"/api/staff/applications/{number}/visits", {"at": tomorrow()})
        assert (first["id"], first["state"]) == (again["id"], "booked")
        done = manager.post(f"/api/staff/visits/{first['id']}/check-in")
        assert done["state"] == "done"
        assert manager.get(f"/api/staff/applications/{number}")["stage"] == "visited"
        assert manager.tasks(kind="ignition", application_number=number)

    def test_nobody_at_home(self, desk: Desks, case: dict[str, Any]) -> None:
        manager, number = desk("customer_manager"), case["number"]
        visit = manager.post(f"/api/staff/applications/{number}/visits", {"at": tomorrow()})
        assert (
            manager.post(f"/api/staff/visits/{visit['id']}/no-show", {"note": "敲门没人"})["state"]
            == "no_show"
        )
        assert manager.get(f"/api/staff/applications/{number}")["stage"] == "accepted"

    def test_a_time_that_has_passed_is_refused(self, desk: Desks, case: dict[str, Any]) -> None:
        with pytest.raises(Refused) as refused:
            desk("customer_manager").post(
                f"/api/staff/applications/{case['number']}/visits", {"at": "2020-01-01T10:00"}
            )
        assert refused.value.problem["errors"][0]["field"] == "at"


class TestTheFlame:
    def test_waits_for_a_visit_and_the_essential_paper(self, desk: Desks, case: dict[str, Any]) -> None:
        manager, number = desk("customer_manager"), case["number"]
        door = f"/api/staff/applications/{number}/ignition"
        with pytest.raises(Refused) as refused:
            manager.post(door, {"meter_number": "M-1"})
        assert (refused.value.status, refused.value.problem["code"]) == (409, "not_allowed")
        visited(manager, number)
        with pytest.raises(Refused) as refused:
            manager.post(door, {"meter_number": "M-1"})
        assert refused.value.problem["code"] == "missing_essential_document"
        assert "身份证" in refused.value.problem["detail"]
        paper = manager.upload("/api/staff/documents", "identity")
        lit = manager.post(door, {"meter_number": "M-1", "document_ids": [paper]})
        assert (lit["stage"], lit["clock"]["state"], lit["meter_number"]) == ("ignited", "met", "M-1")

    def test_an_attempt_that_failed_is_told_with_its_reason(self, desk: Desks, case: dict[str, Any]) -> None:
        manager, number = desk("customer_manager"), case["number"]
        visited(manager, number)
        told = manager.post(
            f"/api/staff/applications/{number}/ignition-attempts",
            {"reason": "leak_test_failed", "note": "接头漏气"},
        )
        assert told["timeline"][-1]["detail"] == "检漏没有通过"
        assert told["clock"]["state"] == "running"

    def test_the_clock_stands_still_and_runs_again(self, desk: Desks, case: dict[str, Any]) -> None:
        manager, door = desk("customer_manager"), f"/api/staff/applications/{case['number']}"
        paused = manager.post(f"{door}/pause", {"reason": "customer_reason", "note": "装修未完"})
        assert (paused["clock"]["state"], paused["clock"]["due_at"]) == ("paused", None)
        assert paused["pauses"][0]["by"]["name"] == "王建国"
        with pytest.raises(Refused) as refused:
            manager.post(f"{door}/pause", {"reason": "customer_reason", "note": "再停"})
        assert refused.value.status == 409
        assert manager.post(f"{door}/resume")["clock"]["state"] == "running"


class TestFiling:
    def test_twice_with_one_key_is_one_application(self, desk: Desks) -> None:
        manager = desk("customer_manager")
        body = {
            "customer_kind": "resident",
            "contact_name": "李四",
            "contact_phone": "13812345679",
            "address": a_home(),
            "channel": "manager_visit",
            "street_canvass": True,
            "on_behalf_consent": True,
        }
        first = manager.post("/api/staff/applications", body, key="canvass")
        again = manager.post("/api/staff/applications", body, key="canvass")
        assert first == again
        assert (first["manager"]["name"], first["filed_by"]["name"]) == ("王建国", "王建国")

    def test_a_canvass_needs_the_customers_consent(self, desk: Desks) -> None:
        with pytest.raises(Refused) as refused:
            file(desk("customer_manager"), street_canvass=True)
        assert refused.value.problem["errors"][0]["field"] == "on_behalf_consent"

    def test_each_role_has_its_channels(self, desk: Desks) -> None:
        for login, channel in (("customer_manager", "hotline"), ("hotline_agent", "outlet")):
            with pytest.raises(Refused) as refused:
                file(desk(login), channel=channel)
            assert refused.value.status == 403

    def test_a_counter_refuses_without_the_essential_paper_and_defers_the_rest(self, desk: Desks) -> None:
        clerk = desk("counter_clerk")
        with pytest.raises(Refused) as refused:
            file(clerk, channel="outlet")
        assert refused.value.problem["code"] == "missing_essential_document"
        assert "身份证" in refused.value.problem["detail"]
        paper = clerk.upload("/api/staff/documents", "identity")
        filed = file(clerk, channel="outlet", document_ids=[paper])
        assert [paper["key"] for paper in filed["missing_documents"]] == ["title_or_lease"]
        assert desk(_manager_login(filed)).tasks(kind="collect_documents", application_number=filed["number"])


def _manager_login(case: dict[str, Any]) -> str:
    return {"王建国": "customer_manager", "李秀英": "customer_manager_2"}[case["manager"]["name"]]
