"""What a development database begins with."""

from decimal import Decimal
from functools import cache
from typing import Literal

from config.documents import CustomerKind
from config.tables import Table, read


class DemoMember(Table):
    """One login; its WeCom user id is the same word."""

    login: str
    name: str
    phone: str
    role: str
    department: str
    districts: tuple[str, ...] = ()
    rota_order: int = 0


class DemoSite(Table):
    """A site whose project has passed acceptance."""

    address: str
    customer_kind: CustomerKind
    district: str


class DemoApplication(Table):
    """An application and how far it has come."""

    contact_name: str
    contact_phone: str
    customer_kind: CustomerKind
    address: str
    hourly_flow_m3: Decimal | None = None
    purpose: str | None = None
    reaches: Literal["filed", "visit_booked", "visited"]
    filed_hours_ago: int


class Demo(Table):
    staff: tuple[DemoMember, ...]
    sites: tuple[DemoSite, ...]
    applications: tuple[DemoApplication, ...]


@cache
def demo() -> Demo:
    """Raises ConfigurationFault."""
    return read("demo.toml", Demo)
