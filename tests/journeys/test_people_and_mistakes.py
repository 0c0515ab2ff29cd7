"""§7: a manager is away, something was recorded wrongly, the same person comes again, a whole community asks at once."""

from datetime import timedelta

import pytest

from tests.support.case import SITES, Case, a_phone, body
from tests.support.desk import Refused
from tests.support.phone import eventually
from tests.support.project import morning
from tests.support.town import Town


class TestAway:
    def test_everything_passes_on_and_comes_to_nobody_s_desk_in_silence(self, town: Town) -> None:
        morning(town)
        colleague = town.phone_of("customer_manager_2")
        case = Case.of_follower(town)
        assert case.customer is not None
        assert case.manager_login == "customer_manager"
        manager, supervisor = town.desk("customer_manager"), town.desk("supervisor")
        until = (town.now() + timedelta(days=2)).isoformat()

        done = manager.post(f"/api/staff/members/{manager.staff['id']}/away", {"until": until})
        assert done["unassigned"] == 0
        assert not manager.tasks()
        colleague.wait_for("代", "办理", "件")
        case.customer.wait_for("客户经理已更换")
        other = town.desk("customer_manager_2")
        assert other.tasks(kind="visit", application_number=case.number)
        with pytest.raises(Refused, match="403"):
            case.book()

        # the last one leaves too: the supervisor hears it at once, sees it, and assigns
        supervisor.post(f"/api/staff/members/{other.staff['id']}/away", {"until": until})
        orphan = eventually(
            lambda: [one for one in supervisor.get("/api/staff/inbox")["items"] if "没有人接" in one["title"]]
        )
        assert case.number in orphan[0]["body"]
        assert case.number in [one["number"] for one in supervisor.get("/api/staff/board")["unassigned"]]
        with pytest.raises(Refused, match="休假"):
            case.do("reassign", "supervisor", manager_id=manager.staff["id"])
        supervisor.post(f"/api/staff/members/{manager.staff['id']}/away", {"until": None})
        given = case.do("reassign", "supervisor", manager_id=manager.staff["id"], note="回来了")
        assert given["manager"]["id"] == manager.staff["id"]
        assert case.visit_and_ignite()["stage"] == "ignited"


class TestMistakes:
    def test_fields_put_right_and_an_ignition_of_the_wrong_case_taken_back(self, town: Town) -> None:
        morning(town)
        case = Case.of_follower(town)
        assert case.customer is not None
        with pytest.raises(Refused, match="403"):
            case.do("corrections", "hotline_agent", reason="听错", contact_name="张小曼")
        changed = case.do("corrections", "counter_clerk", reason="听错了", contact_name="张小曼")
        assert changed["contact_name"] == "张小曼"
        case.customer.wait_for("已更正", "联系人")
        [event] = [one for one in changed["history"] if one["event"] == "corrected"]
        assert (event["facts"]["before"], event["facts"]["reason"]) == ({"contact_name": "张小满"}, "听错了")

        case.visit_and_ignite()
        with pytest.raises(Refused, match="403"):
            case.do("undo-ignition", reason="记到别家了")
        undone = case.do("undo-ignition", "supervisor", reason="记到别家了")
        assert (undone["stage"], undone["meter_number"]) == ("visited", None)
        case.customer.wait_for("通气记录有误")
        clock = case.clock("ignition")
        assert clock["state"] == "running"
        town.advance(days=1, hours=1)
        assert case.clock("ignition")["state"] == "breached"
        assert case.ignite("M-2")["stage"] == "ignited"

    def test_a_wrong_address_comes_to_its_own_site_and_clock(self, town: Town) -> None:
        case = Case.filed_by(town, "hotline_agent", "hotline", address="新郑市龙湖镇望湖小筑5号楼101")
        assert case.seen()["stage"] == "awaiting_project"
        moved = case.do(
            "corrections", "counter_clerk", reason="小区名听错", address=f"{SITES['resident']}77号楼"
        )
        assert (moved["stage"], moved["clock"]["kind"]) == ("accepted", "ignition")


class TestManyAndAgain:
    def test_a_property_manager_files_for_a_community_and_is_known_next_time(self, town: Town) -> None:
        morning(town)
        agent, phone = town.desk("hotline_agent"), a_phone()
        homes = [f"{SITES['resident']}{floor}号楼1单元{room}" for floor in (81, 82) for room in (101, 102)]
        rows = [{"address": home} for home in (*homes, homes[0], "新郑市")]
        rows.append({"address": homes[0] + "甲", "contact_phone": "不知道"})
        wanted = {
            "customer_kind": "resident",
            "channel": "hotline",
            "agent_name": "锦园物业",
            "agent_phone": phone,
            "agent_consent": True,
            "rows": rows,
        }
        with pytest.raises(Refused, match="授权"):
            agent.post("/api/staff/applications/bulk", {**wanted, "agent_consent": False})
        before = len(town.desk("customer_manager").get("/api/staff/inbox", limit=100)["items"])
        answer = agent.post("/api/staff/applications/bulk", wanted)
        assert (answer["filed"], answer["refused"]) == (4, 3)
        first, *_, repeated, vague, unreachable = answer["rows"]
        assert (repeated["code"], repeated["number"]) == ("duplicate_application", first["number"])
        assert "地址太短" in vague["detail"]
        assert "联系电话" in unreachable["detail"]
        assert len(town.desk("customer_manager").get("/api/staff/inbox", limit=100)["items"]) == before + 1

        known = agent.get("/api/staff/customers", phone=phone)
        assert (known["contact_name"], known["agent_name"]) == ("锦园物业", "锦园物业")
        assert len(known["applications"]) == 4
        again = agent.post("/api/staff/applications/bulk", wanted)
        assert again["filed"] == 0
        assert town.desk("supervisor").get(f"/api/staff/applications/{first['number']}")["agent_consent"]

    def test_a_company_s_agent_needs_its_word_and_may_have_several_sites(self, town: Town) -> None:
        phone = a_phone()
        wanted = {"contact_name": "百味餐饮", "contact_phone": phone, "agent_name": "赵代办"}
        clerk = town.desk("hotline_agent")
        with pytest.raises(Refused, match="授权"):
            clerk.post("/api/staff/applications", {**body("non_resident"), **wanted, "channel": "hotline"})
        for _ in range(2):
            Case.filed_by(town, "hotline_agent", "hotline", "non_resident", **wanted, agent_consent=True)
        known = clerk.get("/api/staff/customers", phone=phone)
        assert len(known["addresses"]) == 2
        assert known["agent_name"] == "赵代办"
