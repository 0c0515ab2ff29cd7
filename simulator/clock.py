"""The platform's own time: the only module here that reads a clock."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Windows, codes, tokens and media live by `now()`, which a test may move on; signatures never move."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The platform's time, UTC."""
        return datetime.now(UTC) + self._ahead

    def stamp(self) -> int:
        """Seconds since 1970 on the real clock: the backend refuses a signature that is ten minutes off."""
        return int(time.time())

    def advance(self, by: timedelta) -> datetime:
        """Let windows, codes, tokens and media grow older by this much."""
        self._ahead += by
        return self.now()


def seconds() -> float:
    """A steady counter for measuring how long something took."""
    return time.perf_counter()
