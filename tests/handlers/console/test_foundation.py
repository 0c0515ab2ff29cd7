"""The desktop pages without a browser: who gets in, what one login opens, what a stranger's form may not do."""

import gzip
import re
from typing import Any

import httpx
import pytest

from tests.support.desk import DEMO_PASSWORD
from tests.support.office import Consoles
from tests.support.processes import RunningProcess


def form_token(console: httpx.Client) -> str:
    found = re.search(r'data-form-token="([^"]+)"', console.get("/console/").text)
    assert found
    return found[1]


class TestGettingIn:
    def test_a_link_leads_through_the_login_and_on(self, office: RunningProcess) -> None:
        with httpx.Client(base_url=office.url, timeout=15, trust_env=False) as browser:
            sent = browser.get("/console/tasks?state=done")
            assert sent.headers["location"] == "/console/login?next=%2Fconsole%2Ftasks%3Fstate%3Ddone"
            form = {"login": "inspector", "password": DEMO_PASSWORD, "next": "/console/tasks?state=done"}
            entered = browser.post("/console/login", data=form)
            assert (entered.status_code, entered.headers["location"]) == (303, "/console/tasks?state=done")
            cookie = entered.headers["set-cookie"]
            assert {"Path=/;", "HttpOnly;", "SameSite=Lax;"} <= {f"{part};" for part in cookie.split("; ")}

    @pytest.mark.parametrize(
        "after", ["https://evil.test/", "//evil.test", "/console/../m", "/console/logout"]
    )
    def test_nobody_is_led_away(self, office: RunningProcess, after: str) -> None:
        form = {"login": "inspector", "password": DEMO_PASSWORD, "next": after}
        entered = httpx.post(f"{office.url}/console/login", data=form, trust_env=False)
        assert "evil" not in entered.headers["location"]
        assert "logout" not in entered.headers["location"]

    def test_a_wrong_password_is_told_and_the_login_kept(self, office: RunningProcess) -> None:
        refused = httpx.post(
            f"{office.url}/console/login", data={"login": "inspector", "password": "no"}, trust_env=False
        )
        assert refused.status_code == 401
        assert "账号或密码不对" in refused.text
        assert 'value="inspector"' in refused.text

    def test_an_ended_session_sends_the_whole_page_to_the_login(self, office: RunningProcess) -> None:
        asked = {"HX-Request": "true", "HX-Current-URL": f"{office.url}/console/tasks?state=open"}
        ended = httpx.get(f"{office.url}/console/badges", headers=asked, trust_env=False)
        assert ended.headers["hx-redirect"] == "/console/login?next=%2Fconsole%2Ftasks%3Fstate%3Dopen"

    def test_logging_out_ends_it_here_and_on_the_phone_pages(self, open_console: Consoles) -> None:
        console = open_console("inspector")
        assert console.get("/m/tasks").url.path == "/m/tasks"
        said = console.post("/console/logout", data={"form_token": form_token(console)})
        assert "已退出登录" in said.text
        assert console.get("/console/").url.path == "/console/login"
        assert console.get("/m/tasks").url.path == "/m/login"


class TestOneLogin:
    def test_it_opens_the_staff_api(self, open_console: Consoles) -> None:
        console = open_console("customer_manager")
        assert console.get("/api/staff/tasks").status_code == 200

    def test_another_site_cannot_act_with_it(self, open_console: Consoles, case: dict[str, Any]) -> None:
        console, path = open_console("customer_manager"), f"/api/staff/applications/{case['number']}/pause"
        body = {"reason": "uncontrollable", "note": "停水停电"}
        refused = console.post(path, json=body)
        assert (refused.status_code, refused.json()["detail"]) == (403, "页面已过期，请刷新后再提交。")
        assert console.post(path, json=body, headers={"X-Form-Token": "x" * 32}).status_code == 403
        done = console.post(path, json=body, headers={"X-Form-Token": form_token(console)})
        assert done.json()["clock"]["state"] == "paused"

    def test_a_wrong_token_is_not_saved_by_the_cookie(self, open_console: Consoles) -> None:
        console = open_console("customer_manager")
        refused = console.get("/api/staff/tasks", headers={"Authorization": "Bearer nonsense"})
        assert refused.status_code == 401


class TestPages:
    def test_everybody_sees_the_desks_their_roles_open(self, open_console: Consoles) -> None:
        assert 'href="/console/applications"' in open_console("supervisor").get("/console/").text
        assert 'href="/console/applications"' not in open_console("administrator").get("/console/").text

    def test_a_page_for_others_says_so(self, open_console: Consoles, case: dict[str, Any]) -> None:
        refused = open_console("administrator").get(f"/console/applications/{case['number']}")
        assert refused.status_code == 403
        assert "没有权限" in refused.text

    def test_what_is_not_there_says_so(self, open_console: Consoles) -> None:
        missing = open_console("supervisor").get("/console/applications/XZ209901010001")
        assert missing.status_code == 404
        assert "没有找到" in missing.text

    def test_the_list_finds_by_name_and_stage(self, open_console: Consoles, case: dict[str, Any]) -> None:
        console = open_console("hotline_agent")
        ask = {"query": case["number"], "stage": "accepted", "late": ""}
        assert case["number"] in console.get("/console/applications", params=ask).text
        assert "没有找到" in console.get("/console/applications", params={**ask, "stage": "ignited"}).text

    def test_an_unchanged_piece_is_not_sent_twice(self, open_console: Consoles) -> None:
        console = open_console("inspector")
        first = console.get("/console/badges")
        again = console.get("/console/badges", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


class TestAssets:
    def test_they_are_packed_and_kept_for_ever(self, office: RunningProcess) -> None:
        page = httpx.get(f"{office.url}/console/login", trust_env=False).text
        names = re.findall(r'"(/static/[^"]+)"', page)
        answers = [httpx.get(office.url + name, trust_env=False) for name in names]
        assert {answer.headers["content-encoding"] for answer in answers} == {"gzip"}
        assert all("immutable" in answer.headers["cache-control"] for answer in answers)
        assert sum(len(gzip.compress(answer.content)) for answer in answers) < 200_000

    def test_an_older_address_serves_but_is_not_kept(self, office: RunningProcess) -> None:
        old = httpx.get(f"{office.url}/static/000000000000/console.css", trust_env=False)
        assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")
        assert httpx.get(f"{office.url}/static/0/settings.py", trust_env=False).status_code == 404
