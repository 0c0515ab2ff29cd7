"""Threads for the platform's blocking calls, few and counted, some kept free for emergencies."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

from backend.gateways.wechat.refusals import TryLater

T = TypeVar("T")


class PlatformThreads:
    """The threads of one process, for all its apps together.

    A slow platform keeps a call for six seconds at most (two to connect, four to read). The queue is short, so that
    nobody waits longer than four such calls: who finds it full is told to try later instead of outliving a lease.
    """

    def __init__(self) -> None:
        self._ordinary = _Pool(threads=16, name="wechat")
        self._reserve = _Pool(threads=4, name="wechat-urgent")

    async def run(self, act: Callable[[], T], *, urgent: bool = False) -> T:
        """The act's result, computed in a thread; `urgent` uses those that ordinary calls never get.

        Raises TryLater when too many wait.
        """
        return await (self._reserve if urgent else self._ordinary).run(act)

    async def close(self) -> None:
        """Lets running calls end and drops those that wait."""
        await asyncio.gather(self._ordinary.close(), self._reserve.close())


class _Pool:
    def __init__(self, *, threads: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._room = BoundedSemaphore(threads * 4)

    async def run(self, act: Callable[[], T]) -> T:
        if not self._room.acquire(blocking=False):
            raise TryLater("too_many_waiting")
        future = self._threads.submit(act)
        # freed when the thread is: a caller who was cancelled has left a call behind that still runs
        future.add_done_callback(lambda _: self._room.release())
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
