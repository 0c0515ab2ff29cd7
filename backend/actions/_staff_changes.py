"""What was changed of a member of staff: noted with the old value, and told to those it concerns."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.actions import _outbox, handing_over
from backend.actions.act import Act
from backend.models import AuditEntry, Staff
from config.messages.regulation import regulation_words
from config.messages.texts import fill, words


async def note(action: str, member: Staff, act: Act, changes: Mapping[str, Any] | None = None) -> None:
    """Who did it, when, to whom; `changes` are pairs of the old and the new value by field."""
    await AuditEntry.create(
        staff_id=act.staff_id,
        action=action,
        at=act.now,
        facts={"member": member.id, "login": member.login, "changes": dict(changes or {})},
    )


async def tell_member(what: str, member: Staff, act: Act) -> None:
    """The member hears what was done with their account, by whom: nobody takes an account over unseen."""
    actor = await Staff.get(id=act.staff_id)
    done = fill(words().account_acts[what], {"roles": role_names(member.roles)})
    await handing_over.push("account_changed", member.id, {"person": actor.name, "note": done}, act)


async def tell_of_power(member: Staff, gained: Iterable[str], act: Act) -> None:
    """New roles are seen by the department's supervisors and by every other administrator."""
    names = role_names(gained)
    if not names:
        return
    actor = await Staff.get(id=act.staff_id)
    others = Staff.filter(active=True, roles__contains=["administrator"]).exclude(id=actor.id)
    watchers = [
        *await _outbox.supervisors_of_department(member.department),
        *[row.id for row in await others.order_by("id")],
    ]
    facts = {"person": actor.name, "contact_name": member.name, "note": names}
    for watcher in dict.fromkeys(watchers):
        if watcher != member.id:
            await handing_over.push("roles_given", watcher, facts, act)


def role_names(keys: Iterable[str]) -> str:
    """The roles as people call them, in the order of the list of roles."""
    wanted = set(keys)
    return "、".join(name for key, name in regulation_words().roles.items() if key in wanted)
