"""Style sheets and scripts of our pages: packed once, one address per content, so that browsers may keep them for ever."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from config.assets import ASSETS

_HANDLERS = Path(__file__).parent.parent

FILES: dict[str, Path] = {
    **ASSETS,
    **{path.name: path for path in sorted(_HANDLERS.glob("*/static/*")) if path.suffix in {".css", ".js"}},
}
"""What pages may ask for, by name: packages' files and every `static` folder of ours. Names are unique."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One file as it goes out."""

    plain: bytes
    gzipped: bytes
    digest: str


@cache
def packed(name: str) -> Packed:
    """Raises KeyError for a name no page may ask for, FileNotFoundError before `make install`."""
    plain = FILES[name].read_bytes()
    return Packed(
        plain=plain, gzipped=gzip.compress(plain, 9, mtime=0), digest=sha256(plain).hexdigest()[:12]
    )


def address(name: str) -> str:
    """Where a page finds the file; it changes with the content. Raises KeyError."""
    digest = packed(name).digest if FILES[name].exists() else "0"
    return f"/static/{digest}/{name}"
