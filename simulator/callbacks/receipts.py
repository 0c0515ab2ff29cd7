"""Receipts and other news that come some time after a call: a queue with a few carriers."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from simulator.callbacks.delivery import Delivery
from simulator.settings import Account

USUAL_DELAY = timedelta(milliseconds=200)
_CARRIERS = 4


class Receipts:
    """Not in the order of sending, and not acknowledged to anyone: as on the platform."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._due: asyncio.Queue[tuple[Account, Mapping[str, Any]]] = asyncio.Queue()
        self._carriers: list[asyncio.Task[None]] = []
        self._forgotten = 0

    def start(self) -> None:
        """Must run inside the event loop."""
        self._carriers = [asyncio.create_task(self._carry()) for _ in range(_CARRIERS)]

    async def stop(self) -> None:
        """What has not been carried is lost, as when the platform loses a receipt."""
        for carrier in self._carriers:
            carrier.cancel()
        await asyncio.gather(*self._carriers, return_exceptions=True)

    def plan(self, account: Account, fields: Mapping[str, Any], *, delay: timedelta = USUAL_DELAY) -> None:
        """Deliver these fields to the backend after the delay."""
        loop = asyncio.get_running_loop()
        loop.call_later(delay.total_seconds(), self._fall_due, self._forgotten, account, fields)

    def forget(self) -> None:
        """What is still on its way never arrives."""
        self._forgotten += 1

    def _fall_due(self, planned_before: int, account: Account, fields: Mapping[str, Any]) -> None:
        if planned_before == self._forgotten:
            self._due.put_nowait((account, fields))

    async def _carry(self) -> None:
        while True:
            account, fields = await self._due.get()
            await self._delivery.bring(account, fields)
