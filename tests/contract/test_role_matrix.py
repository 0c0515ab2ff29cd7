"""Every route for every kind of caller: who is let in is exactly whom `config/roles.toml` names."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sanic_routing import Route

from config.roles import EVERYONE, roles
from tests.support import audiences
from tests.support.desk import DEMO_PASSWORD, Desk
from tests.support.knocking import Place, ask, bearer, expired, strangers
from tests.support.office import Desks, file
from tests.support.phone import Phone
from tests.support.processes import RunningProcess

ROUTES = audiences.routes()
STAFF_DOORS = {
    name: audiences.DOORS.get(name, name.partition(".")[2])
    for name in ROUTES
    if name.startswith("staff_") and name not in audiences.ANYBODY
}
CUSTOMERS = [name for name in ROUTES if name.startswith("mini_program_") and name not in audiences.ANYBODY]
PAGES = {**dict.fromkeys(audiences.LOGGED_IN, ""), **audiences.PAGES}
_WITHIN_REACH = {"all", "own", "department"}
_KEPT_LOGIN = "log_out"
"""Asked by nobody: it would end the login the others are asked with."""


@pytest.fixture(scope="module")
def nowhere() -> Place:
    """What no door knows."""
    return Place(number="XZ209901010001", project_id=999999, document_id=999999)


@pytest.fixture(scope="module")
def place(desk: Desks) -> Place:
    manager = desk("customer_manager")
    photo = manager.upload("/api/staff/documents", "identity")
    filed = file(manager, document_ids=[photo])
    projects = manager.get("/api/staff/projects", query="龙湖锦园")["items"]
    return Place(number=filed["number"], project_id=projects[0]["id"], document_id=photo)


Browse = Callable[[str], tuple[httpx.Client, str]]


@pytest.fixture(scope="module")
def browse(office: RunningProcess) -> Iterator[Browse]:
    """A role's browser, logged in, and the token its forms carry."""
    made: dict[str, tuple[httpx.Client, str]] = {}

    def of(login: str) -> tuple[httpx.Client, str]:
        if login in made:
            return made[login]
        http = httpx.Client(base_url=office.url, timeout=15, trust_env=False)
        http.post("/m/login", data={"login": login, "password": DEMO_PASSWORD})
        shown = http.get("/m/tasks").text
        token = re.search(r'name="form_token" value="([^"]+)"', shown)
        assert token, f"{login} is not logged in"
        made[login] = http, token[1]
        return made[login]

    yield of
    for http, _ in made.values():
        http.close()


def test_every_route_has_a_row() -> None:
    """A new route without one would be open or shut by chance."""
    known = {
        *audiences.ANYBODY,
        *audiences.SIGNED,
        *audiences.DEVELOPMENT,
        *(name for name, door in STAFF_DOORS.items() if door in roles().doors),
        *CUSTOMERS,
        *PAGES,
    }
    assert sorted(set(ROUTES) - known) == []
    gone = {*audiences.ANYBODY, *audiences.SIGNED, *audiences.DEVELOPMENT, *audiences.DOORS, *PAGES}
    assert sorted(gone - set(ROUTES)) == []
    assert {door for door in PAGES.values() if door} <= set(roles().doors)


class TestStaffDoors:
    @pytest.mark.parametrize("login", EVERYONE)
    def test_admit_their_roles_and_refuse_the_others(self, desk: Desks, nowhere: Place, login: str) -> None:
        http = desk(login)._http
        refused = {name for name in STAFF_DOORS if ask(http, ROUTES[name], nowhere.path(ROUTES[name])) == 403}
        assert refused == {name for name, door in STAFF_DOORS.items() if login not in roles().of(door)}

    @pytest.mark.parametrize("shown", strangers())
    def test_refuse_whoever_shows_no_staff_login(
        self, office: RunningProcess, nowhere: Place, shown: str
    ) -> None:
        headers = bearer(strangers()[shown])
        with httpx.Client(base_url=office.url, headers=headers, timeout=15, trust_env=False) as http:
            answers = {name: ask(http, ROUTES[name], nowhere.path(ROUTES[name])) for name in STAFF_DOORS}
        assert answers == dict.fromkeys(STAFF_DOORS, 401)


class TestCustomersDoors:
    def test_admit_a_customer(
        self, office: RunningProcess, simulator_process: RunningProcess, nowhere: Place
    ) -> None:
        customer = Phone(simulator_process.url, office.url).open_mini_program()
        answers = {name: ask(customer._http, ROUTES[name], nowhere.path(ROUTES[name])) for name in CUSTOMERS}
        assert {name: status for name, status in answers.items() if status in {401, 403}} == {}

    def test_refuse_staff_and_strangers(self, office: RunningProcess, desk: Desks, nowhere: Place) -> None:
        staff = desk("customer_manager")._http.headers["Authorization"].removeprefix("Bearer ")
        for token in (staff, "", "nonsense", expired("customer")):
            headers = bearer(token)
            with httpx.Client(base_url=office.url, headers=headers, timeout=15, trust_env=False) as http:
                answers = {name: ask(http, ROUTES[name], nowhere.path(ROUTES[name])) for name in CUSTOMERS}
            assert answers == dict.fromkeys(CUSTOMERS, 401)

    def test_a_customer_reaches_nobody_else_s_case(
        self, office: RunningProcess, simulator_process: RunningProcess, place: Place
    ) -> None:
        customer = Phone(simulator_process.url, office.url).open_mini_program()
        about_it = [name for name in CUSTOMERS if "<number" in ROUTES[name].path]
        bodies: dict[str, Any] = {
            "mini_program_applications.cancel": {"reason": "不要了"},
            "mini_program_documents.attach": {"document_ids": [1]},
            "mini_program_applications.rate": {"score": 5},
            "mini_program_appointments.reschedule": {"visit_id": 1, "at": "2030-01-01T10:00"},
        }
        for name in about_it:
            [method] = ROUTES[name].methods
            body = None if method == "GET" else bodies.get(name, {})
            answer = customer._http.request(method, place.path(ROUTES[name]), json=body)
            assert (name, answer.status_code) == (name, 404)


class TestPages:
    @pytest.mark.parametrize("login", EVERYONE)
    def test_admit_their_roles_and_refuse_the_others(self, browse: Browse, place: Place, login: str) -> None:
        http, token = browse(login)
        asked = {name: ROUTES[name] for name in PAGES if not name.endswith(_KEPT_LOGIN)}
        refused = {name for name, route in asked.items() if ask(http, route, place.path(route), token) == 403}
        assert refused == {name for name, route in asked.items() if not admitted(login, PAGES[name], route)}

    @pytest.mark.parametrize("shown", strangers())
    def test_send_strangers_to_the_login(self, office: RunningProcess, place: Place, shown: str) -> None:
        cookies = {"staff": strangers()[shown]}
        with httpx.Client(base_url=office.url, cookies=cookies, timeout=15, trust_env=False) as http:
            for name in PAGES:
                route = ROUTES[name]
                status = ask(http, route, place.path(route))
                assert (name, status) == (name, 302 if route.methods == {"GET"} else 401)

    def test_a_form_of_another_login_does_nothing(self, browse: Browse, place: Place) -> None:
        http, _ = browse("customer_manager")
        _, foreign = browse("supervisor")
        for name in PAGES:
            route = ROUTES[name]
            if "POST" in route.methods:
                assert (name, ask(http, route, place.path(route), foreign)) == (name, 403)


def admitted(login: str, door: str, route: Route) -> bool:
    """Whether the role has the door, and, where the page is about the manager's case, whether it lies within reach."""
    if not door:
        return True
    if login not in roles().of(door):
        return False
    about_the_case = any(place in route.path for place in ("<number", "<project_id", "<document_id"))
    return not about_the_case or roles().reach[login] in _WITHIN_REACH


class TestReach:
    """The same door, and another's case."""

    def test_own(self, desk: Desks, place: Place) -> None:
        assert status(desk("customer_manager"), place) == 200
        assert status(desk("customer_manager_2"), place) == 403

    def test_department(self, office: RunningProcess, desk: Desks, place: Place) -> None:
        assert status(desk("supervisor"), place) == 200
        boss, login = desk("administrator"), f"chief-{uuid4().hex[:6]}"
        account = {"login": login, "password": DEMO_PASSWORD, "name": "别的主管", "phone": "13900003333"}
        hired = boss.post(
            "/api/staff/members", {**account, "department": "customer_service", "roles": ["supervisor"]}
        )
        try:
            assert status(Desk.of_staff(office.url, login), place) == 403
        finally:
            boss.post(f"/api/staff/members/{hired['id']}/deactivate")

    def test_site_and_task_reach_nothing_of_a_finished_site(self, desk: Desks, place: Place) -> None:
        for login in ("designer", "contractor", "inspector", "site_manager", "duty_officer"):
            assert (login, status(desk(login), place)) == (login, 403)

    def test_a_form_of_a_page_asks_its_own_door(self, browse: Browse, desk: Desks, place: Place) -> None:
        """An agent sees every case, and ignites none."""
        http, token = browse("hotline_agent")
        form = {"form_token": token, "once": uuid4().hex, "meter_number": "M-1", "reason": "x", "note": "x"}
        for name in ("ignite", "pause"):
            sent = {**form, "reason": "customer_reason"} if name == "pause" else form
            answer = http.post(f"/m/applications/{place.number}/{name}", data=sent)
            assert "您没有这项权限" in answer.text
        seen = desk("supervisor").get(f"/api/staff/applications/{place.number}")
        assert (seen["stage"], seen["clock"]["state"]) == ("accepted", "running")

    def test_none(self, desk: Desks, place: Place) -> None:
        assert status(desk("administrator"), place) == 403


def status(desk: Desk, place: Place) -> int:
    return desk._http.get(f"/api/staff/applications/{place.number}").status_code
