"""Deliveries in parallel: a slow platform holds up a few messages and never an emergency."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from backend.actions import outbox
from backend.actions.outbox import Claim
from backend.gateways.post import PostOffice
from scheduler.times import Times

_log = logging.getLogger(__name__)

_IN_FLIGHT = 16  # as many as the platform's ordinary threads
_RESERVE = 1  # and so many more for emergencies alone


class Deliveries:
    """The messages this process has in hand."""

    def __init__(self, post: PostOffice) -> None:
        self._post = post
        self._running: set[asyncio.Task[None]] = set()
        self.when_free: Callable[[], Awaitable[None]] | None = None

    @property
    def in_flight(self) -> int:
        return len(self._running)

    async def start_next(self, times: Times) -> bool:
        """Begins one delivery that is due; False when none is, or every slot is taken."""
        ordinary_full = self.in_flight >= _IN_FLIGHT
        if self.in_flight >= _IN_FLIGHT + _RESERVE:
            return False
        claim = await outbox.claim_next(
            now=times.now, real_now=times.real_now, only_emergencies=ordinary_full
        )
        if claim is None:
            return False
        task = asyncio.create_task(self._deliver(claim, times))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return True

    async def finish(self, patience: float) -> None:
        """Lets the messages in hand be sent and written down, for so many seconds; the leases of the rest lapse."""
        if not self._running:
            return
        _, late = await asyncio.wait(set(self._running), timeout=patience)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
            _log.warning("messages left to the next process", extra={"count": len(late)})

    async def _deliver(self, claim: Claim, times: Times) -> None:
        try:
            await outbox.deliver(claim, now=times.now, real_now=times.real_now, post=self._post)
        except Exception:  # noqa: BLE001  one message's fault is not the others'
            _log.exception("a delivery failed; its lease will lapse")
        if self.in_flight >= _IN_FLIGHT and self.when_free:  # others may wait for the slot that is freed now
            await self.when_free()
