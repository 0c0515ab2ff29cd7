"""The administrator's doors: what they change holds from the next request on."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.desk import DEMO_PASSWORD, Desk, Refused
from tests.support.office import Desks
from tests.support.processes import RunningProcess

PASSWORD = "correct horse"


def hire(boss: Desk, **fields: Any) -> dict[str, Any]:
    body = {
        "login": f"new-{uuid4().hex[:8]}",
        "password": DEMO_PASSWORD,
        "name": "新员工",
        "phone": "13900001111",
        "department": "customer_service",
        "roles": ["counter_clerk"],
        **fields,
    }
    answer: dict[str, Any] = boss.post("/api/staff/members", body)
    return answer


@pytest.fixture
def boss(desk: Desks) -> Desk:
    return desk("administrator")


def refusal_of(desk: Desk) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        desk.get("/api/staff/tasks")
    return refused.value.status, refused.value.problem["code"]


class TestSessions:
    def test_a_new_password_ends_every_login_at_once(self, office: RunningProcess, boss: Desk) -> None:
        hired = hire(boss)
        theirs = Desk.of_staff(office.url, hired["login"])
        assert not theirs.tasks(assignee_id=hired["id"])

        boss.post(f"/api/staff/members/{hired['id']}/password", {"password": PASSWORD})

        assert refusal_of(theirs) == (401, "unauthenticated")
        with pytest.raises(Refused):
            Desk.of_staff(office.url, hired["login"])

    def test_so_does_leaving_and_coming_back_revives_none(self, office: RunningProcess, boss: Desk) -> None:
        hired = hire(boss)
        theirs = Desk.of_staff(office.url, hired["login"])
        boss.post(f"/api/staff/members/{hired['id']}/deactivate")
        assert refusal_of(theirs) == (401, "unauthenticated")

        boss.post(f"/api/staff/members/{hired['id']}/reactivate", {"password": DEMO_PASSWORD})

        assert refusal_of(theirs) == (401, "unauthenticated")
        assert not Desk.of_staff(office.url, hired["login"]).tasks(assignee_id=hired["id"])

    def test_a_role_counts_from_the_next_request_on(self, office: RunningProcess, boss: Desk) -> None:
        hired = hire(boss, roles=["counter_clerk"])
        theirs = Desk.of_staff(office.url, hired["login"])
        theirs.get("/api/staff/applications")
        changed = {key: hired[key] for key in ("name", "phone", "department")}

        boss.post(f"/api/staff/members/{hired['id']}", {**changed, "roles": ["duty_officer"]})

        with pytest.raises(Refused) as refused:
            theirs.get("/api/staff/customers", phone="13812345678")
        assert refused.value.status == 403


class TestRefusals:
    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("login", "中文", "格式不对。"),
            ("login", "supervisor", "这个账号已有人用，请换一个。"),
            ("password", "short", "密码至少10位。"),
            ("phone", "123", "电话号码不对。"),
            ("roles", ["king"], "不在可选的范围内。"),
            ("roles", ["administrator", "supervisor"], "管理员账号不兼其他角色，请另开账号。"),
            ("districts", ["巴黎"], "没有这个片区：巴黎。"),
        ],
    )
    def test_each_names_its_field(self, boss: Desk, field: str, value: object, sentence: str) -> None:
        with pytest.raises(Refused) as refused:
            hire(boss, **{field: value})
        assert refused.value.status == 422
        fault = refused.value.problem["errors"][0]
        assert (fault["field"].partition(".")[0], fault["detail"]) == (field, sentence)

    def test_the_last_administrator_cannot_be_lost(self, boss: Desk) -> None:
        me = boss.staff["id"]
        with pytest.raises(Refused) as refused:
            boss.post(f"/api/staff/members/{me}/deactivate")
        assert refused.value.problem["errors"][0]["detail"] == "不能停用自己的账号，请另一位管理员来办。"

    def test_an_administrator_sees_no_case(self, boss: Desk, case: dict[str, Any]) -> None:
        with pytest.raises(Refused) as refused:
            boss.get(f"/api/staff/applications/{case['number']}")
        assert refused.value.status == 403


class TestLists:
    def test_phones_are_masked_in_lists_and_whole_in_the_account(self, boss: Desk) -> None:
        hired = hire(boss, name="赵钱孙")
        [line] = boss.get("/api/staff/members", words="赵钱孙")["items"]
        assert line["phone"] == "139****1111"
        assert boss.get(f"/api/staff/members/{hired['id']}")["phone"] == "13900001111"
        boss.post(f"/api/staff/members/{hired['id']}/deactivate")
        assert boss.get("/api/staff/members", words="赵钱孙")["items"] == []

    def test_districts_show_who_covers_them(self, boss: Desk) -> None:
        districts = {one["name"]: one for one in boss.get("/api/staff/districts")["items"]}
        assert [one["name"] for one in districts["薛店镇"]["managers"]] == ["李秀英"]
        assert districts["城区"]["uncovered"]
