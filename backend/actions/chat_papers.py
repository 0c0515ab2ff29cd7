"""Pictures sent in the chat: noted by the platform's id, attached to a case, fetched later (`media`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tortoise.transactions import in_transaction

from backend.actions import applications, documents
from backend.actions.act import Act
from backend.actions.locks import lock_application
from backend.models import ConnectionApplication, Document
from backend.rules.filing import Filing

UNNAMED = "photo"
"""The kind of a picture of which nobody has said what it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in the chat: the platform's id, and the app in whose chat it was sent."""

    media_id: str
    app: str


async def keep(picture: Picture, *, act: Act) -> None:
    """Notes a picture of the customer's; the same one again changes nothing."""
    await Document.get_or_create(
        media_id=picture.media_id,
        defaults={
            "app": picture.app,
            "kind": UNNAMED,
            "state": "waiting",
            "customer_id": act.customer_id,
            "received_at": act.now,
            "fetch_at": act.real_now,
        },
    )


async def attach(number: str, picture: Picture, kind: str, *, act: Act) -> ConnectionApplication:
    """Attaches a picture to an application as the paper it shows; one that is there already shows another paper.

    Raises NotFound, InvalidField, NotAllowed.
    """
    async with in_transaction():
        await keep(picture, act=act)
        application = await lock_application(number)
        there = Document.filter(
            media_id=picture.media_id, customer_id=act.customer_id, application_id=application.id
        )
        if await there.update(kind=kind):
            await documents.follow_kind(application, act=act)
            return application
        return await documents.attach(number, await _name({picture.media_id: kind}, act), act=act)


async def file(filing: Filing, pictures: Mapping[str, str], *, act: Act) -> ConnectionApplication:
    """Files an application with pictures, by their media ids, as the papers they show. Raises as `applications.accept`."""
    async with in_transaction():
        ids = await _name(pictures, act)
        return await applications.accept(replace(filing, document_ids=tuple(ids)), act=act)


async def _name(pictures: Mapping[str, str], act: Act) -> Sequence[int]:
    """The ids of the customer's pictures, each of the kind given; one that is gone or attached elsewhere is left out."""
    rows = await Document.filter(
        media_id__in=list(pictures), customer_id=act.customer_id, application_id=None, project_id=None
    ).exclude(state="lost")
    for row in rows:
        row.kind = pictures[str(row.media_id)]
        await row.save(update_fields=["kind"])
    return [row.id for row in rows]
