"""From 「我家想装天然气」 to a burning flame and a rating, as its people see it (issue: the main job, 1 to 5)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.support.chat import apply_in_chat
from tests.support.desk import Desk, Refused
from tests.support.phone import Phone, eventually
from tests.support.town import Town


class TestTheMainJob:
    def test_from_a_chat_to_a_flame_and_a_rating(self, town: Town) -> None:
        customer = town.somebody()
        managers = {login: town.phone_of(login) for login in ("customer_manager", "customer_manager_2")}

        welcome = customer.act("follow")
        assert "燃气" in welcome or "天然气" in welcome
        number = apply_in_chat(customer)

        program = customer.open_mini_program()
        case = program.get(f"/api/mp/applications/{number}")
        assert case["stage"] == "accepted"
        assert case["clock"]["kind"] == "ignition"
        assert case["clock"]["state"] == "running"
        desk, manager_phone = self._manager_of(town, managers, case["manager"])

        # the manager is pushed, the link of the push opens
        push = manager_phone.wait_for(number)
        assert "/m/" in push["url"]
        [visit_task] = desk.tasks(kind="visit", application_number=number)
        desk.post(f"/api/staff/tasks/{visit_task['id']}/accept")

        at = town.now() + timedelta(hours=2)
        visit = desk.post(f"/api/staff/applications/{number}/visits", {"at": at.isoformat()})
        customer.wait_for("上门时间")
        desk.post(f"/api/staff/visits/{visit['id']}/check-in", {"latitude": 34.4, "longitude": 113.7})
        assert "上门" in customer.say("到哪一步了")

        missing = [paper["key"] for paper in case["missing_documents"] if paper["essential"]]
        papers = [desk.upload("/api/staff/documents", key) for key in missing]
        photo = desk.upload("/api/staff/documents", "photo")
        done = desk.post(
            f"/api/staff/applications/{number}/ignition",
            {"meter_number": "M-2026-1", "document_ids": [*papers, photo]},
        )
        assert done["stage"] == "ignited"

        customer.wait_for("点火")
        assert "通气" in customer.say("到哪一步了")
        rated = program.post(f"/api/mp/applications/{number}/rating", {"score": 5, "comment": "很快"})
        assert rated["stage"] == "ignited"
        manager_phone.wait_for("5分")
        events = [entry["event"] for entry in program.get(f"/api/mp/applications/{number}")["timeline"]]
        assert {"filed_ready", "visit_booked", "checked_in", "ignited", "rated"} <= set(events)

    def test_half_time_two_hours_deadline_and_the_supervisor(self, town: Town) -> None:
        supervisor = town.phone_of("supervisor")
        managers = {login: town.phone_of(login) for login in ("customer_manager", "customer_manager_2")}
        customer = town.somebody()
        customer.act("follow")
        program = customer.open_mini_program()
        town.move_to(ten_in_the_morning(town.now()))
        filed = file(program)
        desk, manager = self._manager_of(town, managers, filed["manager"])

        town.advance(hours=11, minutes=56)
        manager.wait_for("点火通气：时间过半", filed["number"])
        town.advance(hours=10, minutes=5)
        manager.wait_for("点火通气：快到期", filed["number"], "还剩")
        town.advance(hours=2)
        manager.wait_for("点火通气", "到期")
        supervisor.wait_for("点火通气", filed["number"])
        customer.wait_for("抱歉")
        assert program.get(f"/api/mp/applications/{filed['number']}")["clock"]["state"] == "breached"

        desk.post(
            f"/api/staff/applications/{filed['number']}/pause",
            {"reason": "customer_reason", "note": "客户出差"},
        )
        customer.wait_for("暂停")
        paused = program.get(f"/api/mp/applications/{filed['number']}")["clock"]
        assert paused["state"] == "paused"
        assert paused["due_at"] is None
        town.advance(hours=5)
        assert program.get(f"/api/mp/applications/{filed['number']}")["clock"] == paused

    def test_the_hotline_logs_a_call_and_files_for_the_caller(self, town: Town) -> None:
        agent = town.desk("hotline_agent")
        managers = {login: town.phone_of(login) for login in ("customer_manager", "customer_manager_2")}
        call = agent.post(
            "/api/staff/calls",
            {"caller_phone": "13698765432", "kind": "application", "content": "想给店里装气"},
        )
        assert call["id"]
        filed = agent.post("/api/staff/applications", {**body("13698765432"), "channel": "hotline"})
        _, manager = self._manager_of(town, managers, filed["manager"])
        manager.wait_for(filed["number"])
        eventually(
            lambda: agent.tasks(kind="call_back"), why=lambda: "a caller without WeChat is called back"
        )

    @staticmethod
    def _manager_of(town: Town, phones: dict[str, Phone], manager: dict[str, str]) -> tuple[Desk, Phone]:
        """The desk and the phone of the manager a case was given to."""
        for login, phone in phones.items():
            desk = town.desk(login)
            if desk.staff["name"] == manager["name"]:
                return desk, phone
        raise AssertionError(f"nobody is {manager['name']}")


class TestNobodyElse:
    def test_a_stranger_learns_nothing(self, town: Town) -> None:
        filed = file(town.somebody().open_mini_program())
        stranger = town.somebody()
        with pytest.raises(Refused, match="404"):
            stranger.open_mini_program().get(f"/api/mp/applications/{filed['number']}")
        stranger.act("follow")
        told = stranger.say(f"{filed['number']} 到哪了")
        assert filed["manager"]["name"] not in told


def ten_in_the_morning(now: datetime) -> datetime:
    """The next one in Shanghai: no reminder of the next day's clock falls into the night unnoticed."""
    morning = now.astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=10, minute=0, second=0)
    return morning if morning > now else morning + timedelta(days=1)


def body(phone: str = "13712345678") -> dict[str, str]:
    return {
        "customer_kind": "resident",
        "contact_name": "张小满",
        "contact_phone": phone,
        "address": f"新郑市龙湖镇龙湖锦园{uuid4().int % 90 + 1}号楼1单元101",
    }


def file(program: Desk) -> dict[str, Any]:
    """An application through the mini-program."""
    filed: dict[str, Any] = program.post("/api/mp/applications", body())
    return filed
