"""Finds the site an address belongs to, or begins one with its project (contract: sites)."""

from dataclasses import dataclass
from typing import NamedTuple

from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import PreServiceProject, Site
from backend.queries.rows import rows
from backend.rules import addresses
from backend.rules.stages import NEW
from config import policy
from config.districts import districts

_LONGEST = """
SELECT id, district FROM sites WHERE customer_kind = $1 AND key = ANY($2) ORDER BY length(key) DESC LIMIT 1
"""


class _Found(NamedTuple):
    """A site that is known."""

    id: int
    district: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address belongs. `opened` says that the project is new, not recorded yet and without a manager."""

    key: str
    district: str
    site_id: int
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
    project = project or await _open_project(site, kind, address, contact, act)
    return Place(key=key, district=town or site.district, site_id=site.id, project=project, opened=opened)


async def _named(name: str, kind: str, district: str, act: Act) -> _Found:
    """The site of this name, which an early address (the corner of two roads) may not begin with; else a new one."""
    key = addresses.key_of(name, districts())
    facts = {"name": name, "district": district, "created_at": act.now}
    site, _ = await Site.get_or_create(facts, customer_kind=kind, key=key)
    return _Found(site.id, site.district)


async def _longest_match(key: str, kind: str) -> _Found | None:
    found = await rows(_LONGEST, kind, list(addresses.prefixes(key)))
    return _Found(found[0]["id"], found[0]["district"]) if found else None


async def _open_project(
    site: _Found, kind: str, address: str, contact: tuple[str, str], act: Act
) -> PreServiceProject:
    name, phone = contact
    return await PreServiceProject.create(
        site_id=site.id,
        customer_kind=kind,
        address=address,
        contact_name=name,
        contact_phone=phone,
        stage=NEW,
        manager_id=None,
        policy_version=policy.current().version,
        opened_at=act.now,
        stage_at=act.now,
    )
