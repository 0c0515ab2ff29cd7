"""Who may be what: roles, departments and districts of a member of staff."""

from collections.abc import Collection
from dataclasses import dataclass

from backend.rules.errors import InvalidField
from config.districts import districts


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an administrator writes of a member."""

    name: str
    phone: str
    department: str
    roles: tuple[str, ...]
    districts: tuple[str, ...] = ()


def check_profile(profile: Profile) -> None:
    """Raises InvalidField.

    An administrator has no other role: who manages accounts touches no cases, and cannot give themselves what is missing.
    """
    if not profile.roles:
        raise InvalidField(field="roles", sentence="roles_missing")
    if "administrator" in profile.roles and len(profile.roles) > 1:
        raise InvalidField(field="roles", sentence="administrator_alone")
    unknown = [name for name in profile.districts if name not in served_districts()]
    if unknown:
        raise InvalidField(field="districts", sentence="unknown_district", names="、".join(unknown))


def served_districts() -> tuple[str, ...]:
    """Every district a case can lie in."""
    return (*districts().towns, districts().fallback)


def lost_work(before: Collection[str], after: Collection[str]) -> frozenset[str]:
    """The roles whose work is given up; a supervisor's includes emergencies nobody else accepted."""
    lost = set(before) - set(after)
    if "supervisor" in lost and "duty_officer" not in after:
        lost.add("duty_officer")
    return frozenset(lost)
