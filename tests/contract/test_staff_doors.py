"""What the staff doors give to whom, once they have let them in."""

from typing import Any

import httpx
import pytest

from tests.support.desk import PICTURE, Desk
from tests.support.office import Desks, file
from tests.support.processes import RunningProcess


@pytest.fixture(scope="module")
def stranger(office: RunningProcess) -> httpx.Client:
    return httpx.Client(base_url=office.url, timeout=15, trust_env=False)


class TestLogin:
    def test_a_wrong_password_and_an_unknown_login_sound_alike(self, stranger: httpx.Client) -> None:
        for login in ("supervisor", "nobody"):
            answer = stranger.post("/api/staff/session", json={"login": login, "password": "wrong"})
            assert (answer.status_code, answer.json()["detail"]) == (401, "账号或密码不对。")

    def test_guessing_is_slowed_down(self, stranger: httpx.Client) -> None:
        answers = [
            stranger.post("/api/staff/session", json={"login": "guessed", "password": str(guess)})
            for guess in range(11)
        ]
        assert [answer.status_code for answer in answers[-2:]] == [401, 429]
        assert int(answers[-1].headers["Retry-After"]) > 0

    def test_binding_gives_a_scene_to_scan(self, desk: Desks) -> None:
        bound = desk("inspector").post("/api/staff/wechat-binding")
        assert bound["scene"].startswith("bind-")
        assert bound["url"]
        assert bound["expires_at"].endswith("+08:00")


class TestWhoseCase:
    def test_managers_see_and_act_on_their_own_only(self, desk: Desks, case: dict[str, Any]) -> None:
        other, number = desk("customer_manager_2"), case["number"]
        assert other._http.get(f"/api/staff/applications/{number}").status_code == 403
        acts: dict[str, dict[str, Any]] = {
            "visits": {"at": "2026-12-01T10:00"},
            "pause": {"reason": "customer_reason", "note": "x"},
            "resume": {},
            "ignition": {"meter_number": "1"},
            "ignition-attempts": {"reason": "other", "note": "x"},
            "cancel": {"reason": "x"},
            "documents": {"document_ids": [1]},
        }
        for path, body in acts.items():
            answer = other._http.post(f"/api/staff/applications/{number}/{path}", json=body)
            assert (path, answer.status_code) == (path, 403)
        assert number not in numbers(other)
        assert number in numbers(desk("customer_manager"))

    def test_agents_and_clerks_read_every_case_and_act_on_none(
        self, desk: Desks, case: dict[str, Any]
    ) -> None:
        for login in ("hotline_agent", "counter_clerk"):
            reader = desk(login)
            shown = reader.get(f"/api/staff/applications/{case['number']}")
            assert (shown["contact_phone"], shown["address"]) == ("13812345678", case["address"])
            answer = reader._http.post(
                f"/api/staff/applications/{case['number']}/visits", json={"at": "2026-12-01T10:00"}
            )
            assert answer.status_code == 403

    def test_a_designer_sees_no_case_of_a_finished_site(self, desk: Desks, case: dict[str, Any]) -> None:
        for login in ("designer", "contractor", "inspector", "site_manager", "duty_officer"):
            assert desk(login)._http.get(f"/api/staff/applications/{case['number']}").status_code == 403
            assert case["number"] not in numbers(desk(login))

    def test_the_supervisor_acts_for_the_department(self, desk: Desks, case: dict[str, Any]) -> None:
        paused = desk("supervisor").post(
            f"/api/staff/applications/{case['number']}/pause", {"reason": "uncontrollable", "note": "停水"}
        )
        assert paused["clock"]["state"] == "paused"

    def test_lists_mask_phones_and_find_by_part(self, desk: Desks, case: dict[str, Any]) -> None:
        agent = desk("hotline_agent")
        for query in (case["number"][:14], case["address"][-10:], "张"):
            items = agent.get("/api/staff/applications", query=query, limit=100)["items"]
            found = next(item for item in items if item["number"] == case["number"])
            assert found["contact_phone"] == "138****5678"
        assert agent.get("/api/staff/applications", query="查无此人")["items"] == []

    def test_a_case_that_does_not_exist_is_not_found(self, desk: Desks) -> None:
        assert desk("supervisor")._http.get("/api/staff/applications/XZ1").status_code == 404


class TestPapers:
    def test_open_to_those_who_may_see_the_case(self, desk: Desks, case: dict[str, Any]) -> None:
        manager = desk("customer_manager")
        photo = manager.upload("/api/staff/documents", "photo")
        other = desk("customer_manager_2")._http
        assert other.get(f"/api/staff/documents/{photo}").status_code == 404
        manager.post(f"/api/staff/applications/{case['number']}/documents", {"document_ids": [photo]})
        assert other.get(f"/api/staff/documents/{photo}").status_code == 403
        opened = manager._http.get(f"/api/staff/documents/{photo}")
        assert opened.content == PICTURE
        assert opened.headers["content-type"] == "image/png"
        assert opened.headers["x-content-type-options"] == "nosniff"
        assert opened.headers["content-disposition"].startswith("inline")

    def test_what_is_no_picture_is_saved_not_shown(self, desk: Desks) -> None:
        manager = desk("customer_manager")
        pdf = manager.upload("/api/staff/documents", "identity", b"%PDF-1.4 <script>alert(1)</script>")
        opened = manager._http.get(f"/api/staff/documents/{pdf}")
        assert opened.headers["content-disposition"].startswith("attachment")

    def test_unknown_kinds_and_contents_are_refused(self, desk: Desks) -> None:
        http = desk("customer_manager")._http
        answers = [
            http.post("/api/staff/documents", data={"kind": kind}, files={"file": ("a.png", content)})
            for kind, content in (("passport", PICTURE), ("photo", b"MZ\x90"))
        ]
        assert [answer.status_code for answer in answers] == [422, 415]


class TestCalls:
    def test_logged_once_and_shown_with_the_case(self, desk: Desks, case: dict[str, Any]) -> None:
        agent = desk("hotline_agent")
        body = {
            "caller_phone": "138 1234 5678",
            "kind": "progress",
            "content": "问什么时候来",
            "application_number": case["number"],
        }
        first = agent.post("/api/staff/calls", body, key=f"call-{case['number']}")
        assert agent.post("/api/staff/calls", body, key=f"call-{case['number']}") == first
        shown = agent.get(f"/api/staff/applications/{case['number']}")
        assert [call["content"] for call in shown["calls"]] == ["问什么时候来"]

    def test_a_promised_call_back_becomes_a_task(self, desk: Desks) -> None:
        agent = desk("hotline_agent")
        body = {
            "caller_phone": "13800001111",
            "kind": "enquiry",
            "content": "想了解套餐",
            "callback_at": "2030-01-01T10:00",
        }
        agent.post("/api/staff/calls", body)
        task = agent.tasks(kind="call_back", due_at="2030-01-01T10:00:00+08:00")[0]
        full = agent.post(f"/api/staff/tasks/{task['id']}/accept")
        assert (full["contact_phone"], full["report"]) == ("13800001111", "想了解套餐")
        done = agent.post(f"/api/staff/tasks/{task['id']}/finish", {"note": "已回电"})
        assert (done["state"], done["outcome"]) == ("done", "已回电")

    @pytest.mark.parametrize(
        ("kind", "content", "warned"),
        [
            ("enquiry", "问报装，说屋里一股煤气味", True),
            ("emergency", "屋里一股煤气味", False),
            ("enquiry", "想装燃气报警器，问多少钱", False),
        ],
    )
    def test_danger_logged_as_something_else_is_pointed_out(
        self, desk: Desks, kind: str, content: str, warned: bool
    ) -> None:
        body = {"caller_phone": "13800003333", "kind": kind, "content": content}
        logged = desk("hotline_agent").post("/api/staff/calls", body)
        assert logged["id"]
        assert bool(logged["warning"]) is warned
        assert ("室外" in (logged["safety"] or "")) is warned

    def test_an_emergency_reaches_the_duty_officer(self, desk: Desks) -> None:
        body = {"caller_phone": "13800002222", "kind": "emergency", "content": "厨房有燃气味"}
        desk("hotline_agent").post("/api/staff/calls", body)
        officer: Desk = desk("duty_officer")
        task = next(
            task for task in officer.tasks(kind="emergency") if task["contact_phone"] == "138****2222"
        )
        full = officer.post(f"/api/staff/tasks/{task['id']}/accept")
        assert (full["contact_phone"], full["report"]) == ("13800002222", "厨房有燃气味")


class TestInbox:
    def test_a_new_case_is_in_it_and_can_be_read(self, desk: Desks) -> None:
        number = file(desk("hotline_agent"), channel="hotline", contact_phone="13812340077")["number"]
        for login in ("customer_manager", "customer_manager_2"):
            manager = desk(login)
            items = manager.get("/api/staff/inbox", limit=50)["items"]
            mine = [item for item in items if number in item["title"] + item["body"]]
            if mine:
                assert not mine[0]["read"]
                assert manager.post(f"/api/staff/inbox/{mine[0]['id']}/read")["read"]
                assert (
                    desk("designer")._http.post(f"/api/staff/inbox/{mine[0]['id']}/read").status_code == 404
                )
                return
        raise AssertionError("nobody was told")


def numbers(desk: Desk) -> set[str]:
    return {item["number"] for item in desk.get("/api/staff/applications", limit=100)["items"]}
