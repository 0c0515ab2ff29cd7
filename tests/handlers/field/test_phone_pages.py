"""The phone pages without a browser: who gets in, what a double tap does, what comes back when something is wrong."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from backend import clock
from backend.gateways import links
from config.settings import Settings
from tests.support.desk import DEMO_PASSWORD, PICTURE
from tests.support.office import Consoles, Desks, file
from tests.support.phone import Phone
from tests.support.processes import RunningProcess

OpenPhone = Callable[[str], httpx.Client]


def hidden(page: str, name: str) -> str:
    """A hidden field of the first form that has it."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} in {page}"
    return found[1]


@pytest.fixture
def open_phone(open_console: Consoles) -> OpenPhone:
    """A member of staff's phone; one login opens desk and phone."""
    return open_console


def visit_task(desk: Desks, number: str) -> int:
    return int(desk("customer_manager").tasks(kind="visit", application_number=number)[0]["id"])


def tomorrow() -> str:
    return (clock.real_now() + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M")


class TestGettingIn:
    def test_a_link_leads_through_the_login_and_on(self, office: RunningProcess) -> None:
        with httpx.Client(base_url=office.url, timeout=15, trust_env=False) as phone:
            sent = phone.get("/m/tasks/1")
            assert sent.headers["location"] == "/m/login?next=%2Fm%2Ftasks%2F1"
            form = {"login": "inspector", "password": DEMO_PASSWORD, "next": "/m/tasks/1"}
            entered = phone.post("/m/login", data=form)
            assert (entered.status_code, entered.headers["location"]) == (303, "/m/tasks/1")
            cookie = entered.headers["set-cookie"].lower()
            assert "httponly" in cookie
            assert "samesite=lax" in cookie

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/m/", "//evil.example", "/m/\\evil", "/api/"])
    def test_nobody_is_led_out_of_the_house(self, office: RunningProcess, elsewhere: str) -> None:
        form = {"login": "inspector", "password": DEMO_PASSWORD, "next": elsewhere}
        entered = httpx.post(f"{office.url}/m/login", data=form, trust_env=False)
        assert entered.headers["location"] == "/m/tasks"

    def test_a_wrong_password_keeps_the_login(self, office: RunningProcess) -> None:
        page = httpx.post(
            f"{office.url}/m/login", data={"login": "designer", "password": "no"}, trust_env=False
        )
        assert page.status_code == 401
        assert "账号或密码不对" in page.text
        assert 'value="designer"' in page.text

    def test_wechat_knows_who_is_bound(
        self, office: RunningProcess, desk: Desks, simulator_process: RunningProcess
    ) -> None:
        person = Phone(simulator_process.url, office.url, key="contractor")
        code = person._platform.post("/sim/users/contractor/oauth-code", json={}).json()["code"]
        with httpx.Client(base_url=office.url, timeout=15, trust_env=False) as phone:
            away = httpx.URL(phone.get("/m/login/wechat?next=/m/inbox").headers["location"])
            assert away.path == "/connect/oauth2/authorize"
            back = {"code": code, "state": away.params["state"]}
            assert "还没有绑定" in phone.get("/m/login/back", params=back).text
            used = phone.get("/m/login/back", params=back)
            assert "微信登录没有成功" in used.text
            forged = phone.get("/m/login/back", params={**back, "state": "forged"})
            assert "微信登录没有成功" in forged.text


def messages_on(inbox: str) -> list[str]:
    """Where each message of the page is opened, the newest first."""
    return re.findall(r'action="(/m/inbox/\d+/open)"', inbox)


class TestTheDesk:
    def test_tasks_show_who_where_and_how_long(
        self, desk: Desks, case: dict[str, Any], open_phone: OpenPhone
    ) -> None:
        page = open_phone("customer_manager").get("/m/tasks").text
        assert case["address"] in page
        assert "还剩" in page
        assert f"tel:{case['contact_phone']}" in page
        overseen = open_phone("supervisor").get("/m/tasks").text
        assert case["address"] in overseen
        assert f"tel:{case['contact_phone']}" not in overseen

    def test_a_double_tap_does_not_double(
        self, desk: Desks, case: dict[str, Any], open_phone: OpenPhone
    ) -> None:
        phone, task = open_phone("customer_manager"), visit_task(desk, case["number"])
        desk("customer_manager").post(f"/api/staff/tasks/{task}/accept")
        page = phone.get(f"/m/tasks/{task}").text
        form = {
            "form_token": hidden(page, "form_token"),
            "once": hidden(page, "once"),
            "task_id": str(task),
            "at": tomorrow(),
        }
        for _ in range(2):
            booked = phone.post(f"/m/applications/{case['number']}/book", data=form)
            assert "到场签到" in booked.text
        events = desk("customer_manager").get(f"/api/staff/applications/{case['number']}")["history"]
        assert [event["event"] for event in events].count("visit_booked") == 1
        assert "visit_moved" not in [event["event"] for event in events]

    def test_what_was_typed_is_still_there_when_refused(
        self, desk: Desks, case: dict[str, Any], open_phone: OpenPhone
    ) -> None:
        phone, number = open_phone("customer_manager"), case["number"]
        page = phone.get(f"/m/applications/{number}").text
        form = {"form_token": hidden(page, "form_token"), "once": hidden(page, "once")}
        late = phone.post(f"/m/applications/{number}/book", data={**form, "at": "2020-01-01T10:00"})
        assert late.status_code == 422
        assert "上门时间不能早于现在" in late.text
        assert 'value="2020-01-01T10:00"' in late.text
        early = phone.post(f"/m/applications/{number}/ignite", data={**form, "meter_number": "M-7"})
        assert "现在这一步还不能办" in early.text
        assert 'value="M-7"' in early.text

    def test_other_sites_cannot_send_our_forms(
        self, desk: Desks, case: dict[str, Any], open_phone: OpenPhone
    ) -> None:
        phone = open_phone("customer_manager")
        refused = phone.post(f"/m/applications/{case['number']}/book", data={"at": tomorrow(), "once": "x"})
        assert refused.status_code == 403
        assert "页面已过期" in refused.text
        assert desk("customer_manager").get(f"/api/staff/applications/{case['number']}")["visits"] == []

    def test_photos_are_taken_in_and_shown_to_their_people_only(
        self, case: dict[str, Any], open_phone: OpenPhone
    ) -> None:
        phone = open_phone("customer_manager")
        token = hidden(phone.get(f"/m/applications/{case['number']}").text, "form_token")

        def take(content: bytes) -> httpx.Response:
            return phone.post(
                "/m/photos",
                data={"kind": "photo", "once": "a1"},
                files={"file": ("a.png", content)},
                headers={"X-Form-Token": token},
            )

        document = take(PICTURE).json()["id"]
        assert take(PICTURE).json()["id"] == document, "sent again, it is still one photo"
        assert phone.get(f"/m/documents/{document}").content == PICTURE
        assert open_phone("customer_manager_2").get(f"/m/documents/{document}").status_code == 404
        unheard_of = phone.post(
            "/m/photos",
            data={"kind": "photo", "once": "a2"},
            files={"file": ("a.png", b"no picture")},
            headers={"X-Form-Token": token},
        )
        assert (unheard_of.status_code, unheard_of.json()["code"]) == (415, "unsupported_type")

    def test_somebody_elses_case_is_refused_in_words(
        self, case: dict[str, Any], open_phone: OpenPhone
    ) -> None:
        page = open_phone("customer_manager_2").get(f"/m/applications/{case['number']}")
        assert page.status_code == 403
        assert "您没有这项权限" in page.text

    def test_readers_see_no_forms(self, case: dict[str, Any], open_phone: OpenPhone) -> None:
        page = open_phone("hotline_agent").get(f"/m/applications/{case['number']}").text
        assert "您可以查看" in page
        assert f"/m/applications/{case['number']}/" not in page

    @pytest.mark.parametrize("place", ["tasks/99999999999999999999", "tasks/0", "applications/%00", "x"])
    def test_odd_places_are_not_found(self, open_phone: OpenPhone, place: str) -> None:
        assert open_phone("customer_manager").get(f"/m/{place}").status_code == 404

    def test_an_emergency_is_taken_and_ended(self, desk: Desks, open_phone: OpenPhone) -> None:
        report = {"caller_phone": "13800003344", "kind": "emergency", "content": "楼道漏气<b>"}
        desk("hotline_agent").post("/api/staff/calls", report)
        task = next(
            t for t in desk("duty_officer").tasks(kind="emergency") if t["contact_phone"] == "138****3344"
        )
        phone, path = open_phone("duty_officer"), f"/m/tasks/{task['id']}"
        page = phone.get(path).text
        assert "楼道漏气&lt;b&gt;" in page
        assert "tel:13800003344" in page
        taken = phone.post(f"{path}/accept", data={"form_token": hidden(page, "form_token")}).text
        form = {"form_token": hidden(taken, "form_token"), "once": hidden(taken, "once"), "note": "已关阀"}
        assert "已关阀" in phone.post(f"{path}/finish", data=form).text

    def test_every_message_opens_what_it_is_about(self, desk: Desks, open_phone: OpenPhone) -> None:
        phone = open_phone("customer_manager")
        earlier = messages_on(phone.get("/m/inbox").text)  # some are about a colleague's cases by now
        number = file(desk("customer_manager"))["number"]
        desk("hotline_agent").post(
            "/api/staff/calls",
            {"caller_phone": "13812345678", "kind": "urge", "content": "快点", "application_number": number},
        )
        page = phone.get("/m/inbox").text
        messages = [path for path in messages_on(page) if path not in earlier]
        opened = [phone.post(path, data={"form_token": hidden(page, "form_token")}) for path in messages]
        assert {answer.status_code for answer in opened} == {200}
        assert number in opened[0].text


class TestTheCustomersPage:
    def test_opens_by_the_signed_link_alone(self, office: RunningProcess, case: dict[str, Any]) -> None:
        path = links.progress_path(case["number"], Settings().secret_key)
        page = httpx.get(office.url + path, trust_env=False)
        assert page.status_code == 200
        for shown in (case["number"], "王建国", "tel:13903710001", "身份证", "报装已受理", "还剩"):
            assert shown in page.text
        assert case["contact_phone"] not in page.text

    def test_without_the_signature_nothing_is_told(
        self, office: RunningProcess, desk: Desks, case: dict[str, Any]
    ) -> None:
        other = links.sign_progress(file(desk("customer_manager"))["number"], Settings().secret_key)
        for query in ("", "?t=", f"?t={other}", "?t=测试"):
            page = httpx.get(f"{office.url}/m/progress/{case['number']}{query}", trust_env=False)
            assert page.status_code == 404
            assert case["address"] not in page.text
