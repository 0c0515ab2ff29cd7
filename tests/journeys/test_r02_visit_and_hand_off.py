"""R2: the manager visits early, takes the papers and passes them to the designer (§1.1-1, §2.1-1)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.desk import Refused
from tests.support.project import SHANGHAI, Works
from tests.support.town import Town


class TestHandOff:
    def test_the_papers_start_the_design_and_the_designer_is_told(self, town: Town) -> None:
        designer = town.phone_of("designer")
        works = Works.begin(town)
        assert works.tasks("customer_manager", "visit")

        visit = works.do("customer_manager", "visits", at=works.in_hours(2))
        works.customer.wait_for("上门时间")
        works.desk("customer_manager").post(
            f"/api/staff/visits/{visit['id']}/check-in", {"latitude": 34.4, "longitude": 113.7}
        )
        works.do("customer_manager", "documents", document_ids=[_paper(works, "business_licence")])
        with pytest.raises(Refused, match="初步规划"):
            works.do("customer_manager", "hand-off")
        assert works.seen()["missing_documents"] == [
            {"key": "preliminary_plan", "name": "初步规划", "essential": True}
        ]

        handed = works.do("customer_manager", "hand-off", document_ids=[_paper(works, "preliminary_plan")])
        assert handed["stage"] == "designing"
        assert works.clock("design")["state"] == "running"
        assert works.clock("project_small")["state"] == "running"
        push = designer.wait_for("勘察设计出图")
        assert "/m/" in push["url"]
        assert works.tasks("designer", "design")[0]["due_at"] == works.clock("design")["due_at"]
        due = (town.now() + timedelta(days=1)).astimezone(SHANGHAI)
        works.customer.wait_for("设计单位", f"{due.month}月{due.day}日")
        assert works.case()["project"]["stage"] == "designing"
        assert not works.tasks("customer_manager", "visit")

        with pytest.raises(Refused, match="409"):  # a second tap
            works.do("customer_manager", "hand-off")

    def test_the_visit_to_the_site_is_the_first_visit_of_whoever_asked_for_it(self, town: Town) -> None:
        works = Works.begin(town)
        address = works.seen()["site"]["name"] + "9号楼202"
        neighbour = works.desk("hotline_agent").post(
            "/api/staff/applications",
            {
                "customer_kind": "non_resident",
                "contact_name": "邻家小馆",
                "contact_phone": "13712349999",
                "address": f"新郑市龙湖镇{address}",
                "channel": "hotline",
            },
        )
        visit = works.do("customer_manager", "visits", at=works.in_hours(1))
        works.desk("customer_manager").post(f"/api/staff/visits/{visit['id']}/check-in")

        assert _first_visit(works.case()) == "met"
        assert not works.desk("customer_manager").tasks(kind="visit", application_number=works.number)
        other = works.desk("hotline_agent").get(f"/api/staff/applications/{neighbour['number']}")
        assert other["project_id"] == works.id
        assert _first_visit(other) == "running"

    def test_who_has_an_hour_of_their_own_is_still_visited(self, town: Town) -> None:
        works = Works.begin(town)
        manager = works.desk("customer_manager")
        own = manager.post(f"/api/staff/applications/{works.number}/visits", {"at": works.in_hours(3)})
        visit = works.do("customer_manager", "visits", at=works.in_hours(1))
        manager.post(f"/api/staff/visits/{visit['id']}/check-in")
        assert _first_visit(works.case()) == "running"
        manager.post(f"/api/staff/visits/{own['id']}/check-in")
        assert _first_visit(works.case()) == "met"

    def test_a_community_brings_its_planning_permit(self, town: Town) -> None:
        works = Works.begin(town, "resident")
        with pytest.raises(Refused, match="小区规划许可证"):
            works.do("customer_manager", "hand-off")
        works.hand_off()
        assert [clock["kind"] for clock in works.seen()["clocks"]] == ["design"]


def _first_visit(case: dict[str, Any]) -> str:
    state: str = next(clock["state"] for clock in case["clocks"] if clock["kind"] == "first_visit")
    return state


def _paper(works: Works, kind: str) -> int:
    return works.upload("customer_manager", kind)
