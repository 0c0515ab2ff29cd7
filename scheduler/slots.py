"""How many messages are on their way at once: whoever is urgent first, and with places of their own."""

import asyncio
from collections import deque
from typing import TypeAlias

_Line: TypeAlias = "deque[asyncio.Future[None]]"


class Slots:
    """So many for everybody, and `reserve` more for the urgent alone."""

    def __init__(self, count: int, *, reserve: int) -> None:
        self._free = count
        self._reserve = reserve
        self._urgent: _Line = deque()
        self._ordinary: _Line = deque()

    @property
    def left_for_urgent(self) -> int:
        """How many urgent ones would not have to wait."""
        return max(self._free + self._reserve - len(self._urgent), 0)

    async def take(self, *, urgent: bool) -> None:
        """Waits for a slot; who took one gives it back."""
        line = self._urgent if urgent else self._ordinary
        if self._free > self._least(line):
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # given and never used
                self.give_back()
            raise

    def give_back(self) -> None:
        """The slot is the next one's."""
        self._free += 1
        for line in (self._urgent, self._ordinary):
            while line and self._free > self._least(line):
                turn = line.popleft()
                if not turn.done():
                    self._free -= 1
                    turn.set_result(None)

    def _least(self, line: _Line) -> int:
        return -self._reserve if line is self._urgent else 0
