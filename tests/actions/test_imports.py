"""Sheets into tables: nothing lost, nothing doubled, stopped and resumed anywhere."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from backend.actions import imports
from backend.actions.act import Act
from backend.actions.imports import Sheet
from backend.models import Event, HouseholdFile, ImportRun, Lead, PreServiceProject, Settlement, Staff, Task
from backend.rules.errors import InvalidField, NotAllowed, NotFound
from config.imports import imports as rules
from tests.support.builders import MONDAY_15, a_member_of_staff, an_accepted_site, an_act
from tests.support.sheets import HOUSEHOLDS, LEADS, a_csv, a_household, a_workbook

CHUNK = rules().household_chunk


async def a_settled_project() -> PreServiceProject:
    await an_accepted_site("龙湖锦园")
    project = await PreServiceProject.get()
    await Settlement.create(
        project_id=project.id,
        amount_yuan=Decimal(1000),
        papers=[],
        document_ids=[],
        state="approved",
        note="",
        submitted_at=MONDAY_15,
    )
    return project


def households(project: PreServiceProject, content: bytes) -> Sheet:
    return Sheet(kind="households", file_name="户表.xlsx", content=content, project_id=project.id)


async def run_all(at_most: int = 1000) -> int:
    portions = 0
    while portions < at_most and await imports.import_next(now=MONDAY_15, real_now=MONDAY_15):
        portions += 1
    return portions


async def the(run: ImportRun) -> ImportRun:
    return await ImportRun.get(id=run.id)


@pytest.fixture
async def clerk(database: str) -> Act:
    person = await a_member_of_staff("counter_clerk")
    await a_member_of_staff("customer_manager", districts=["和庄镇"])
    return an_act("counter_clerk", staff_id=person.id)


@pytest.fixture
async def project(clerk: Act) -> PreServiceProject:
    return await a_settled_project()


class TestHouseholds:
    async def test_a_preview_imports_nothing_and_names_the_bad_rows(
        self, clerk: Act, project: PreServiceProject
    ) -> None:
        rows = [a_household(0), a_household(1, contact_phone="无"), a_household(2, meter_number="=1+1")]
        run = await imports.preview(households(project, a_csv(HOUSEHOLDS, rows)), act=clerk)

        assert await run_all() == 0
        assert (run.state, run.total, run.good) == ("preview", 3, 1)
        assert [bad["row"] for bad in run.bad_rows] == [3, 4]
        assert await HouseholdFile.all().count() == 0

    async def test_all_rows_arrive_and_the_project_is_archived(
        self, clerk: Act, project: PreServiceProject
    ) -> None:
        task = await Task.create(
            kind="household_files", role="counter_clerk", project_id=project.id, opened_at=MONDAY_15
        )
        run = await imports.preview(
            households(project, a_workbook(HOUSEHOLDS, map(a_household, range(CHUNK + 20)))), act=clerk
        )
        await imports.move(run.id, "start", act=clerk)

        assert await run_all() == 2
        run = await the(run)
        assert (run.state, run.done, run.created, run.changed) == ("done", CHUNK + 20, CHUNK + 20, 0)
        one = await HouseholdFile.get(building="1号楼", unit="1", room="103")
        assert (one.contact_name, one.contact_phone, one.meter_number) == ("业主2", "13700000002", "M000002")
        await project.refresh_from_db()
        assert project.archived_at == MONDAY_15
        assert (
            await Event.filter(project_id=project.id, name="archived", by_staff_id=clerk.staff_id).count()
            == 1
        )
        assert (await Task.get(id=task.id)).state == "done"

    async def test_a_second_import_changes_only_what_changed(
        self, clerk: Act, project: PreServiceProject
    ) -> None:
        first = await imports.preview(
            households(project, a_csv(HOUSEHOLDS, map(a_household, range(30)))), act=clerk
        )
        await imports.move(first.id, "start", act=clerk)
        await run_all()
        rows = [a_household(number) for number in range(29)]
        rows += [a_household(29, contact_name="新业主"), a_household(30)]
        later = an_act("counter_clerk", MONDAY_15 + timedelta(days=1), staff_id=clerk.staff_id)
        second = await imports.preview(households(project, a_csv(HOUSEHOLDS, rows)), act=later)
        await imports.move(second.id, "start", act=later)
        while await imports.import_next(now=later.now, real_now=later.now):
            pass

        second = await the(second)
        assert (second.done, second.created, second.changed) == (31, 1, 1)
        assert await HouseholdFile.filter(changed_at=MONDAY_15).count() == 29
        assert await Event.filter(project_id=project.id, name="archived").count() == 1

    async def test_stopped_and_resumed_it_goes_on_where_it_was(
        self, clerk: Act, project: PreServiceProject
    ) -> None:
        run = await imports.preview(
            households(project, a_csv(HOUSEHOLDS, map(a_household, range(CHUNK * 3)))), act=clerk
        )
        await imports.move(run.id, "start", act=clerk)
        await run_all(at_most=1)
        await imports.move(run.id, "cancel", act=clerk)
        assert await run_all() == 0
        assert (await the(run)).done == CHUNK == await HouseholdFile.all().count()

        await imports.move(run.id, "resume", act=clerk)
        await run_all()
        assert (await the(run)).state == "done"
        assert await HouseholdFile.all().count() == CHUNK * 3

    async def test_two_schedulers_write_each_portion_once(
        self, clerk: Act, project: PreServiceProject
    ) -> None:
        run = await imports.preview(
            households(project, a_csv(HOUSEHOLDS, map(a_household, range(CHUNK * 2 + 1)))), act=clerk
        )
        await imports.move(run.id, "start", act=clerk)
        for _ in range(4):
            await asyncio.gather(run_all(), run_all())

        run = await the(run)
        assert (run.state, run.done, run.created) == ("done", CHUNK * 2 + 1, CHUNK * 2 + 1)

    async def test_only_into_a_settled_resident_project(self, clerk: Act) -> None:
        sheet = a_csv(HOUSEHOLDS, [a_household(0)])
        with pytest.raises(InvalidField):
            await imports.preview(Sheet(kind="households", file_name="", content=sheet), act=clerk)
        with pytest.raises(NotFound):
            await imports.preview(
                Sheet(kind="households", file_name="", content=sheet, project_id=1), act=clerk
            )
        site = await an_accepted_site("中兴路商业街", "non_resident")
        project = await PreServiceProject.get(site_id=site.id)
        with pytest.raises(NotAllowed):
            await imports.preview(households(project, sheet), act=clerk)

    async def test_verbs_that_do_not_fit_are_refused(self, clerk: Act, project: PreServiceProject) -> None:
        run = await imports.preview(households(project, a_csv(HOUSEHOLDS, [a_household(0)])), act=clerk)
        with pytest.raises(NotAllowed):
            await imports.move(run.id, "resume", act=clerk)
        await imports.move(run.id, "start", act=clerk)
        await imports.move(run.id, "start", act=clerk)  # a double tap
        await run_all()
        with pytest.raises(NotAllowed):
            await imports.move(run.id, "cancel", act=clerk)
        with pytest.raises(NotFound):
            await imports.move(run.id + 1, "start", act=clerk)


class TestLeads:
    def rows(self, *more: tuple[str, ...]) -> bytes:
        lead = (
            "工改",
            "GG-1",
            "溪畔花园",
            "新郑市和庄镇溪畔花园",
            "居民",
            "规划",
            "溪畔置业",
            "李工",
            "13700001111",
        )
        return a_csv(LEADS, [lead, *more])

    async def imported(self, content: bytes, act: Act) -> ImportRun:
        run = await imports.preview(Sheet(kind="leads", file_name="", content=content), act=act)
        await imports.move(run.id, "start", act=act)
        await run_all()
        return await the(run)

    async def test_leads_get_their_project_manager_and_task(self, clerk: Act) -> None:
        run = await self.imported(self.rows(), clerk)

        assert (run.state, run.created) == ("done", 1)
        lead = await Lead.get(partner="gonggai", external_id="GG-1").select_related("project")
        manager = await Staff.get(login="customer_manager")
        assert lead.project.manager_id == manager.id
        assert (
            await Task.filter(kind="visit", assignee_id=manager.id, project_id=lead.project_id).count() == 1
        )

    async def test_the_same_sheet_again_changes_nothing(self, clerk: Act) -> None:
        await self.imported(self.rows(), clerk)
        again = await self.imported(
            self.rows(("", "9", "新村", "新村镇新村", "居民", "立项", "", "", "")), clerk
        )

        assert (again.created, again.changed, again.done) == (1, 0, 2)
        assert await Task.filter(kind="visit").count() == 2

    async def test_a_row_that_only_the_rules_can_refuse_is_named_too(self, clerk: Act) -> None:
        vague = ("", "10", "和庄镇", "新郑市和庄镇", "居民", "规划", "", "", "")
        run = await self.imported(self.rows(vague), clerk)

        assert (run.state, run.created, run.done) == ("done", 1, 2)
        [bad] = run.bad_rows
        assert bad["row"] == 3
        assert "地址" in bad["reasons"][0]
