"""Logging in and proving a phone."""

from uuid import uuid4

from backend.handlers import tokens
from backend.handlers.tokens import Holder
from config.settings import Settings
from tests.handlers.mini_program.conftest import NewCustomer
from tests.support.desk import Desk
from tests.support.mini_program import MiniProgram, refusal


class TestLoggingIn:
    def test_the_same_person_is_the_same_customer(self, mine: MiniProgram) -> None:
        first, second = mine.log_in(), mine.log_in()

        assert first["customer"]["id"] == second["customer"]["id"]
        assert first["expires_in"] > 0

    def test_a_code_serves_once(self, mine: MiniProgram) -> None:
        code = mine.code("login")
        assert mine.http.post("/api/mp/session", json={"code": code}).status_code == 200

        again = mine.http.post("/api/mp/session", json={"code": code})

        assert refusal(again) == (400, "wechat_code_invalid")

    def test_a_platform_that_is_down_is_said_so(self, mine: MiniProgram) -> None:
        mine.steer("/sim/faults", {"pattern": "*jscode2session", "kind": "down"})
        try:
            answer = mine.http.post("/api/mp/session", json={"code": mine.code("login")})
        finally:
            mine.heal()

        assert refusal(answer) == (503, "wechat_unavailable")

    def test_a_forged_token_opens_nothing(self, mine: MiniProgram) -> None:
        for token in ("Bearer x.y.z", "Bearer", "Basic eDp5", "x"):
            answer = mine.http.get("/api/mp/applications", headers={"Authorization": token})
            assert refusal(answer) == (401, "unauthenticated")

    def test_a_staff_token_opens_nothing(self, mine: MiniProgram) -> None:
        login = {"login": "supervisor", "password": "lantian-demo"}
        token = mine.http.post("/api/staff/session", json=login).json()["token"]

        answer = mine.http.get("/api/mp/applications", headers={"Authorization": f"Bearer {token}"})

        assert refusal(answer) == (401, "unauthenticated")

    def test_a_customer_who_turned_out_to_be_another_logs_in_anew(self, mine: MiniProgram) -> None:
        gone = tokens.issue("customer", Holder(id=10**12, version=0), Settings())

        for path in ("/api/mp/applications", "/api/mp/applications/XZ202611230001", "/api/mp/catalogue"):
            answer = mine.http.get(path, headers={"Authorization": f"Bearer {gone}"})
            assert refusal(answer) == (401, "unauthenticated")


class TestProvingAPhone:
    def test_it_shows_what_the_hotline_filed_for_it(self, new_customer: NewCustomer) -> None:
        mine = new_customer()
        phone = str(mine.person["phone"])
        agent = Desk.of_staff(str(mine.http.base_url), "hotline_agent")
        body = {
            "channel": "hotline",
            "customer_kind": "resident",
            "contact_name": "张三",
            "contact_phone": phone,
            "address": mine.home,
        }
        filed = agent.post("/api/staff/applications", body, key=uuid4().hex)

        proved = mine.http.post("/api/mp/phone", json={"code": mine.code("phone")})

        assert proved.json()["phone"] == f"{phone[:3]}****{phone[-4:]}"
        listed = mine.http.get("/api/mp/applications").json()["items"]
        assert [one["number"] for one in listed] == [filed["number"]]
        assert phone not in str(listed)
