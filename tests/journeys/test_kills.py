"""Power cuts in the middle of the main job: nothing is lost, and no template message comes twice."""

from collections import Counter
from datetime import timedelta

from tests.support.chat import apply_in_chat
from tests.support.phone import Phone
from tests.support.processes import RunningProcess
from tests.support.town import Town


def test_server_and_scheduler_die_after_every_step(
    town: Town, backend_server: RunningProcess, scheduler_process: RunningProcess
) -> None:
    def cut_the_power() -> None:
        for process in (backend_server, scheduler_process):
            process.kill()
            process.start()

    customer, manager = town.somebody(), town.phone_of("customer_manager")
    customer.act("follow")
    number = apply_in_chat(customer)
    cut_the_power()
    assert number in customer.say("到哪一步了")
    manager.wait_for(number)

    desk = town.desk("customer_manager")
    at = (town.now() + timedelta(hours=1)).isoformat()
    visit = desk.post(f"/api/staff/applications/{number}/visits", {"at": at})
    cut_the_power()
    customer.wait_for("上门时间已约好")
    desk.post(f"/api/staff/visits/{visit['id']}/check-in")
    cut_the_power()
    identity = desk.upload("/api/staff/documents", "identity")
    desk.post(
        f"/api/staff/applications/{number}/ignition", {"meter_number": "M-1", "document_ids": [identity]}
    )
    cut_the_power()
    customer.wait_for("已点火通气")

    assert customer.open_mini_program().get(f"/api/mp/applications/{number}")["stage"] == "ignited"
    assert arrived_once(customer)
    assert arrived_once(manager)


def arrived_once(phone: Phone) -> bool:
    """Whether no template message reached this person twice."""
    texts = Counter(item["text"] for item in phone.messages() if item["channel"] == "template")
    return bool(texts) and max(texts.values()) == 1
