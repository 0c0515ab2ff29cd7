"""R5: residents are designed for only where the area's pressure suffices; else the site waits, with its reason (§2.1-2)."""

import pytest

from tests.support.desk import Refused
from tests.support.project import Works
from tests.support.town import Town


class TestTooLittlePressure:
    def test_the_site_waits_with_its_reason_and_the_clock_stands_still(self, town: Town) -> None:
        works = Works.begin(town, "resident")
        works.hand_off()
        with pytest.raises(Refused, match="写明原因"):
            works.survey(flow=None, pressure_ok=False)
        town.advance(hours=6)
        works.survey(flow=None, pressure_ok=False, note="中压管网末端压力不足")

        works.customer.wait_for("暂时不能设计")
        waiting = works.case()
        project = waiting["project"]
        assert project["stage"] == "waiting_pressure"
        assert project["hold"]["reason"] == "uncontrollable"
        assert project["hold"]["note"] == "中压管网末端压力不足"
        [design] = [clock for clock in waiting["clocks"] if clock["kind"] == "design"]
        assert (design["state"], design["due_at"], design["reason"]) == ("paused", None, "uncontrollable")
        with pytest.raises(Refused, match="409"):
            works.draw()
        with pytest.raises(Refused, match="气压"):
            works.do("designer", "resume")

        town.advance(days=9)
        assert works.clock("design")["remaining_seconds"] == design["remaining_seconds"]
        works.do("customer_manager", "pressure-restored")
        works.customer.wait_for("继续设计")
        restored = works.case()
        assert restored["project"]["stage"] == "designing"
        assert restored["project"]["hold"] is None
        assert works.clock("design")["state"] == "running"
        works.survey(flow=None)
        assert works.draw()["scheme"]["key"] == "resident_design"

    def test_a_shop_is_designed_for_all_the_same(self, town: Town) -> None:
        works = Works.begin(town)
        works.hand_off()
        assert works.survey(pressure_ok=False)["stage"] == "designing"
