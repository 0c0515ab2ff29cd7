"""What the backend is told some time after a send, unless a fault holds it back."""

from datetime import timedelta
from typing import Any

from simulator.acts.perform import event_fields
from simulator.callbacks.receipts import USUAL_DELAY
from simulator.memory.faults import Fault
from simulator.memory.people import Person
from simulator.settings import Account
from simulator.world import World

_FATES = frozenset({Fault.RECEIPT_FAILED, Fault.USER_REFUSED})
_COURSES = frozenset({Fault.RECEIPT_LATE, Fault.RECEIPT_LOST})


def names_of(person: Person) -> frozenset[str]:
    """How a fault may name this person."""
    return frozenset({person.key, person.unionid, *person.openids.values()})


def fate(world: World, path: str, person: Person) -> str:
    """What the receipt will say: `success`, or why the message is not shown."""
    planned = world.faults.take(path, _FATES, names_of(person))
    if person.refuses or (planned and planned.kind is Fault.USER_REFUSED):
        return "failed:user block"
    return "failed: system failed" if planned else "success"


def plan_receipt(
    world: World, path: str, account: Account, person: Person, event: str, more: dict[str, Any]
) -> None:
    """On its way after the usual delay; later or never when a fault says so."""
    planned = world.faults.take(path, _COURSES, names_of(person))
    if planned and planned.kind is Fault.RECEIPT_LOST:
        return
    delay = timedelta(seconds=planned.seconds) if planned else USUAL_DELAY
    world.receipts.plan(account, event_fields(world, account, person, event, more), delay=delay)
