"""§7: the gas cannot be turned on today, nobody is at home, a pause that was none."""

import pytest

from tests.support.case import Case
from tests.support.desk import Refused
from tests.support.project import morning
from tests.support.town import Town


class TestNoFlameToday:
    def test_an_attempt_with_its_reason_a_pause_and_another_day(self, town: Town) -> None:
        morning(town)
        case = Case.of_follower(town)
        assert case.customer is not None
        case.check_in(case.book())
        failed = case.do("ignition-attempts", reason="unsafe_premises", note="灶具没有熄火保护")
        assert failed["stage"] == "visited"
        case.customer.wait_for("这次没能通气", "安全条件")
        assert case.clock("ignition")["state"] == "running"

        case.do("pause", reason="customer_reason", note="客户换灶具")
        case.customer.wait_for("办理时限已暂停", "用户原因")
        town.advance(days=2)
        case.do("resume")
        case.customer.wait_for("恢复计时")
        assert case.visit_and_ignite()["stage"] == "ignited"
        assert case.clock("ignition")["late"] is False

    def test_nobody_at_home_a_new_hour_is_asked_for_and_given(self, town: Town) -> None:
        morning(town)
        case = Case.of_follower(town)
        assert case.customer is not None
        visit = case.book()
        case.manager.post(f"/api/staff/visits/{visit}/no-show", {"note": "敲门没有人"})
        case.customer.wait_for("没有见到您")
        assert case.seen()["stage"] == "accepted"
        assert case.visit_and_ignite()["stage"] == "ignited"
        assert [one["state"] for one in case.seen()["visits"]] == ["no_show", "done"]

    def test_a_supervisor_annuls_a_pause_and_it_is_late_at_once(self, town: Town) -> None:
        morning(town)
        supervisor_phone = town.phone_of("supervisor")
        case = Case.of_follower(town)
        assert case.customer is not None
        case.do("pause", reason="customer_reason", note="客户出差")
        town.advance(hours=30)
        supervisor = town.desk("supervisor")
        [pause] = [
            one
            for one in supervisor.get("/api/staff/pauses", open="true")["items"]
            if one["application_number"] == case.number
        ]
        with pytest.raises(Refused, match="403"):
            case.manager.post(f"/api/staff/pauses/{pause['id']}/annul", {"note": "算了"})
        annulled = supervisor.post(f"/api/staff/pauses/{pause['id']}/annul", {"note": "客户一直在家"})
        assert annulled["annulment"] == "客户一直在家"
        supervisor_phone.wait_for("点火通气超时", case.number)
        case.customer.wait_for("抱歉")
        clock = case.clock("ignition")
        assert (clock["state"], clock["reason"]) == ("breached", None)
