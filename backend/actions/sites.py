"""Finds the site an address belongs to, or begins one with its project (contract: sites)."""

from dataclasses import dataclass

from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import PreServiceProject, Site
from backend.rules import addresses
from backend.rules.stages import NEW
from config import policy
from config.districts import districts


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address belongs. `opened` says that the project is new, not recorded yet and without a manager."""

    key: str
    district: str
    site: Site
    project: PreServiceProject
    opened: bool


async def find_or_open(
    address: str,
    kind: str,
    *,
    district: str | None,
    contact: tuple[str, str],
    act: Act,
    site_name: str | None = None,
) -> Place:
    """The place of an address for one kind of customer; `site_name` names a new site where the filer knows the name.

    Two filings for one new site wait for each other.
    """
    known = districts()
    key = addresses.key_of(address, known)
    town = district if district in known.towns else addresses.town_of(address, known)
    site = await _longest_match(key, kind)
    if site is None:
        name = addresses.plain(site_name, known) if site_name else addresses.site_name(address, known)
        await lock_name(f"site:{kind}:{addresses.key_of(name, known)}")
        site = await _longest_match(key, kind) or await _named(name, kind, town or known.fallback, act)
    await lock_name(f"project:{site.id}")
    project = await PreServiceProject.filter(site_id=site.id).exclude(stage="cancelled").first()
    opened = project is None
    project = project or await _open_project(site, address, contact, act)
    return Place(key=key, district=town or site.district, site=site, project=project, opened=opened)


async def _named(name: str, kind: str, district: str, act: Act) -> Site:
    """The site of this name, which an early address (the corner of two roads) may not begin with; else a new one."""
    key = addresses.key_of(name, districts())
    known = await Site.get_or_none(customer_kind=kind, key=key)
    return known or await Site.create(
        name=name, key=key, customer_kind=kind, district=district, created_at=act.now
    )


async def _longest_match(key: str, kind: str) -> Site | None:
    found = await Site.filter(customer_kind=kind, key__in=addresses.prefixes(key))
    return max(found, key=lambda site: len(site.key), default=None)


async def _open_project(site: Site, address: str, contact: tuple[str, str], act: Act) -> PreServiceProject:
    name, phone = contact
    return await PreServiceProject.create(
        site_id=site.id,
        customer_kind=site.customer_kind,
        address=address,
        contact_name=name,
        contact_phone=phone,
        stage=NEW,
        manager_id=None,
        policy_version=policy.current().version,
        opened_at=act.now,
        stage_at=act.now,
    )
