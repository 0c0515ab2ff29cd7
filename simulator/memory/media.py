"""Temporary media: what backend or persons uploaded, for three days."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.errors import PlatformError

LIFE = timedelta(days=3)
_IMAGES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Bytes with the content type the platform would give them."""

    content: bytes
    content_type: str
    name: str = ""
    app: str = ""
    kept_until: datetime | None = None


class Media:
    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def keep(self, content: bytes, content_type: str, *, app: str, name: str = "", now: datetime) -> str:
        """The media id under which this app can fetch it for three days."""
        media_id = secrets.token_urlsafe(48)
        self._files[media_id] = File(
            content=content, content_type=content_type, name=name, app=app, kept_until=now + LIFE
        )
        return media_id

    def get(self, media_id: str, *, app: str | None, now: datetime) -> File:
        """Raises 40007 when unknown, another app's, or older than three days; `app` None is the developer who looks."""
        file = self._files.get(media_id)
        if file is None or (file.kept_until is not None and now >= file.kept_until):
            raise PlatformError(40007)
        if app not in {None, file.app}:
            raise PlatformError(40007)
        return file


def image_type(content: bytes) -> str | None:
    """The content type by the first bytes; None for anything the platform does not take as a picture."""
    return next((kind for magic, kind in _IMAGES if content.startswith(magic)), None)
