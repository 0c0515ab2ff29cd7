"""Files of papers and photos, as they lie in the store."""

from dataclasses import dataclass

from backend.models import Document
from backend.rules.errors import NotFound


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
