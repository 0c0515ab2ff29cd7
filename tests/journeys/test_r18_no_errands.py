"""R18: the manager does everything, 无需用户跑腿: no step waits for the customer but appointments and papers only they hold."""

from backend.rules.stages import APPLICATION, PROJECT
from tests.support.case import Case
from tests.support.project import Works
from tests.support.town import Town

_CUSTOMER_MAY = {
    "filed_ready", "filed_waiting", "opened",  # asks for gas
    "visit_booked", "visit_moved", "paused_for_wish",  # appointments
    "documents_missing", "essential_documents_missing", "documents_received", "documents_complete",
    "deferred_documents_in",  # papers, brought or collected
    "urged", "complained", "rated", "cancelled", "signed_off",  # their word
    "corrected", "moved_to_ready_site", "moved_to_waiting_site",  # a slip of theirs put right, and what follows
}  # fmt: skip


class TestNobodyIsSentAround:
    def test_from_the_lead_to_the_flame_every_task_is_staff_s(self, town: Town) -> None:
        works = Works.begin(town, "resident")
        works.finish()
        case = Case(town=town, number=works.number, manager_login=works.manager_login)
        case.visit_and_ignite()

        # the customer has filed, and nothing else
        did = [entry["event"] for entry in case.seen()["history"] if entry["by_role"] == "customer"]
        assert set(did) <= {"filed_waiting", "essential_documents_missing", "documents_missing"}
        of_project = works.seen()["events"]
        assert {entry["by_role"] for entry in of_project if entry["event"] != "opened"}.isdisjoint(
            {"customer"}
        )
        for task in case.seen()["tasks"]:
            assert task["role"] == "customer_manager"
        assert works.case()["stage"] == "ignited"

    def test_no_step_that_moves_a_case_on_is_the_customer_s(self) -> None:
        for table in (APPLICATION, PROJECT):
            for step in table.steps:
                assert "customer" not in step.by or step.event in _CUSTOMER_MAY, step.event
                assert step.by != {"customer"} or step.to is None, step.event
