"""What partners bring, and the engineering system reports: once, in order, whatever is repeated."""

import asyncio
from typing import Any

import pytest

from backend.actions import leads, partner_cases, work_order_reports
from backend.actions.leads import LeadNews
from backend.actions.work_order_reports import WorkOrderReport
from backend.models import (
    ConnectionApplication,
    Lead,
    PartnerCase,
    PreServiceProject,
    Site,
    Staff,
    WorkOrder,
    WorkProgress,
)
from backend.rules.errors import DuplicateApplication, InvalidField, NotAllowed, NotFound
from backend.rules.filing import Filing
from tests.support.builders import a_member_of_staff, an_act, an_application
from tests.support.projects import a_project_being_built, a_work_order

PARTNER = an_act("partner")


@pytest.fixture
async def manager(database: str) -> Staff:
    await a_member_of_staff("inspector")
    return await a_member_of_staff("customer_manager")


def a_filing(**more: Any) -> Filing:
    fields = {
        "customer_kind": "resident",
        "contact_name": "张三",
        "contact_phone": "13812345678",
        "address": "龙湖镇龙湖锦园3号楼101",
        "channel": "government_portal",
    }
    return Filing(**{**fields, **more})


def news(external_id: str = "GG-1", **more: Any) -> LeadNews:
    fields = {
        "partner": "gonggai",
        "external_id": external_id,
        "site_name": "溪畔花园",
        "address": "和庄镇溪畔花园",
        "customer_kind": "resident",
        "stage": "planning",
    }
    return LeadNews(**{**fields, **more})


class TestApplications:
    async def test_the_same_id_again_is_the_same_application(self, manager: Staff) -> None:
        first = await partner_cases.file("zwfw", "1", a_filing(), act=PARTNER)
        again = await partner_cases.file(
            "zwfw", "1", a_filing(address="龙湖镇龙湖锦园三号楼101"), act=PARTNER
        )

        assert first.number == again.number
        assert await ConnectionApplication.all().count() == 1

    async def test_twins_at_once_file_once(self, manager: Staff) -> None:
        twins = [partner_cases.file("zwfw", "1", a_filing(), act=an_act("partner")) for _ in range(4)]
        numbers = {one.number for one in await asyncio.gather(*twins)}

        assert len(numbers) == 1
        assert await PartnerCase.all().count() == 1

    async def test_the_same_id_for_something_else_is_refused_with_the_first_number(
        self, manager: Staff
    ) -> None:
        first = await partner_cases.file("zwfw", "1", a_filing(), act=PARTNER)
        with pytest.raises(DuplicateApplication) as refused:
            await partner_cases.file("zwfw", "1", a_filing(contact_phone="13900000000"), act=PARTNER)

        assert refused.value.number == first.number

    async def test_the_same_case_from_another_partner_is_a_duplicate(self, manager: Staff) -> None:
        first = await partner_cases.file("zwfw", "1", a_filing(), act=PARTNER)
        with pytest.raises(DuplicateApplication) as refused:
            await partner_cases.file("zhenghaoban", "1", a_filing(channel="zhenghaoban"), act=PARTNER)

        assert refused.value.number == first.number
        assert await PartnerCase.all().count() == 1

    async def test_two_partners_may_use_the_same_id(self, manager: Staff) -> None:
        await partner_cases.file("zwfw", "1", a_filing(), act=PARTNER)
        elsewhere = a_filing(channel="zhenghaoban", address="龙湖镇龙湖锦园9号楼")
        await partner_cases.file("zhenghaoban", "1", elsewhere, act=PARTNER)

        assert await ConnectionApplication.all().count() == 2


class TestLeads:
    async def test_two_platforms_speak_of_one_site_though_early_addresses_differ(
        self, manager: Staff
    ) -> None:
        await leads.take_in(news(address="和庄镇金城路与神州路交叉口东北角"), act=PARTNER)
        await leads.take_in(news(partner="duogui", address="和庄镇神州路北侧"), act=PARTNER)
        application = await an_application(address="新郑市和庄镇溪畔花园3号楼")

        assert await Lead.all().count() == 2
        assert await PreServiceProject.all().count() == 1
        assert application.project_id == (await PreServiceProject.get()).id

    async def test_twins_at_once_open_one_project(self, manager: Staff) -> None:
        both = [leads.take_in(news(str(number)), act=an_act("partner")) for number in range(4)]
        taken = await asyncio.gather(*both)

        assert {one.outcome for one in taken} == {"created"}
        assert await Site.all().count() == await PreServiceProject.all().count() == 1

    async def test_news_about_a_known_lead_is_kept_and_a_repeat_changes_nothing(self, manager: Staff) -> None:
        outcomes = [
            (await leads.take_in(news(stage=stage), act=PARTNER)).outcome
            for stage in ("planning", "planning", "approval", "approval")
        ]

        assert outcomes == ["created", "unchanged", "changed", "unchanged"]

    @pytest.mark.parametrize("name", ["新郑市", "和庄镇", " ", "名" * 101])
    async def test_a_name_that_is_none_is_refused(self, manager: Staff, name: str) -> None:
        with pytest.raises(InvalidField):
            await leads.take_in(news(site_name=name), act=PARTNER)


class TestWorkOrders:
    async def told(self, order: WorkOrder, state: Any, **more: Any) -> WorkOrder:
        fields = {
            "partner": "engineering",
            "work_order": order.number,
            "revision": order.revision,
            "state": state,
        }
        return await work_order_reports.take(WorkOrderReport(**{**fields, **more}), act=an_act("partner"))

    async def test_from_acceptance_to_completion_and_every_repeat_is_the_same(self, manager: Staff) -> None:
        project = await a_project_being_built(manager)
        order = await WorkOrder.get()
        for state in ("accepted", "accepted", "started", "started", "completed", "completed"):
            assert (await self.told(order, state)).stage == state

        await project.refresh_from_db()
        assert project.stage == "inspecting"
        assert (await WorkOrder.get()).crew == "工程管理系统"

    async def test_out_of_order_is_refused(self, manager: Staff) -> None:
        await a_project_being_built(manager)
        order = await WorkOrder.get()
        for early in ("started", "completed"):
            with pytest.raises(NotAllowed):
                await self.told(order, early)
        await self.told(order, "accepted")
        await self.told(order, "started")
        with pytest.raises(NotAllowed):
            await self.told(order, "accepted")

    async def test_only_the_newest_revision_may_be_worked_on(self, manager: Staff) -> None:
        project = await a_project_being_built(manager)
        old = await WorkOrder.get()
        new = await a_work_order(project)
        with pytest.raises(NotAllowed):
            await self.told(old, "accepted")
        assert (await self.told(new, "accepted")).revision == 2

    async def test_a_note_is_kept_as_progress(self, manager: Staff) -> None:
        await a_project_being_built(manager)
        await self.told(await WorkOrder.get(), "accepted", note="二队进场")

        assert (await WorkProgress.get()).note == "二队进场"

    async def test_a_work_order_nobody_issued_is_not_found(self, manager: Staff) -> None:
        await a_project_being_built(manager)
        order = await WorkOrder.get()
        order.revision = 9
        with pytest.raises(NotFound):
            await self.told(order, "accepted")
