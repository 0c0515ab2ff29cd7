"""An application whose address or kind was wrong comes to the site it belongs to."""

from dataclasses import replace

from backend.actions import sites
from backend.actions.act import Act
from backend.actions.locks import lock_name, lock_project
from backend.actions.record import record
from backend.actions.sites import Place
from backend.models import ConnectionApplication, Lead
from backend.rules import addresses
from backend.rules.filing import check_address
from backend.rules.stages import APPLICATION
from config.districts import districts


async def find(
    application: ConnectionApplication, address: str | None, kind: str | None, *, act: Act
) -> Place | None:
    """Where it belongs now; an ended one stays with its site. Raises InvalidField for an address that is none."""
    wanted, kind = address or application.address, kind or application.customer_kind
    check_address(wanted)
    if application.stage in APPLICATION.final:
        return None
    await lock_name(f"address:{kind}:{addresses.key_of(wanted, districts())}")
    contact = (application.contact_name, application.contact_phone)
    return await sites.find_or_open(wanted, kind, district=None, contact=contact, act=act)


def place_at(application: ConnectionApplication, place: Place | None) -> int | None:
    """Sets the key of the address, and of a case under way its site; returns the project it leaves, if any."""
    application.address_key = addresses.key_of(application.address, districts())
    left = None
    if place is not None:
        left = application.project_id if application.project_id != place.project.id else None
        application.district, application.site_id = place.district, place.site_id
        application.project_id = place.project.id
    return left


async def follow(
    application: ConnectionApplication, place: Place | None, left: int | None, *, act: Act
) -> None:
    """Stage and clocks follow the site, ready or not; a project begun by the mistake alone is given up."""
    if place is None:
        return
    if place.opened:
        place.project.manager_id = application.manager_id
        await place.project.save(update_fields=["manager_id"])
        await record(place.project, "opened", act=act)
    ready, waiting = place.project.stage == "accepted", application.stage == "awaiting_project"
    if ready and waiting:
        await record(application, "moved_to_ready_site", act=act)
    elif not ready and not waiting:
        await record(application, "moved_to_waiting_site", act=act)
    if left is not None:
        await _give_up(left, act)


async def _give_up(project_id: int, act: Act) -> None:
    """Nobody else asked for gas there, and no platform told of it."""
    project = await lock_project(project_id)
    wanted = await ConnectionApplication.exists(project_id=project.id) or await Lead.exists(
        project_id=project.id
    )
    if project.stage == "lead" and not wanted:
        await record(project, "cancelled", act=replace(act, by="system"))
