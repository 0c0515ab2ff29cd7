"""R11: three or four days for survey, design, building and acceptance; pauses for a reason do not count (§1.2)."""

from datetime import datetime, timedelta

import pytest

from tests.support.desk import Refused
from tests.support.project import Works
from tests.support.town import Town


class TestTheProjectsLimit:
    def test_a_pause_is_left_out_and_the_customer_sees_it(self, town: Town) -> None:
        works = Works.begin(town)
        works.hand_off()
        started = works.clock("project_small")
        assert _at(started["due_at"]) - _at(started["started_at"]) == timedelta(days=3)
        town.advance(hours=20)
        works.survey()
        works.draw()
        evidence = works.upload("customer_manager", "evidence")
        works.do(
            "customer_manager",
            "pause",
            reason="customer_reason",
            note="业主装修未完",
            document_ids=[evidence],
        )
        works.customer.wait_for("暂停", "用户原因")
        case = works.case()
        assert (case["clock"]["kind"], case["clock"]["state"]) == ("project_small", "paused")
        assert case["project"]["hold"]["note"] == "业主装修未完"
        with pytest.raises(Refused, match="已经在暂停中"):
            works.do("customer_manager", "pause", reason="uncontrollable", note="再停一次")

        town.advance(days=10)
        works.do("customer_manager", "resume", note="可以进场")
        works.customer.wait_for("恢复计时")
        due = _at(works.clock("project_small")["due_at"])
        assert abs(due - _at(started["due_at"]) - timedelta(days=10)) < timedelta(minutes=10)
        [pause] = works.seen()["pauses"]
        assert (pause["reason"], pause["note"]) == ("customer_reason", "业主装修未完")
        assert pause["by"]["name"] == works.desk("customer_manager").staff["name"]

        town.advance(days=1)
        works.build()
        works.accept()
        met = works.clock("project_small")
        assert (met["state"], met["late"]) == ("met", False)

    def test_a_long_excavation_gives_a_fourth_day_from_the_same_start(self, town: Town) -> None:
        supervisor, manager = town.phone_of("supervisor"), town.phone_of("customer_manager")
        works = Works.begin(town)
        works.hand_off()
        started = _at(works.clock("project_small")["started_at"])
        town.advance(hours=6)
        works.survey(metres=250)
        large = works.clock("project_large")
        assert (_at(large["started_at"]), _at(large["due_at"])) == (started, started + timedelta(days=4))
        manager.wait_for("转为非小型工程", "时限改为")

        town.move_to(started + timedelta(days=3, hours=1))
        assert works.case()["clock"]["state"] == "running"
        town.move_to(started + timedelta(days=4, minutes=1))
        manager.wait_for("非小型工商业项目", "已到期")
        supervisor.wait_for("非小型工商业项目", "超时")
        works.customer.wait_for("抱歉", "工程")
        late = works.case()["clock"]
        assert (late["kind"], late["state"]) == ("project_large", "breached")
        assert late["remaining_seconds"] < 0


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
