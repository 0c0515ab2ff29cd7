"""Who looked at whose personal data."""

from backend.actions.act import Act
from backend.models import AuditEntry, ConnectionApplication, Document, LiveTalk
from backend.rules.errors import NotFound


async def note_reading(number: str, *, act: Act) -> None:
    """A member of staff looked at an application in full."""
    row = await ConnectionApplication.get(number=number)
    await AuditEntry.create(
        staff_id=act.staff_id, action="application_read", application_id=row.id, at=act.now
    )


async def note_project_reading(project_id: int, *, act: Act) -> None:
    """A member of staff looked at a project in full."""
    await AuditEntry.create(
        staff_id=act.staff_id, action="project_read", at=act.now, facts={"project_id": project_id}
    )


async def note_download(document_id: int, *, act: Act) -> None:
    """A member of staff opened a paper or photo."""
    row = await Document.get(id=document_id)
    await AuditEntry.create(
        staff_id=act.staff_id,
        action="document_read",
        application_id=row.application_id,
        at=act.now,
        facts={"document_id": row.id, "kind": row.kind},
    )


async def note_talk_reading(talk_id: int, *, act: Act) -> None:
    """A member of staff reads what a customer wrote in the chat. Raises NotFound."""
    row = await LiveTalk.get_or_none(id=talk_id)
    if row is None:
        raise NotFound
    await AuditEntry.create(
        staff_id=act.staff_id,
        action="talk_read",
        application_id=row.application_id,
        at=act.now,
        facts={"talk_id": row.id, "customer_id": row.customer_id},
    )


async def note_search(phone: str, *, act: Act) -> None:
    """A member of staff looked up whoever has this phone."""
    await AuditEntry.create(
        staff_id=act.staff_id, action="customer_searched", at=act.now, facts={"phone": phone}
    )
