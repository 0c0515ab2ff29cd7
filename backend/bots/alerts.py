"""An alarm for the duty officer, with all that is known of whoever speaks."""

from backend.actions import emergencies
from backend.actions.act import Act
from backend.bots.safety import Kind
from backend.queries.my_cases import Person

_LONGEST_REPORT = 500


async def alert(words: str, danger: Kind, *, person: Person, openid: str, act: Act) -> None:
    """Opens the emergency, or adds to the one that is open, in the caller's transaction."""
    last = next((case for case in person.cases if case.open), person.cases[0] if person.cases else None)
    report = emergencies.Report(
        danger=danger,
        words=words[:_LONGEST_REPORT],
        contact_phone=person.phone or (last.contact_phone if last else None),
        contact_name=person.name or (last.contact_name if last else None),
        address=last.address if last else None,
        openid=openid,
    )
    await emergencies.report(report, act=act, application_id=last.id if last else None)
