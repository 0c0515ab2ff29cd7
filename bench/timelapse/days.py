"""Walks the regulation's time from one due moment to the next, and tells every push at its own."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx

from bench.timelapse import printing
from bench.timelapse.ledger import Ledger, Push
from bench.timelapse.place import Place
from config import policy

Tell = Callable[[str], None]

_PATIENCE = 30.0  # real seconds for what is due to be said
_POLL = 0.03
_DIGEST = "evening_digest"


class Stuck(Exception):
    """Something due was not said in time."""


class Days:
    """`numbers` are the cases of the story; what is about others is counted, not told."""

    def __init__(self, place: Place, ledger: Ledger, tell: Tell) -> None:
        self._http = httpx.AsyncClient(base_url=place.backend, timeout=30, trust_env=False)
        self._ledger = ledger
        self._tell = tell
        self.numbers: set[str] = set()
        self.told: list[Push] = []
        self.others = 0
        self._reached = datetime.min.replace(tzinfo=UTC)

    async def now(self) -> datetime:
        """The regulation's time."""
        answer = (await self._http.get("/api/dev/clock")).raise_for_status()
        return datetime.fromisoformat(answer.json()["now"])

    async def jump_to(self, at: datetime) -> None:
        """At once; what happened on the way is not part of the story."""
        await self._advance_to(at)
        await self._settle()
        self.others += len(await self._ledger.new_pushes())

    async def walk_to(self, at: datetime) -> None:
        """Through every moment at which something is due. Raises Stuck."""
        here = await self.now()
        while here < at:
            coming = await self._ledger.next_due(here)
            evening = _next_evening(here)
            stop = min(one for one in (at, coming, evening) if one is not None)
            await self._advance_to(stop)
            await self.tell_new(until=_DIGEST if stop == evening else "")
            here = stop  # not the hour it is by now: what came due meanwhile would be walked past

    async def tell_new(self, until: str = "") -> None:
        """Waits until nothing due is left, and until a message `until` was among what was said. Raises Stuck."""
        give_up = asyncio.get_running_loop().time() + _PATIENCE
        missing = until
        while True:
            await self._settle()
            for push in await self._ledger.new_pushes():
                self._tell_one(push)
                missing = "" if push.message == missing else missing
            if not missing:
                return
            if asyncio.get_running_loop().time() > give_up:
                raise Stuck(missing)
            await asyncio.sleep(_POLL)

    def _tell_one(self, push: Push) -> None:
        if push.number is not None and push.number not in self.numbers:
            self.others += 1
            return
        self.told.append(push)
        self._tell(printing.lines_of(push))

    async def _settle(self) -> None:
        give_up = asyncio.get_running_loop().time() + _PATIENCE
        now = max(self._reached, await self.now())  # which is told in whole seconds
        while not await self._ledger.is_quiet(now):
            if asyncio.get_running_loop().time() > give_up:
                raise Stuck
            await asyncio.sleep(_POLL)

    async def _advance_to(self, at: datetime) -> None:
        self._reached = at
        seconds = max(0.0, (at - await self.now()).total_seconds())
        (await self._http.post("/api/dev/clock", json={"advance_seconds": seconds})).raise_for_status()

    async def close(self) -> None:
        await self._http.aclose()


def _next_evening(after: datetime) -> datetime:
    """The next hour of the supervisors' digest."""
    zone, hour = policy.current().tz, policy.current().evening_digest.at
    local = after.astimezone(zone)
    today = datetime.combine(local.date(), hour, zone)
    return today if today > after else today + timedelta(days=1)
