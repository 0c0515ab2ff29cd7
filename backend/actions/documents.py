"""Papers and photos: taken in, attached to an application, fetched from the platform."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from backend.actions.act import Act
from backend.actions.locks import lock_application
from backend.actions.record import Happening, record_all
from backend.gateways.files import FileStore
from backend.models import Case, CaseClock, ConnectionApplication, Document
from backend.queries.rows import rows
from backend.rules import papers
from backend.rules.clocks import OPEN
from backend.rules.errors import InvalidField
from backend.rules.papers import missing
from config.documents import Paper, catalogue

EXTRA_KINDS = frozenset({"photo", "evidence", "drawing", "permit_paper", "completion_paper", "signature"})
_PRESENT = "SELECT DISTINCT kind FROM documents WHERE application_id = $1 AND state <> 'lost'"


async def take_in(kind: str, content: bytes, *, files: FileStore, act: Act) -> Document:
    """Stores one upload. Raises InvalidField for a kind nobody asks for, UnsupportedFile, FileTooLarge."""
    allowed = catalogue().keys() | (EXTRA_KINDS if act.staff_id else frozenset())
    if kind not in allowed:
        raise InvalidField(field="kind", sentence="unknown_paper", kind=kind)
    stored = await files.keep(content)
    return await Document.create(
        kind=kind,
        path=stored.path,
        content_type=stored.content_type,
        size=stored.size,
        digest=stored.digest,
        staff_id=act.staff_id,
        customer_id=act.customer_id,
        received_at=act.now,
    )


async def attach(number: str, document_ids: Sequence[int], *, act: Act) -> ConnectionApplication:
    """Attaches papers to an application and says what is still missing. Raises NotFound, InvalidField, NotAllowed."""
    async with in_transaction():
        application = await lock_application(number)
        await attach_locked(application, document_ids, act=act)
        return application


async def attach_locked(application: ConnectionApplication, document_ids: Sequence[int], *, act: Act) -> None:
    """Attaches to an application whose row is held; what is attached already stays so, quietly."""
    if not document_ids:
        return
    before = await missing_papers(application)
    after = await _add(application, document_ids, act)
    came = _received(before, after)
    if came:
        await record_all(application, came, act=act)


async def come_with(
    application: ConnectionApplication, document_ids: Sequence[int], *, act: Act
) -> tuple[list[Happening], tuple[Paper, ...]]:
    """Attaches what is filed with an application just made; what then happens to it, and what is missing: that becomes the
    manager's errand (§1.3-2), with its own date if all of it may wait. Raises InvalidField."""
    wanted = missing(application.customer_kind, frozenset(), catalogue())
    gaps = await _add(application, document_ids, act) if document_ids else wanted
    return [*_received(wanted, gaps), *_collection(gaps)], gaps


async def attach_to_case(case: Case, document_ids: Sequence[int], *, act: Act) -> None:
    """Attaches to whichever case is held."""
    if isinstance(case, ConnectionApplication):
        await attach_locked(case, document_ids, act=act)
        return
    own = await _own_uploads(document_ids, act)
    if any(row.application_id is not None or row.project_id not in (None, case.id) for row in own):
        raise InvalidField(field="document_ids", sentence="unknown_document", id=document_ids[0])
    await Document.filter(id__in=[row.id for row in own]).update(project_id=case.id)


async def follow_kind(application: ConnectionApplication, *, act: Act) -> None:
    """Another kind of customer brings other papers: what is missing now is collected, what is complete is so."""
    gaps = await missing_papers(application)
    if gaps and any(not paper.essential for paper in gaps):
        running = await CaseClock.exists(
            application_id=application.id, kind="deferred_documents", state__in=list(OPEN)
        )
        if not running:
            await record_all(application, _collection(gaps), act=act)
        return
    await record_all(application, [*_settled(gaps), *_collection(gaps)], act=act)


async def missing_papers(application: ConnectionApplication) -> tuple[Paper, ...]:
    """The papers this application still lacks; a picture on its way from the platform counts as here."""
    present = {row["kind"] for row in await rows(_PRESENT, application.id)}
    return missing(application.customer_kind, present, catalogue())


async def _add(application: ConnectionApplication, ids: Sequence[int], act: Act) -> tuple[Paper, ...]:
    """Attaches what is new of the actor's uploads; what is missing then. Raises InvalidField."""
    new = [row.id for row in await _owned(application, ids, act) if row.application_id is None]
    await Document.filter(id__in=new).update(application_id=application.id)
    return await missing_papers(application)


def _received(before: tuple[Paper, ...], after: tuple[Paper, ...]) -> list[Happening]:
    came = [paper.name for paper in before if paper not in after]
    return [("documents_received", {"papers": "、".join(came)}), *_settled(after)] if came else []


def _settled(still: tuple[Paper, ...]) -> list[Happening]:
    """Nothing is missing any more, or nothing that may wait."""
    if not still:
        return [("documents_complete", {})]
    return [("deferred_documents_in", {})] if all(paper.essential for paper in still) else []


def _collection(gaps: tuple[Paper, ...]) -> list[Happening]:
    """What is missing is to be collected, by its own date if any of it may wait."""
    if not gaps:
        return []
    may_wait = any(not paper.essential for paper in gaps)
    event = "documents_missing" if may_wait else "essential_documents_missing"
    return [(event, {"papers": "、".join(paper.name for paper in gaps)})]


async def check_essential_papers(application: ConnectionApplication, *, sentence: str | None = None) -> None:
    """Raises MissingEssentialDocument."""
    papers.check_essential(await missing_papers(application), sentence=sentence)


async def _owned(application: ConnectionApplication, ids: Sequence[int], act: Act) -> list[Document]:
    """The actor's uploads, none of them another case's. Raises InvalidField."""
    own = await _own_uploads(ids, act)
    for row in own:
        if row.application_id not in (None, application.id) or row.project_id is not None:
            raise InvalidField(field="document_ids", sentence="unknown_document", id=row.id)
    return own


async def _own_uploads(ids: Sequence[int], act: Act) -> list[Document]:
    """The documents, each uploaded by the customer who acts, or by staff when staff act. Raises InvalidField."""
    found = {row.id: row for row in await Document.filter(id__in=list(ids)).select_for_update()}
    for id_ in ids:
        row = found.get(id_)
        by_staff = row is not None and act.staff_id is not None and row.staff_id is not None
        by_customer = row is not None and act.customer_id is not None and row.customer_id == act.customer_id
        if not by_staff and not by_customer:
            raise InvalidField(field="document_ids", sentence="unknown_document", id=id_)
    return [found[id_] for id_ in dict.fromkeys(ids)]
