"""Uploaded files on disk under VAR_DIR: judged by content, named by digest; a sender's file name is never used."""

import asyncio
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from backend.rules.errors import FileTooLarge, UnsupportedFile
from config.documents import Catalogue

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that is on disk, judged by its content; `path` is relative to the store."""

    path: str
    content_type: str
    size: int
    digest: str


class FileStore:
    """The files of one VAR_DIR. Equal content lies there once."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder = folder
        self._types = frozenset(catalogue.file_types)
        self._largest = catalogue.largest_file_megabytes * 1024 * 1024

    async def keep(self, content: bytes) -> StoredFile:
        """Stores it. Raises FileTooLarge, UnsupportedFile."""
        if len(content) > self._largest:
            raise FileTooLarge
        content_type = find_type(content)
        if content_type is None or content_type not in self._types:
            raise UnsupportedFile
        digest = await asyncio.to_thread(self._write, content)
        path = f"{digest[:2]}/{digest}"
        return StoredFile(path=path, content_type=content_type, size=len(content), digest=digest)

    async def read(self, path: str) -> bytes:
        """The content of a stored file. Raises FileNotFoundError."""
        return await asyncio.to_thread((self._folder / path).read_bytes)

    async def keep_made(self, content: bytes) -> str:
        """Stores what we made ourselves; its path."""
        digest = await asyncio.to_thread(self._write, content)
        return f"{digest[:2]}/{digest}"

    async def discard(self, path: str) -> None:
        """It need not be kept any longer; not being there is as good."""
        await asyncio.to_thread((self._folder / path).unlink, missing_ok=True)

    def _write(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        target = self._folder / digest[:2] / digest
        if target.exists():
            return digest
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_suffix(f".{uuid4().hex}")
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # the row that names it will outlive a power cut, so must the file
        draft.replace(target)
        return digest


def find_type(content: bytes) -> str | None:
    """What the content is by its first bytes, whatever its sender calls it; None for anything we do not take."""
    for beginning, content_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return content_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "image/heic"
    return None
