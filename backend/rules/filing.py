"""What a filed application must satisfy, whoever files it and through whichever channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from backend.rules import addresses
from backend.rules.errors import Forbidden, InvalidField
from backend.rules.stages import Role
from config.districts import districts
from config.documents import CustomerKind
from config.policy import Policy

Channel = Literal[
    "government_portal",
    "zhenghaoban",
    "official_account",
    "mini_program",
    "government_hall",
    "outlet",
    "hotline",
    "manager_visit",
]

_SHORTEST, _LONGEST = 2, 200  # characters; as wide as the column

COUNTERS: frozenset[Channel] = frozenset({"government_hall", "outlet"})

_CHANNELS_OF: dict[Role, frozenset[Channel]] = {
    "customer": frozenset({"official_account", "mini_program"}),
    "partner": frozenset({"government_portal", "zhenghaoban"}),
    "customer_manager": frozenset({"manager_visit"}),
    "hotline_agent": frozenset({"hotline"}),
    "counter_clerk": COUNTERS,
    "supervisor": COUNTERS | {"hotline", "manager_visit"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a customer, or somebody for them, asks for. An agent needs the consent of whoever they ask for."""

    customer_kind: CustomerKind
    contact_name: str
    contact_phone: str
    address: str
    channel: Channel
    district: str | None = None
    hourly_flow_m3: Decimal | None = None
    purpose: str | None = None
    preferred_visit_at: datetime | None = None
    document_ids: tuple[int, ...] = ()
    street_canvass: bool = False
    on_behalf_consent: bool = False
    agent_name: str | None = None
    agent_consent: bool = False


def role_for_channel(channel: Channel, own: Sequence[Role]) -> Role | None:
    """Of somebody's roles the one in which they may file through this channel."""
    return next((role for role in own if channel in _CHANNELS_OF.get(role, frozenset())), None)


def check_filing(filing: Filing, *, by: Role, now: datetime, policy: Policy) -> None:
    """Raises Forbidden for a channel that is not the filer's, InvalidField for a wish that cannot be met."""
    if filing.channel not in _CHANNELS_OF.get(by, frozenset()):
        raise Forbidden
    if filing.street_canvass and not filing.on_behalf_consent:
        raise InvalidField(field="on_behalf_consent", sentence="consent_required")
    if filing.agent_name is not None and not filing.agent_consent:
        raise InvalidField(field="agent_consent", sentence="agent_consent_required")
    check_address(filing.address)
    if filing.preferred_visit_at is not None:
        check_visit_time(filing.preferred_visit_at, field="preferred_visit_at", now=now, policy=policy)


def check_address(address: str) -> None:
    """An address says more than a town, and fits where addresses are kept and compared. Raises InvalidField."""
    key, name = addresses.key_of(address, districts()), addresses.site_name(address, districts())
    if len(key) < _SHORTEST:
        raise InvalidField(field="address", sentence="address_too_vague")
    site_key = addresses.key_of(name, districts())
    if max(len(address), len(key)) > _LONGEST or max(len(name), len(site_key)) > addresses.LONGEST_SITE_NAME:
        raise InvalidField(field="address", sentence="address_too_long")


def check_site_name(name: str) -> None:
    """A site's name is more than a town's, and fits where names are kept and compared. Raises InvalidField."""
    key = addresses.key_of(name, districts())
    if len(key) < _SHORTEST or max(len(name), len(key)) > addresses.LONGEST_SITE_NAME:
        raise InvalidField(
            field="site_name", sentence="site_name_unclear", longest=addresses.LONGEST_SITE_NAME
        )


def check_visit_time(at: datetime, *, field: str, now: datetime, policy: Policy) -> None:
    """An appointment lies ahead, and not further than the company books. Raises InvalidField."""
    if at < now:
        raise InvalidField(field=field, sentence="visit_in_the_past")
    if at > now + policy.visits.book_ahead:
        raise InvalidField(field=field, sentence="visit_too_far", days=policy.visits.book_ahead.days)
