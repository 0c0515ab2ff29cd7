"""Planning and approval information from the platforms becomes a lead with its visit (§1.1-1, §2.1-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tortoise.transactions import in_transaction

from backend.actions import assignments, sites
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.actions.record import record
from backend.models import Lead
from backend.rules.filing import check_address, check_site_name
from config.documents import CustomerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadNews:
    """What a platform says about a site; `external_id` is the platform's own."""

    partner: str
    external_id: str
    site_name: str
    address: str
    customer_kind: CustomerKind
    stage: Literal["planning", "approval"]
    district: str | None = None
    developer: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenLead:
    """The lead's row, and what became of it: a known lead that says the same again changes nothing."""

    lead_id: int
    project_id: int
    outcome: Literal["created", "changed", "unchanged"]


async def take_in(news: LeadNews, *, act: Act) -> TakenLead:
    """Takes a lead once per platform and id; news about a known one is kept, without another visit task.

    Raises InvalidField for an address or a name that is none.
    """
    check_address(news.address)
    check_site_name(news.site_name)
    async with in_transaction():
        await lock_name(f"lead:{news.partner}:{news.external_id}")
        known = await Lead.get_or_none(partner=news.partner, external_id=news.external_id)
        if known is not None:
            return await _update(known, news, act)
        contact = (news.contact_name or "", news.contact_phone or "")
        place = await sites.find_or_open(
            news.address,
            news.customer_kind,
            district=news.district,
            contact=contact,
            act=act,
            site_name=news.site_name,
        )
        if place.opened:
            place.project.manager_id = await assignments.choose_manager(place.district, now=act.now)
            await place.project.save(update_fields=["manager_id"])
            await record(place.project, "opened", act=act, facts={"partner": news.partner})
        lead = await Lead.create(
            partner=news.partner,
            external_id=news.external_id,
            project_id=place.project.id,
            site_name=news.site_name,
            developer=news.developer,
            stage=news.stage,
            facts=_facts(news),
            received_at=act.now,
            changed_at=act.now,
        )
        return TakenLead(lead_id=lead.id, project_id=place.project.id, outcome="created")


async def _update(lead: Lead, news: LeadNews, act: Act) -> TakenLead:
    facts = _facts(news)
    same = (lead.stage, lead.developer, lead.site_name, lead.facts) == (
        news.stage,
        news.developer,
        news.site_name,
        facts,
    )
    if not same:
        lead.stage, lead.developer, lead.site_name, lead.facts = (
            news.stage,
            news.developer,
            news.site_name,
            facts,
        )
        lead.changed_at = act.now
        await lead.save()
    return TakenLead(lead_id=lead.id, project_id=lead.project_id, outcome="unchanged" if same else "changed")


def _facts(news: LeadNews) -> Mapping[str, Any]:
    return {
        "address": news.address,
        "district": news.district,
        "contact_name": news.contact_name,
        "contact_phone": news.contact_phone,
        "attachments": list(news.attachments),
    }
