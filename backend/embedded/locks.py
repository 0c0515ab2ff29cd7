"""File locks with patience. The kernel frees them when the last process that inherited them ends, however it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

_PAUSE = 0.02  # seconds between two tries


def try_lock(descriptor: int, *, patience: timedelta) -> bool:
    """Whether the open file could be locked within `patience`."""
    give_up = time.monotonic() + patience.total_seconds()
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                return False
            time.sleep(_PAUSE)
        else:
            return True


@contextmanager
def locked(path: Path, *, patience: timedelta) -> Iterator[None]:
    """Hold the lock of `path`, which must exist. Raises TimeoutError when others keep it longer than `patience`."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        if not try_lock(descriptor, patience=patience):
            raise TimeoutError(path)
        yield
    finally:
        os.close(descriptor)
