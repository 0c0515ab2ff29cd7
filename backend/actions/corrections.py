"""Mistakes are put right by those allowed, with a reason; the old value is kept and the clocks follow (domain §7)."""

from dataclasses import dataclass

from tortoise.transactions import in_transaction

from backend.actions import _moved_address, documents, people
from backend.actions.act import Act
from backend.actions.locks import lock_application
from backend.actions.record import record
from backend.models import AuditEntry, ConnectionApplication
from backend.rules.errors import DuplicateApplication, InvalidField, NotAllowed, NotFound
from backend.rules.stages import APPLICATION
from config.documents import CustomerKind
from config.messages.texts import words

_FIELDS = ("contact_name", "contact_phone", "address", "customer_kind", "meter_number")
_BY_THEMSELVES = frozenset({"official_account", "mini_program"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was meant; None where nothing was wrong."""

    reason: str
    contact_name: str | None = None
    contact_phone: str | None = None
    address: str | None = None
    customer_kind: CustomerKind | None = None
    meter_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    field: str
    before: str
    after: str


async def correct(number: str, wanted: Correction, *, act: Act) -> ConnectionApplication:
    """Puts fields right. Another address or kind may mean another site: the stage and its clocks follow.

    Raises NotFound, NotAllowed, InvalidField (nothing differs, an address that is none), DuplicateApplication.
    """
    async with in_transaction():
        seen = await ConnectionApplication.get_or_none(number=number)
        if seen is None:
            raise NotFound
        changes = _differing(seen, wanted)
        moved = {"address", "customer_kind"} & {change.field for change in changes}
        # the names of sites are locked before applications, as when a project passes acceptance
        place = (
            await _moved_address.find(seen, wanted.address, wanted.customer_kind, act=act) if moved else None
        )
        application = await lock_application(number)
        if _differing(application, wanted) != changes or application.stage != seen.stage:
            raise NotAllowed(stage=application.stage, event="corrected")
        await _apply(application, changes, act)
        left = _moved_address.place_at(application, place)
        await _check_once(application)
        await application.save()
        await _note(application, "corrected", changes, wanted.reason, act)
        await _moved_address.follow(application, place, left, act=act)
        if any(change.field == "customer_kind" for change in changes):
            await documents.follow_kind(application, act=act)
        return application


async def undo_ignition(number: str, reason: str, *, act: Act) -> ConnectionApplication:
    """The ignition was recorded for the wrong case: the clock runs on as if it had never stopped.

    Raises NotFound, NotAllowed (it does not burn, or the actor may not), DuplicateApplication.
    """
    async with in_transaction():
        application = await lock_application(number)
        APPLICATION.step(application.stage, "ignition_undone", act.by)
        changes = [_Change(field="meter_number", before=application.meter_number or "", after="")]
        application.meter_number = application.ignited_at = None
        application.rating = application.rating_comment = None
        await _check_once(application)
        await application.save()
        await _note(application, "ignition_undone", changes, reason, act)
        return application


def _differing(application: ConnectionApplication, wanted: Correction) -> list[_Change]:
    changes = [
        _Change(field=field, before=getattr(application, field) or "", after=getattr(wanted, field))
        for field in _FIELDS
        if getattr(wanted, field) not in (None, getattr(application, field))
    ]
    if not changes:
        raise InvalidField(field="reason", sentence="nothing_to_correct")
    if application.meter_number is None and any(change.field == "meter_number" for change in changes):
        raise InvalidField(field="meter_number", sentence="no_meter_yet")
    return changes


async def _apply(application: ConnectionApplication, changes: list[_Change], act: Act) -> None:
    for change in changes:
        setattr(application, change.field, change.after)
        if change.field == "contact_phone" and application.channel not in _BY_THEMSELVES:
            # filed for a phone number: whoever has it is the customer, and nobody else hears of the case any more
            customer = await people.by_phone(change.after, application.contact_name, now=act.now)
            application.customer_id = customer.id


async def _check_once(application: ConnectionApplication) -> None:
    """Raises DuplicateApplication when the customer has another open one there."""
    same = ConnectionApplication.filter(
        customer_id=application.customer_id,
        address_key=application.address_key,
        customer_kind=application.customer_kind,
        twin=False,
    )
    first = await same.exclude(stage__in=list(APPLICATION.final)).exclude(id=application.id).first()
    if first is not None and application.stage != "cancelled":
        raise DuplicateApplication(number=first.number)


async def _note(
    application: ConnectionApplication, event: str, changes: list[_Change], reason: str, act: Act
) -> None:
    facts = {
        "changed": "、".join(words().corrected_fields[change.field] for change in changes),
        "before": {change.field: change.before for change in changes},
        "after": {change.field: change.after for change in changes},
        "reason": reason,
    }
    await record(application, event, act=act, facts=facts)
    if act.staff_id is not None:  # customers correct their own; the event keeps the old value
        await AuditEntry.create(
            staff_id=act.staff_id, action=event, application_id=application.id, at=act.now, facts=facts
        )
