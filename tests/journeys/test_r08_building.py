"""R8: the contractor allots a crew and builds to the work order by the contract's date (§1.1-4, §2.1-3)."""

from datetime import datetime, timedelta

import pytest

from tests.support.desk import Refused
from tests.support.project import Works
from tests.support.town import Town


class TestBuilding:
    def test_accept_allot_report_complete(self, town: Town) -> None:
        contractor = town.phone_of("contractor")
        works = Works.begin(town)
        works.hand_off()
        works.survey()
        works.draw()
        contractor.wait_for("按派工单施工")
        [order] = works.seen("contractor")["work_orders"]
        assert (order["revision"], order["stage"]) == (1, "issued")

        with pytest.raises(Refused, match="409"):
            works.order("start")
        due = (town.now() + timedelta(days=2)).replace(microsecond=0)
        works.order("accept", crew="一队", contract_due_at=due.isoformat())
        [task] = works.tasks("contractor", "build")
        assert datetime.fromisoformat(task["due_at"]) == due
        works.order("start")
        works.customer.wait_for("已开工", "一队")
        works.order("progress", note="立管安装完成", document_ids=[works.upload("contractor")])
        done = works.order("complete")

        assert done["stage"] == "inspecting"
        [order] = done["work_orders"]
        assert order["progress"][0]["note"] == "立管安装完成"
        assert datetime.fromisoformat(order["contract_due_at"]) == due
        works.customer.wait_for("施工完成")
        assert works.case()["project"]["stage"] == "inspecting"
        assert not works.tasks("contractor", "build")
        with pytest.raises(Refused, match="409"):
            works.order("progress", note="又想起一件事")

    def test_nobody_else_builds(self, town: Town) -> None:
        works = Works.begin(town)
        works.hand_off()
        works.survey()
        works.draw()
        number = works.seen()["work_orders"][0]["number"]
        for role in ("designer", "customer_manager", "inspector", "supervisor", "site_manager"):
            with pytest.raises(Refused, match="403"):
                works.desk(role).post(f"/api/staff/work-orders/{number}/1/accept", {"crew": "二队"})
        with pytest.raises(Refused, match="404"):
            works.order("accept", revision=2, crew="一队")
