"""Fetches the pictures people sent in the chat: the platform keeps them for three days, we for good."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.transactions import in_transaction

from backend.actions import _outbox
from backend.actions.act import Act
from backend.actions.record import record
from backend.gateways.files import FileStore, StoredFile
from backend.gateways.wechat.answers import File
from backend.gateways.wechat.refusals import AccountProblem, TryLater, WeChatTrouble
from backend.models import ConnectionApplication, Document
from backend.queries.rows import rows
from backend.rules.errors import FileTooLarge, NotAllowed, UnsupportedFile
from config.delivery import delivery

# The row's time is moved on before the platform is asked: it is the lease, and the next try if this process dies.
_CLAIM = """
UPDATE documents SET fetch_at = $1, fetch_attempts = fetch_attempts + 1
WHERE id = (
    SELECT id FROM documents WHERE state = 'waiting' AND fetch_at <= $2 ORDER BY fetch_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""

Download = Callable[[str], Awaitable[File]]
"""Asks the platform for the file behind a media id; raises WeChatTrouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """The picture cannot be had, now or ever, and why."""

    reason: str


async def fetch_next(
    *, now: datetime, real_now: datetime, downloads: Mapping[str, Download], files: FileStore
) -> bool:
    """Makes one try for one picture that is due (real time), at its app's door; False when none is."""
    until = real_now + timedelta(seconds=delivery().media_lease_seconds)
    claimed = await rows(_CLAIM, until, real_now)
    if not claimed:
        return False
    row = await Document.get(id=claimed[0]["id"])
    found = await _fetch(row, downloads[row.app or ""], files)
    if isinstance(found, StoredFile):
        await _store(row, found)
    elif isinstance(found, _Gone):
        await _lose(row, found, Act.system(now=now, real_now=real_now))
    else:
        await Document.filter(id=row.id, state="waiting").update(fetch_at=real_now + found)
    return True


async def _fetch(row: Document, download: Download, files: FileStore) -> StoredFile | _Gone | timedelta:
    """The stored picture, or that there is none, or how long to wait before the next try."""
    try:
        return await files.keep((await download(row.media_id or "")).content)
    except (TryLater, AccountProblem) as trouble:  # our account's trouble passes when a person has mended it
        worn_out = row.fetch_attempts >= delivery().media_tries
        return _Gone(reason=trouble.reason) if worn_out else _pause_after(row.fetch_attempts)
    except WeChatTrouble as refusal:
        return _Gone(reason=refusal.reason)
    except (UnsupportedFile, FileTooLarge) as fault:
        return _Gone(reason=fault.code)


def _pause_after(tries: int) -> timedelta:
    doubled = delivery().media_first_retry_seconds * 2.0 ** min(tries - 1, 20)
    return timedelta(seconds=min(doubled, delivery().media_longest_retry_seconds))


async def _store(row: Document, stored: StoredFile) -> None:
    await Document.filter(id=row.id, state="waiting").update(
        state="stored",
        fetch_at=None,
        path=stored.path,
        content_type=stored.content_type,
        size=stored.size,
        digest=stored.digest,
    )


async def _lose(row: Document, gone: _Gone, act: Act) -> None:
    """The customer is asked for it again, and a paper that counted as here is missing after all."""
    async with in_transaction():
        application = await _lock_case(row)
        if not await Document.filter(id=row.id, state="waiting").update(state="lost", fetch_at=None):
            return
        if application is not None:
            await _note_loss(application, row, gone, act)
        elif row.customer_id is not None:
            letter = _outbox.Letter(message="picture_lost", facts={})
            await _outbox.queue(letter, act=act, customer_id=row.customer_id)


async def _note_loss(application: ConnectionApplication, row: Document, gone: _Gone, act: Act) -> None:
    with suppress(NotAllowed):  # a cancelled case needs no picture
        await record(application, "picture_lost", act=act, facts={"kind": row.kind, "why": gone.reason})


async def _lock_case(row: Document) -> ConnectionApplication | None:
    if row.application_id is None:
        return None
    return await ConnectionApplication.select_for_update().get(id=row.application_id)
