"""R3: the designer books a visit the customer can move, surveys, and issues the drawings within a day (§1.1-2, §2.1-2)."""

from datetime import datetime, timedelta

import pytest

from tests.support.desk import Refused
from tests.support.project import Works
from tests.support.town import Town


class TestTheDesigner:
    def test_an_appointment_the_customer_moves_then_survey_scheme_and_drawings(self, town: Town) -> None:
        designer = town.phone_of("designer")
        works = Works.begin(town)
        works.hand_off()

        survey = works.do("designer", "visits", at=works.in_hours(3))
        works.customer.wait_for("勘察", "赵磊")
        [shown] = [visit for visit in works.case()["visits"] if visit["purpose"] == "survey"]
        assert shown["id"] == survey["id"]

        later = town.now() + timedelta(hours=5)
        moved = works.program.post(
            f"/api/mp/applications/{works.number}/reschedule",
            {"visit_id": survey["id"], "at": later.isoformat()},
        )
        at = next(visit["at"] for visit in moved["visits"] if visit["id"] == survey["id"])
        assert datetime.fromisoformat(at) == later.replace(microsecond=0)
        designer.wait_for("改了上门时间")

        town.advance(hours=5)
        works.desk("designer").post(f"/api/staff/visits/{survey['id']}/check-in")
        with pytest.raises(Refused, match="先登记勘察结果"):
            works.draw()
        assert works.survey(metres=0, flow=35)["scheme"]["key"] == "standard"
        with pytest.raises(Refused, match="上传施工图"):
            works.do("designer", "drawings", document_ids=[], quantities="管道50米")
        drawn = works.draw()

        assert drawn["stage"] == "building"
        clock = works.clock("design")
        assert (clock["state"], clock["late"]) == ("met", False)
        works.customer.wait_for("施工图已出", "标准设计")
        told = [entry["event"] for entry in works.case()["timeline"]]
        assert told[-5:] == ["survey_booked", "visit_moved", "survey_begun", "surveyed", "drawings_issued"]
        assert not works.tasks("designer", "design")

    def test_drawings_that_come_too_late_are_a_breach(self, town: Town) -> None:
        supervisor, designer = town.phone_of("supervisor"), town.phone_of("designer")
        works = Works.begin(town)
        works.hand_off()

        town.advance(hours=22, minutes=30)
        designer.wait_for("出具施工图", "快到期")
        town.advance(hours=2)
        designer.wait_for("出具施工图", "已到期")
        supervisor.wait_for("出具施工图", "超时")
        works.customer.wait_for("抱歉", "工程")
        works.survey()
        works.draw()
        clock = works.clock("design")
        assert (clock["state"], clock["late"]) == ("met", True)
