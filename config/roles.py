"""Who may use which staff door, and whose cases they reach, as `roles.toml` says."""

from functools import cache
from typing import Literal, get_args

from config.tables import Table, read

StaffRole = Literal[
    "customer_manager",
    "hotline_agent",
    "counter_clerk",
    "designer",
    "contractor",
    "site_manager",
    "inspector",
    "duty_officer",
    "supervisor",
    "administrator",
]
Department = Literal["engineering", "customer_service", "market_development"]
Reach = Literal["all", "own", "department", "site", "task", "none"]

EVERYONE: tuple[StaffRole, ...] = get_args(StaffRole)


class Roles(Table):
    """The file as a whole; every role has a reach."""

    doors: dict[str, Literal["everyone"] | tuple[StaffRole, ...]]
    reach: dict[StaffRole, Reach]

    def of(self, door: str) -> tuple[StaffRole, ...]:
        """The roles that may use this door, in the order in which a member's are tried. Raises KeyError."""
        allowed = self.doors[door]
        return EVERYONE if allowed == "everyone" else allowed


@cache
def roles() -> Roles:
    """Raises ConfigurationFault."""
    return read("roles.toml", Roles)
