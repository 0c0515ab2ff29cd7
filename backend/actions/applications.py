"""Filing and cancelling applications (报装): the one door for every channel (§1.3-1, §2.2-1)."""

from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions import assignments, documents, emergencies, people, sites, wishes
from backend.actions.act import Act
from backend.actions.locks import lock_application, lock_name
from backend.actions.record import record, record_all
from backend.models import ConnectionApplication
from backend.queries.rows import rows
from backend.rules import addresses
from backend.rules.errors import DuplicateApplication
from backend.rules.filing import COUNTERS, Filing, check_filing
from backend.rules.papers import check_essential
from backend.rules.stages import APPLICATION, NEW
from config import policy
from config.districts import districts

_NEXT_NUMBER = """
INSERT INTO number_series (day, last_number) VALUES ($1, 1)
ON CONFLICT (day) DO UPDATE SET last_number = number_series.last_number + 1 RETURNING last_number
"""
_OPEN_THERE = """
SELECT number FROM applications
WHERE address_key = $1 AND customer_kind = $2 AND stage <> ALL($3) AND (
    customer_id = $4 OR contact_phone = coalesce($5, (SELECT phone FROM customers WHERE id = $4))
)
ORDER BY customer_id = $4 DESC, id LIMIT 1
"""


async def accept(filing: Filing, *, act: Act, papers_later: bool = False) -> ConnectionApplication:
    """Files an application; its clocks, tasks and messages begin with it.

    `papers_later`: an agent asks for many and brings nobody's papers; like any on-behalf filing it is not held up by them.
    Raises Forbidden (not this filer's channel), InvalidField, DuplicateApplication with the first one's number,
    MissingEssentialDocument (at a counter).
    """
    check_filing(filing, by=act.by, now=act.now, policy=policy.current())
    async with in_transaction():
        await lock_name(f"address:{filing.customer_kind}:{addresses.key_of(filing.address, districts())}")
        customer_id = await _customer_of(filing, act)
        await _check_duplicate(filing, customer_id, act)
        place = await sites.find_or_open(
            filing.address,
            filing.customer_kind,
            district=filing.district,
            contact=(filing.contact_name, filing.contact_phone),
            act=act,
        )
        application = await _create(filing, customer_id, place, act)
        papers, gaps = await documents.come_with(application, filing.document_ids, act=act)
        if filing.channel in COUNTERS and not papers_later:
            check_essential(gaps)
        filed = "filed_ready" if place.project.stage == "accepted" else "filed_waiting"
        await record_all(application, [(filed, {}), *papers], act=act)
        if place.opened:
            place.project.manager_id = application.manager_id
            await place.project.save(update_fields=["manager_id"])
            await record(place.project, "opened", act=act)
        if filing.preferred_visit_at is not None:
            await wishes.wait_until(application, filing.preferred_visit_at, act=act)
        return application


async def cancel(number: str, reason: str, *, act: Act, danger: str | None = None) -> ConnectionApplication:
    """Ends an application before ignition; `danger` is what the reason tells of. Raises NotFound, NotAllowed."""
    async with in_transaction():
        application = await lock_application(number)
        await record(application, "cancelled", act=act, facts={"note": reason})
        await emergencies.heed(danger, reason, application, act=act)
        return application


async def _customer_of(filing: Filing, act: Act) -> int:
    if act.by == "customer":
        if act.customer_id is None:
            raise ValueError("a customer files for themself")
        return act.customer_id
    known = await people.by_phone(filing.contact_phone, filing.contact_name, now=act.now)
    known_id: int = known.id
    return known_id


async def _check_duplicate(filing: Filing, customer_id: int, act: Act) -> None:
    """Someone else's open application at the address is no duplicate; the same phone filed by staff is, and what stands
    under the customer's own verified one."""
    key = addresses.key_of(filing.address, districts())
    phone = None if act.by == "customer" else filing.contact_phone
    final = list(APPLICATION.final)
    found = await rows(_OPEN_THERE, key, filing.customer_kind, final, customer_id, phone)
    if found:
        raise DuplicateApplication(number=found[0]["number"])


async def _create(filing: Filing, customer_id: int, place: sites.Place, act: Act) -> ConnectionApplication:
    mine = act.staff_id if act.by == "customer_manager" else None
    chosen = None if mine else await assignments.choose_manager(place.district, now=act.now)
    return await ConnectionApplication.create(
        number=await _next_number(act.now),
        customer_id=customer_id,
        site_id=place.site_id,
        project_id=place.project.id,
        manager_id=mine or chosen,
        customer_kind=filing.customer_kind,
        contact_name=filing.contact_name,
        contact_phone=filing.contact_phone,
        address=filing.address,
        address_key=place.key,
        district=place.district,
        hourly_flow_m3=filing.hourly_flow_m3,
        purpose=filing.purpose,
        preferred_visit_at=filing.preferred_visit_at,
        channel=filing.channel,
        street_canvass=filing.street_canvass,
        on_behalf_consent=filing.on_behalf_consent,
        agent_name=filing.agent_name,
        agent_consent=filing.agent_consent,
        filed_by_id=act.staff_id,
        stage=NEW,
        stage_at=act.now,
        filed_at=act.now,
        policy_version=policy.current().version,
    )


async def _next_number(now: datetime) -> str:
    """XZ, the Shanghai date and the day's running number."""
    day = now.astimezone(policy.current().tz).date()
    (row,) = await rows(_NEXT_NUMBER, day)
    return f"XZ{day:%Y%m%d}{row['last_number']:04d}"
