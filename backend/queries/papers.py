"""Files of papers and photos, as they lie in the store."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.models import Document
from backend.rules.errors import NotFound

_LONGEST_ID = 19  # digits


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPaper:
    """A file that is there; `path` is the store's."""

    id: int
    path: str
    content_type: str


async def get_stored(document_id: int) -> StoredPaper:
    """Raises NotFound, also for a picture that has not come from the platform yet."""
    row = await Document.get_or_none(id=document_id)
    if row is None or row.path is None or row.content_type is None:
        raise NotFound
    return StoredPaper(id=row.id, path=row.path, content_type=row.content_type)


async def kinds_of(document_ids: Sequence[str], staff_id: int) -> tuple[tuple[int, str], ...]:
    """The uploads of one member among these ids, each with its kind; what is no id is passed over."""
    ids = [int(id_) for id_ in document_ids if id_.isascii() and id_.isdigit() and len(id_) < _LONGEST_ID]
    rows = await Document.filter(id__in=ids, staff_id=staff_id).order_by("id")
    return tuple((row.id, row.kind) for row in rows)
