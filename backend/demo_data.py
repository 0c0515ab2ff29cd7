"""python -m backend.demo_data: brings the tables up to date and loads what a development database begins with.

Harmless when repeated: what is there stays as it is. Refused in production.
"""

import asyncio
import sys
from datetime import timedelta

from tortoise.transactions import in_transaction

from backend import clock, database, embedded
from backend.actions import applications, development_clock, staff_access, visits
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.embedded import EmbeddedServicesUnavailable
from backend.models import ConnectionApplication, PreServiceProject, Site, Staff
from backend.rules import addresses
from backend.rules.filing import Filing
from config import policy, settings
from config.demo import DemoApplication, DemoMember, DemoSite, demo
from config.districts import districts
from config.settings import Settings
from config.settings_problems import BadSettings

_VISIT_AFTER = timedelta(hours=2)


async def load(chosen: Settings) -> None:
    """Loads what is missing, all or nothing; a second loader waits and then finds it all there."""
    clock.set_ahead(await development_clock.read_ahead())
    password_hash = await asyncio.to_thread(staff_access.hash_password, chosen.demo_password)
    async with in_transaction():
        await lock_name("demo_data")
        for member in demo().staff:
            await _hire(member, password_hash, chosen.demo_password)
        for site in demo().sites:
            await _build(site)
        for application in demo().applications:
            await _file(application)


async def _hire(member: DemoMember, password_hash: str, password: str) -> None:
    """A member as given; one who is there already only gets today's password."""
    known = await Staff.get_or_none(login=member.login)
    if known is None:
        await Staff.create(
            login=member.login,
            name=member.name,
            phone=member.phone,
            password_hash=password_hash,
            roles=[member.role],
            department=member.department,
            districts=list(member.districts),
            wecom_user_id=member.login,
            rota_order=member.rota_order,
            created_at=clock.now(),
        )
    elif not await asyncio.to_thread(staff_access.matches, known.password_hash, password):
        known.password_hash = password_hash
        await known.save(update_fields=["password_hash"])


async def _build(wanted: DemoSite) -> None:
    name = addresses.site_name(wanted.address, districts())
    key = addresses.key_of(name, districts())
    if await Site.exists(key=key, customer_kind=wanted.customer_kind):
        return
    now = clock.now()
    site = await Site.create(
        name=name, key=key, customer_kind=wanted.customer_kind, district=wanted.district, created_at=now
    )
    manager = await Staff.filter(roles__contains=["customer_manager"], districts__contains=[wanted.district])
    await PreServiceProject.create(
        site_id=site.id,
        customer_kind=wanted.customer_kind,
        address=wanted.address,
        stage="accepted",
        manager_id=manager[0].id,
        policy_version=policy.current().version,
        opened_at=now,
        stage_at=now,
    )


async def _file(wanted: DemoApplication) -> None:
    """Files by the hotline and goes on as the manager would, through the same actions."""
    if await ConnectionApplication.exists(contact_phone=wanted.contact_phone):
        return
    agent = await Staff.get(login="hotline_agent")
    filing = Filing(
        customer_kind=wanted.customer_kind,
        contact_name=wanted.contact_name,
        contact_phone=wanted.contact_phone,
        address=wanted.address,
        channel="hotline",
        hourly_flow_m3=wanted.hourly_flow_m3,
        purpose=wanted.purpose,
    )
    # filed before today's work begins, so that the first push of a demonstration is not merged with these
    then = clock.now() - timedelta(hours=wanted.filed_hours_ago)
    by_agent = Act(by="hotline_agent", now=then, real_now=clock.real_now(), staff_id=agent.id)
    filed = await applications.accept(filing, act=by_agent)
    if wanted.reaches == "filed":
        return
    by_manager = Act(by="customer_manager", now=then, real_now=clock.real_now(), staff_id=filed.manager_id)
    visit = await visits.book(filed.number, then + _VISIT_AFTER, act=by_manager)
    if wanted.reaches == "visited":
        await visits.check_in(visit.id, visits.CheckIn(), act=by_manager)


async def _migrate_and_load(chosen: Settings) -> None:
    async with embedded.services(chosen) as urls:
        await database.migrate(urls.database_url)
        await database.open_database(urls.database_url)
        try:
            await load(chosen)
        finally:
            await database.close_database()


def main() -> None:
    try:
        chosen = settings.load()
        if chosen.production:
            sys.exit("演示数据只用于开发环境。")
        asyncio.run(_migrate_and_load(chosen))
    except (BadSettings, EmbeddedServicesUnavailable) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
