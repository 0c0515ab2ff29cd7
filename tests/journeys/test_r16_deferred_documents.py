"""R16: what touches neither legality nor safety may come later; the gas does not wait for it (§1.3-2, §2.2-2)."""

import pytest

from tests.support.case import Case, body
from tests.support.desk import Refused
from tests.support.project import morning
from tests.support.town import Town


class TestAtTheCounter:
    def test_an_essential_paper_is_asked_for_by_name(self, town: Town) -> None:
        clerk = town.desk("counter_clerk")
        for kind, name in (("resident", "身份证"), ("non_resident", "营业执照")):
            with pytest.raises(Refused) as refused:
                clerk.post("/api/staff/applications", {**body(kind), "channel": "outlet"})
            assert refused.value.problem["code"] == "missing_essential_document"
            assert name in refused.value.problem["detail"]

    def test_a_deferrable_one_is_collected_later_and_the_flame_comes_first(self, town: Town) -> None:
        morning(town)
        manager = town.phone_of("customer_manager")
        identity = town.desk("counter_clerk").upload("/api/staff/documents", "identity")
        case = Case.filed_by(town, "counter_clerk", "government_hall", document_ids=[identity])
        assert [paper["key"] for paper in case.seen()["missing_documents"]] == ["title_or_lease"]
        assert case.clock("deferred_documents")["state"] == "running"
        manager.wait_for("上门收资料", case.number)

        case.visit_and_ignite()
        assert case.clock("ignition")["late"] is False
        [task] = case.manager.tasks(kind="collect_documents", application_number=case.number)
        assert task["due_at"] == case.clock("deferred_documents")["due_at"]

        town.advance(days=1)
        lease = case.manager.upload("/api/staff/documents", "title_or_lease")
        case.do("documents", document_ids=[lease])
        assert not case.manager.tasks(kind="collect_documents", application_number=case.number)
        met = case.clock("deferred_documents")
        assert (met["state"], met["late"]) == ("met", False)

    def test_papers_forgotten_for_five_working_days_are_reminded_and_escalated(self, town: Town) -> None:
        morning(town)
        manager, supervisor = town.phone_of("customer_manager"), town.phone_of("supervisor")
        identity = town.desk("counter_clerk").upload("/api/staff/documents", "identity")
        case = Case.filed_by(town, "counter_clerk", "outlet", document_ids=[identity])
        case.visit_and_ignite()
        town.advance(days=8)
        manager.wait_for("补齐容缺资料：已到期")
        supervisor.wait_for("补齐容缺资料超时", case.number)
