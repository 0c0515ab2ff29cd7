"""R2: the manager visits early, takes the papers and passes them to the designer (§1.1-1, §2.1-1)."""

from datetime import timedelta

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

    def test_a_community_brings_its_planning_permit(self, town: Town) -> None:
        works = Works.begin(town, "resident")
        with pytest.raises(Refused, match="小区规划许可证"):
            works.do("customer_manager", "hand-off")
        works.hand_off()
        assert [clock["kind"] for clock in works.seen()["clocks"]] == ["design"]


def _paper(works: Works, kind: str) -> int:
    return works.upload("customer_manager", kind)
