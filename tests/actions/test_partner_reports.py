"""What goes back to partners: every change a customer may see, once for each partner, until it is taken or given up."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend import clock
from backend.actions import leads, partner_cases, partner_reports, visits
from backend.actions.leads import LeadNews
from backend.actions.record import record
from backend.gateways.partners import Contact, PartnerLine
from backend.models import ConnectionApplication, OutboxMessage, PartnerCallback, PreServiceProject, Staff
from backend.rules.filing import Filing
from config.partners import partners
from tests.support.builders import MONDAY_15, a_member_of_staff, an_accepted_site, an_act
from tests.support.partner import SECRET, Mailbox, open_mailbox
from tests.support.projects import a_project_being_built, a_work_order

RULES = partners().reports


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


@pytest.fixture
async def line(mailbox: Mailbox) -> AsyncIterator[PartnerLine]:
    """Every platform hears at the same address; the engineering system has none."""
    contact = Contact(url=mailbox.url, secret=SECRET)
    opened = PartnerLine(dict.fromkeys(("zwfw", "gonggai", "duogui"), contact), RULES)
    yield opened
    await opened.close()


@pytest.fixture
async def people(database: str) -> Staff:
    await a_member_of_staff("supervisor")
    return await a_member_of_staff("customer_manager", districts=["龙湖镇"])


async def filed(external_id: str = "ZW-1", address: str = "龙湖镇龙湖锦园3号楼101") -> ConnectionApplication:
    filing = Filing(
        customer_kind="resident",
        contact_name="张三",
        contact_phone="13812345678",
        address=address,
        channel="government_portal",
    )
    return await partner_cases.file("zwfw", external_id, filing, act=an_act("partner"))


async def booked(application: ConnectionApplication, manager: Staff) -> None:
    act = an_act("customer_manager", staff_id=manager.id)
    await visits.book(application.number, MONDAY_15 + timedelta(hours=2), act=act)


async def report_all(line: PartnerLine, at: datetime | None = None) -> int:
    """Real time is the test machine's in signatures alone: here it is what the rows are judged by."""
    tries = 0
    while await partner_reports.report_next(now=MONDAY_15, real_now=at or MONDAY_15, line=line):
        tries += 1
        assert tries < 100
    return tries


@pytest.fixture(autouse=True)
def signed_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mailbox checks time stamps against the machine's clock; rows here live on a Monday of their own."""
    send = PartnerLine.send

    async def send_now(
        self: PartnerLine, partner: str, report_id: str, body: Any, *, real_now: datetime
    ) -> None:
        await send(self, partner, report_id, body, real_now=clock.real_now())

    monkeypatch.setattr(PartnerLine, "send", send_now)


class TestReports:
    async def test_a_booked_visit_reaches_the_platform_signed(
        self, people: Staff, line: PartnerLine, mailbox: Mailbox
    ) -> None:
        await an_accepted_site()
        application = await filed()
        await booked(application, people)

        assert await report_all(line) == 1
        [told] = mailbox.told()
        assert (told["external_id"], told["number"]) == ("ZW-1", application.number)
        assert (told["event"], told["stage"], told["title"]) == ("visit_booked", "visit_booked", "已约上门")
        assert told["at"] == "2026-11-23T15:00:00+08:00"
        assert mailbox.requests[0]["headers"]["Idempotency-Key"] == told["id"]

    async def test_a_project_is_told_to_its_leads_and_to_whoever_waits_for_it(
        self, people: Staff, line: PartnerLine, mailbox: Mailbox
    ) -> None:
        news = LeadNews(
            partner="gonggai",
            external_id="GG-1",
            site_name="新苑小区",
            address="龙湖镇新苑小区",
            customer_kind="resident",
            stage="planning",
        )
        await leads.take_in(news, act=an_act("partner"))
        application = await filed(address="龙湖镇新苑小区1号楼101")
        project = await PreServiceProject.get()
        act = an_act("customer_manager", staff_id=people.id)
        await visits.book_for_project(project.id, MONDAY_15 + timedelta(hours=2), act=act)
        await report_all(line)

        told = {(one["external_id"], one["number"]) for one in mailbox.told(event="visit_booked")}
        assert told == {("GG-1", project.number), ("ZW-1", application.number)}

    async def test_what_is_for_staff_only_stays_here(self, people: Staff) -> None:
        await an_accepted_site()
        application = await filed()
        await record(application, "target_missed", act=an_act("system"))

        assert await PartnerCallback.all().count() == 0

    async def test_a_partner_without_an_address_is_passed_over(
        self, people: Staff, line: PartnerLine
    ) -> None:
        await a_project_being_built(people)

        await report_all(line)
        [row] = await PartnerCallback.all()
        assert (row.partner, row.state) == ("engineering", "unwanted")

    async def test_every_revision_of_a_work_order_is_pushed(self, people: Staff) -> None:
        project = await a_project_being_built(people)
        await a_work_order(project)

        pushed = [
            row.body for row in await PartnerCallback.filter(partner="engineering").order_by("created_at")
        ]
        states = {(body["revision"], body["state"]) for body in pushed}
        assert states == {(1, "issued"), (1, "superseded"), (2, "issued")}
        newest = next(body for body in pushed if body["revision"] == 2)
        assert newest["survey"] == {
            "pressure_ok": True,
            "hourly_flow_m3": "18.50",
            "excavation_metres": "50.00",
        }
        assert newest["design"] == {"scheme": "standard", "quantities": "管道20米"}


class TestTrouble:
    async def test_a_busy_partner_is_asked_again_later_with_the_same_id(
        self, people: Staff, line: PartnerLine, mailbox: Mailbox
    ) -> None:
        await an_accepted_site()
        await booked(await filed(), people)
        mailbox.answers = [503, 429]

        assert await report_all(line) == 1
        assert await report_all(line, MONDAY_15 + timedelta(seconds=RULES.first_busy_seconds)) == 1
        assert await report_all(line, MONDAY_15 + timedelta(minutes=5)) == 1
        assert len({one["body"]["id"] for one in mailbox.requests}) == 1
        assert len({one["headers"]["X-Nonce"] for one in mailbox.requests}) == 3
        assert len(mailbox.told()) == 1

    async def test_nothing_hammers_a_partner_that_is_away(
        self, people: Staff, line: PartnerLine, mailbox: Mailbox
    ) -> None:
        await an_accepted_site()
        application = await filed()
        await booked(application, people)
        for hour in range(3, 8):
            act = an_act("customer_manager", staff_id=people.id)
            await visits.book(application.number, MONDAY_15 + timedelta(hours=hour), act=act)
        mailbox.answers = [500] * 6

        assert await report_all(line) == 1  # the other five wait with the first

    async def test_a_wrong_secret_is_tried_again_slowly(
        self, people: Staff, line: PartnerLine, mailbox: Mailbox
    ) -> None:
        await an_accepted_site()
        await booked(await filed(), people)
        mailbox.answers = [401]

        await report_all(line)
        [row] = await PartnerCallback.all()
        assert row.attempt_at == MONDAY_15 + timedelta(seconds=RULES.first_refused_seconds)
        assert (row.state, row.last_answer) == ("waiting", "HTTP 401")

    async def test_a_lapsed_lease_is_picked_up(
        self, people: Staff, line: PartnerLine, mailbox: Mailbox
    ) -> None:
        await an_accepted_site()
        await booked(await filed(), people)
        await PartnerCallback.all().update(  # as a process killed between claim and record leaves it
            attempts=1, attempt_at=MONDAY_15 + timedelta(seconds=RULES.lease_seconds)
        )

        assert await report_all(line) == 0
        assert await report_all(line, MONDAY_15 + timedelta(seconds=RULES.lease_seconds)) == 1
        assert len(mailbox.told()) == 1

    @pytest.mark.parametrize(
        ("answer", "after"), [(422, timedelta(0)), (503, timedelta(hours=RULES.dead_after_hours, seconds=1))]
    )
    async def test_what_is_given_up_is_told_to_the_supervisor_once(
        self, people: Staff, line: PartnerLine, mailbox: Mailbox, answer: int, after: timedelta
    ) -> None:
        await an_accepted_site()
        application = await filed()
        await booked(application, people)
        await booked(application, people)
        mailbox.answers = [answer] * 2

        await report_all(line, MONDAY_15 + after)
        assert {row.state for row in await PartnerCallback.all()} == {"dead"}
        [alarm] = await OutboxMessage.filter(message="partner_not_told")
        assert alarm.facts["partner"] == "郑州市政务服务网"
        assert str(answer) in alarm.facts["reason"]
