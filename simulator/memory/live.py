"""News for open pages: every change goes to each of them as one JSON line."""

import asyncio
from typing import Any

import orjson

_BACKLOG = 500


class Live:
    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[str]] = set()

    def tell(self, kind: str, news: dict[str, Any]) -> None:
        """Cheap when nobody looks; a page that cannot keep up misses news and reloads at its next visit."""
        if not self._pages:
            return
        line = orjson.dumps({"type": kind, "news": news}, default=str).decode()
        for page in self._pages:
            if not page.full():
                page.put_nowait(line)

    def join(self) -> asyncio.Queue[str]:
        """A new page's queue; give it back with `leave`."""
        page: asyncio.Queue[str] = asyncio.Queue(_BACKLOG)
        self._pages.add(page)
        return page

    def leave(self, page: asyncio.Queue[str]) -> None:
        self._pages.discard(page)
