"""The partners as data: what each may do here, how requests are signed, how changes are reported back."""

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from config.tables import Table, read

Door = Literal["leads", "applications", "work-orders"]
PartnerChannel = Literal["government_portal", "zhenghaoban"]
PartnerKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*$")]
"""Without an underscore: it stands in the names of settings."""

ENGINEERING = "engineering"
"""The partner that gets every work order."""


class Partner(Table):
    """`called` are further names under which a sheet may know it; `channel` is that of its applications."""

    name: str
    called: tuple[str, ...] = ()
    may: tuple[Door, ...]
    channel: PartnerChannel | None = None

    @model_validator(mode="after")
    def _has_channel(self) -> Self:
        if ("applications" in self.may) != (self.channel is not None):
            raise ValueError("a channel goes with applications, and only with them")
        return self


class Signing(Table):
    skew_seconds: int
    longest_nonce: int


class Reports(Table):
    """Seconds and hours are of the real clock."""

    connect_seconds: float
    answer_seconds: float
    lease_seconds: float
    dead_after_hours: float
    first_busy_seconds: float
    first_refused_seconds: float
    longest_pause_seconds: float


class Partners(Table):
    """The file as a whole."""

    partners: dict[PartnerKey, Partner]
    signature: Signing
    reports: Reports

    def find_by_name(self, name: str) -> str | None:
        """The key of the partner a sheet calls so."""
        for key, partner in self.partners.items():
            if name in (key, partner.name, *partner.called):
                return key
        return None


@cache
def partners() -> Partners:
    """Raises ConfigurationFault."""
    return read("partners.toml", Partners)
