"""What lies on each person's screen: messages received and sent, in one order for everyone."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEPT_PER_PERSON = 2000
OWN = "own"  # the channel of what the person sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One bubble or card. `text` is always what a person would read on it."""

    channel: str  # reply, notice, template, custom, subscribe, bizsend, wecom or own
    kind: str  # text, image, news, menu, card, …
    text: str
    url: str = ""
    page: str = ""  # a path inside the mini-program
    template_id: str = ""
    msgid: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A content on someone's phone; ids grow over all phones."""

    id: int
    at: str
    person: str
    content: Content

    def view(self) -> dict[str, Any]:
        """One flat object for the control API and the page."""
        return {"id": self.id, "at": self.at, "person": self.person, **asdict(self.content)}


class Phones:
    """Everyone's messages. `changed` is called with each new one."""

    def __init__(self, changed: Callable[[Message], None]) -> None:
        self._changed = changed
        self._messages: dict[str, list[Message]] = {}
        self._readers: set[asyncio.Future[None]] = set()
        self._last = 0

    def put(self, person: str, content: Content, *, now: datetime) -> Message:
        """Show a message on this person's phone."""
        self._last += 1
        at = now.astimezone(SHANGHAI).isoformat(timespec="seconds")
        message = Message(id=self._last, at=at, person=person, content=content)
        mine = self._messages.setdefault(person, [])
        mine.append(message)
        if len(mine) > KEPT_PER_PERSON:
            del mine[: KEPT_PER_PERSON // 10]
        self._changed(message)
        for reader in self._readers:
            if not reader.done():
                reader.set_result(None)
        return message

    def after(self, person: str, after: int, channels: frozenset[str] | None, *, own: bool) -> list[Message]:
        """Messages newer than `after`, oldest first; what the person sent only when `own`."""
        newest: list[Message] = []
        for message in reversed(self._messages.get(person, [])):
            if message.id <= after:
                break
            channel = message.content.channel
            if (own or channel != OWN) and (channels is None or channel in channels):
                newest.append(message)
        return newest[::-1]

    async def wait(self, ready: Callable[[], bool], seconds: float) -> None:
        """Until `ready` or until the seconds are over."""
        try:
            async with asyncio.timeout(seconds):
                while not ready():
                    reader = asyncio.get_running_loop().create_future()
                    self._readers.add(reader)
                    try:
                        await reader
                    finally:
                        self._readers.discard(reader)
        except TimeoutError:
            return  # an empty answer is the answer of a long poll that saw nothing

    def clear(self) -> None:
        """Forget all messages; ids go on, so a reader's `after` stays valid."""
        self._messages.clear()
