"""R7: permits for road excavation by length: below 200 m filed in half a day, else approved within one (§1.1-3)."""

from datetime import datetime, timedelta

import pytest

from tests.support.desk import Refused
from tests.support.project import Works
from tests.support.town import Town

_SIZES = (
    (199.9, "small", "permit_small", timedelta(hours=12), "project_small"),
    (200, "large", "permit_large", timedelta(days=1), "project_large"),
    (250, "large", "permit_large", timedelta(days=1), "project_large"),
)


class TestPermits:
    def test_the_length_decides_and_the_manager_does_it_all(self, town: Town) -> None:
        manager = town.phone_of("customer_manager")
        for metres, size, clock, limit, project_clock in _SIZES:
            works = Works.begin(town)
            works.hand_off()
            works.survey(metres=metres)
            drawn = works.draw()
            assert (drawn["stage"], drawn["permit_size"]) == ("permitting", size)
            assert works.clock(project_clock)["state"] == "running"
            running = works.clock(clock)
            span = _at(running["due_at"]) - _at(running["started_at"])
            assert (running["state"], span) == ("running", limit)
            manager.wait_for("道路挖掘审批", drawn["number"])
            [task] = works.tasks("customer_manager", "permit")
            assert task["due_at"] == running["due_at"]

            with pytest.raises(Refused, match="403"):  # nobody digs before the permit
                works.order("accept", crew="一队")
            paper = works.upload("customer_manager", "permit_paper")
            works.do("customer_manager", "permit-papers", document_ids=[paper])
            town.advance(hours=11)
            granted = works.do("customer_manager", "permit", reference="新城管〔2026〕18号")
            assert granted["stage"] == "building"
            assert granted["permits"][0]["reference"] == "新城管〔2026〕18号"
            assert works.clock(clock)["late"] is False
            works.customer.wait_for("道路审批已办好")
            assert works.tasks("contractor", "build")

    def test_nothing_is_asked_of_the_customer_and_no_road_needs_no_permit(self, town: Town) -> None:
        works = Works.begin(town)
        works.hand_off()
        works.survey(metres=0)
        assert works.draw()["stage"] == "building"
        assert works.seen()["permits"] == []
        with pytest.raises(Refused, match="409"):
            works.do("customer_manager", "permit", reference="没有审批")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
