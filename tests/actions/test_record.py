"""The one path: what a step of the regulation causes is written together or not at all."""

import asyncio
from datetime import timedelta

import pytest

from backend.actions import applications, documents, voices
from backend.actions.record import record
from backend.models import (
    CaseClock,
    ConnectionApplication,
    Document,
    Event,
    InboxItem,
    OutboxMessage,
    PreServiceProject,
    Reminder,
    Site,
    Staff,
    Task,
)
from backend.rules.errors import DuplicateApplication, MissingEssentialDocument, NotAllowed
from tests.support.builders import (
    ADDRESS,
    MONDAY_15,
    a_customer,
    a_filing,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)


@pytest.fixture
async def manager(database: str) -> Staff:
    await a_member_of_staff("supervisor")
    return await a_member_of_staff("customer_manager", districts=["龙湖镇"])


class TestFiling:
    async def test_one_filing_writes_everything_it_causes(self, manager: Staff) -> None:
        await an_accepted_site()
        filed = await an_application()
        assert (filed.stage, filed.number, filed.manager_id) == ("accepted", "XZ202611230001", manager.id)
        assert {row.name for row in await Event.all()} == {"filed_ready", "documents_missing"}
        assert {row.kind for row in await CaseClock.all()} == {
            "ignition",
            "first_visit",
            "deferred_documents",
        }
        assert await Reminder.exists(clock__kind="ignition", kind="deadline")
        assert {row.kind for row in await Task.all()} == {"visit", "collect_documents"}
        assert sorted(row.message for row in await OutboxMessage.all()) == ["accepted", "new_tasks"]
        assert await InboxItem.all().count() == 2

    async def test_a_filing_is_one_push_to_the_manager_and_a_second_one_a_digest(
        self, manager: Staff
    ) -> None:
        await an_accepted_site()
        await an_application()
        for number in (2, 3):
            await an_application(address=f"龙湖锦园{number}号楼", contact_phone=f"1390000000{number}")
        pushes = await OutboxMessage.filter(staff_id=manager.id).order_by("created_at", "priority")
        assert [row.message for row in pushes] == ["new_tasks", "task_digest"]
        assert pushes[1].facts["count"] == "2"

    async def test_papers_that_come_with_a_filing_stand_behind_it(self, manager: Staff) -> None:
        await an_accepted_site()
        customer = await a_customer()
        lease = await Document.create(kind="title_or_lease", customer_id=customer.id, received_at=MONDAY_15)
        await an_application(customer, document_ids=(lease.id,))
        assert [row.name for row in await Event.all().order_by("id")] == [
            "filed_ready",
            "documents_received",
            "deferred_documents_in",
            "essential_documents_missing",
        ]
        assert not await CaseClock.exists(kind="deferred_documents")
        assert {row.kind for row in await Task.filter(state="open")} == {"visit", "collect_documents"}
        assert (await OutboxMessage.get(message="new_tasks")).facts["task_names"].count("、") == 1

    async def test_a_site_without_accepted_project_waits_and_opens_one(self, manager: Staff) -> None:
        filed = await an_application()
        project = await PreServiceProject.get()
        assert filed.stage == "awaiting_project"
        assert (project.stage, project.manager_id) == ("lead", manager.id)
        assert not await CaseClock.exists(kind="ignition")

    async def test_a_refused_filing_leaves_nothing_behind(self, manager: Staff) -> None:
        await an_accepted_site()
        act = an_act("counter_clerk", staff_id=manager.id)
        with pytest.raises(MissingEssentialDocument):
            await applications.accept(a_filing(channel="outlet"), act=act)
        for table in (ConnectionApplication, Event, CaseClock, Task, OutboxMessage, InboxItem):
            assert await table.all().count() == 0


class TestTwoAtOnce:
    async def test_two_filings_for_one_address_make_one_application(self, manager: Staff) -> None:
        customer = await a_customer()
        results = await asyncio.gather(*[an_application(customer) for _ in range(4)], return_exceptions=True)
        refused = [result for result in results if isinstance(result, DuplicateApplication)]
        (filed,) = await ConnectionApplication.all()
        assert len(refused) == 3
        assert {error.number for error in refused} == {filed.number}

    async def test_two_neighbours_at_a_new_site_share_its_project(self, manager: Staff) -> None:
        await asyncio.gather(
            *[
                an_application(address=f"龙湖锦园{number}号楼", contact_phone=f"1390000000{number}")
                for number in range(1, 5)
            ]
        )
        assert await Site.all().count() == 1
        assert await PreServiceProject.all().count() == 1
        assert len({row.number for row in await ConnectionApplication.all()}) == 4

    async def test_someone_elses_application_there_is_accepted_too(self, manager: Staff) -> None:
        await an_application()
        await an_application(await a_customer(), contact_phone="13900000009")
        assert await ConnectionApplication.all().count() == 2

    async def test_an_urge_and_a_cancellation_at_once_leave_a_whole_case(self, manager: Staff) -> None:
        filed = await an_application()
        await asyncio.gather(
            voices.urge(filed.number, act=an_act()),
            applications.cancel(filed.number, "不装了", act=an_act()),
            return_exceptions=True,
        )
        await filed.refresh_from_db()
        assert filed.stage == "cancelled"
        assert not await Task.exists(application_id=filed.id, state__in=["open", "accepted"])


class TestSteps:
    async def test_what_the_table_does_not_admit_changes_nothing(self, manager: Staff) -> None:
        filed = await an_application()
        before = await Event.all().count()
        with pytest.raises(NotAllowed):
            await record(filed, "ignited", act=an_act("customer_manager"))
        assert await Event.all().count() == before

    async def test_the_last_paper_closes_the_collection_and_its_clock(self, manager: Staff) -> None:
        await an_accepted_site()
        customer = await a_customer()
        filed = await an_application(customer)
        papers = [
            await Document.create(kind=kind, customer_id=customer.id, received_at=MONDAY_15)
            for kind in ("identity", "title_or_lease")
        ]
        act = an_act(customer_id=customer.id)
        await documents.attach(filed.number, [row.id for row in papers], act=act)
        assert (await Task.get(kind="collect_documents")).state == "done"
        assert (await CaseClock.get(kind="deferred_documents")).state == "met"

    async def test_the_number_counts_on_and_begins_anew_each_shanghai_day(self, manager: Staff) -> None:
        numbers = []
        for offset in (0, 8, 10):
            filed = await an_application(
                at=MONDAY_15 + timedelta(hours=offset),
                address=f"{ADDRESS}-{offset}",
                contact_phone=f"1390000{offset:04d}",
            )
            numbers.append(filed.number)
        assert numbers == ["XZ202611230001", "XZ202611230002", "XZ202611240001"]
