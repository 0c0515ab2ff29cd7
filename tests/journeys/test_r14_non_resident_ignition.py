"""R14: a shop applies; one manager comes, and within a day the gas burns (§1.3-1)."""

from datetime import timedelta

from tests.support.case import Case
from tests.support.project import morning
from tests.support.town import Town


class TestOneDay:
    def test_pushed_at_once_reminded_escalated_and_lit(self, town: Town) -> None:
        morning(town)
        manager, supervisor = town.phone_of("customer_manager"), town.phone_of("supervisor")
        case = Case.of_follower(town, "non_resident")
        assert case.customer is not None
        manager.wait_for(case.number)
        clock = case.clock("ignition")
        assert clock["state"] == "running"
        assert clock["clause"].startswith("§1.3-1")
        assert 0 <= timedelta(days=1).total_seconds() - clock["remaining_seconds"] < 60

        town.advance(hours=12, minutes=1)
        manager.wait_for("时间过半", case.number)
        town.advance(hours=12)
        manager.wait_for("点火通气：已到期")
        supervisor.wait_for("点火通气超时", case.number)
        case.customer.wait_for("抱歉", case.number)

        done = case.visit_and_ignite()
        assert done["stage"] == "ignited"
        met = case.clock("ignition")
        assert (met["state"], met["late"]) == ("met", True)

    def test_within_the_day_nobody_is_late(self, town: Town) -> None:
        morning(town)
        case = Case.of_follower(town, "non_resident")
        town.advance(hours=2)
        case.visit_and_ignite()
        met = case.clock("ignition")
        assert (met["state"], met["late"]) == ("met", False)
        town.advance(days=2)
        assert case.clock("ignition") == met
