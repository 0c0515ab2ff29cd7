"""Who may come in: known customers and active staff."""

from dataclasses import dataclass

from tortoise import connections

from backend.models import Customer, Staff

_EXISTS = "SELECT 1 FROM customers WHERE id = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One active member of staff; `session_version` is the one their tokens must carry."""

    id: int
    login: str
    name: str
    roles: tuple[str, ...]
    department: str
    session_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCustomer:
    """What a customer is told of themselves; `phone` is the verified one."""

    id: int
    name: str | None
    phone: str | None


async def get_customer(customer_id: int) -> KnownCustomer:
    """A customer who has just been identified."""
    row = await Customer.get(id=customer_id)
    return KnownCustomer(id=row.id, name=row.name, phone=row.phone)


async def customer_exists(customer_id: int) -> bool:
    """False when two rows turned out to be one person and this one went."""
    found = await connections.get("default").execute_query_dict(
        _EXISTS, [customer_id]
    )  # before every request
    return bool(found)


async def find_member(staff_id: int) -> Member | None:
    """None when there is no such member, or not any more."""
    return _member(await Staff.get_or_none(id=staff_id, active=True))


async def find_bound_member(openid: str) -> Member | None:
    """The active member whose WeChat this open id of the account is."""
    return _member(await Staff.get_or_none(openid=openid, active=True))


def _member(row: Staff | None) -> Member | None:
    if row is None:
        return None
    return Member(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=tuple(row.roles),
        department=row.department,
        session_version=row.session_version,
    )
