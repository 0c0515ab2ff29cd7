"""What the assistant knows of the person it talks with: themselves, and the cases they may see."""

from dataclasses import dataclass
from datetime import datetime

from config.documents import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCase:
    """One application as the assistant needs it. `open` until it is ignited (`burns`) or cancelled; `ratable` once ignited, unrated.

    `filed_here`: by this customer, through the account or the mini-program.
    """

    id: int
    number: str
    customer_kind: str
    contact_name: str
    contact_phone: str
    address: str
    stage_name: str
    open: bool
    burns: bool
    ratable: bool
    missing: tuple[Paper, ...]
    visit_at: datetime | None
    filed_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`phone` is the verified one. `cases` are the newest first, at most ten."""

    name: str | None = None
    phone: str | None = None
    cases: tuple[MyCase, ...] = ()
