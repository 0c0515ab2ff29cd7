"""Three tries of five seconds each: how the platform brings a message to the backend."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any

from simulator.callbacks.envelope import Mode, speaks_json, wrap
from simulator.callbacks.line import Broken, Line
from simulator.clock import Clock, seconds
from simulator.memory.calls import Calls, Entry
from simulator.settings import Account

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How callbacks are made; a test may change it."""

    mode: Mode = Mode.SAFE
    mini_program_format: str = "json"
    timeout: timedelta = timedelta(seconds=5)
    pause: timedelta = timedelta(seconds=1)  # before a repeat

    def changed(self, wanted: Mapping[str, Any]) -> "Manner":
        """With the given settings in place of ours. Raises ValueError on unknown values."""
        form = str(wanted.get("mini_program_format", self.mini_program_format))
        if form not in ("json", "xml"):
            raise ValueError("mini_program_format is json or xml")
        return replace(
            self,
            mode=Mode(wanted.get("mode", self.mode)),
            mini_program_format=form,
            timeout=timedelta(seconds=float(wanted.get("timeout_seconds", self.timeout.total_seconds()))),
            pause=timedelta(seconds=float(wanted.get("pause_seconds", self.pause.total_seconds()))),
        )

    def view(self) -> dict[str, Any]:
        return {
            "mode": self.mode.value,
            "mini_program_format": self.mini_program_format,
            "timeout_seconds": self.timeout.total_seconds(),
            "pause_seconds": self.pause.total_seconds(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    status: int = 0  # 0: no answer
    milliseconds: float = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """`answer` is the body of the last try, None when none of the three was answered with 200."""

    answer: bytes | None
    tries: list[Try] = field(default_factory=list)


class Delivery:
    def __init__(self, *, backend_url: str, clock: Clock, calls: Calls) -> None:
        self._line = Line(backend_url)
        self._clock = clock
        self._calls = calls
        self.manner = Manner()

    async def bring(self, account: Account, fields: Mapping[str, Any]) -> Delivered:
        """Send until answered, at most three times, always with the same MsgId and CreateTime."""
        tries: list[Try] = []
        while True:
            attempt, answer = await self._try(account, fields)
            tries.append(attempt)
            if answer is not None or len(tries) == TRIES:
                return Delivered(answer=answer, tries=tries)
            await asyncio.sleep(self.manner.pause.total_seconds())

    def close(self) -> None:
        self._line.close()

    async def _try(self, account: Account, fields: Mapping[str, Any]) -> tuple[Try, bytes | None]:
        manner, started = self.manner, seconds()
        envelope = wrap(
            account,
            fields,
            mode=manner.mode,
            as_json=speaks_json(account, manner.mini_program_format),
            stamp=self._clock.stamp(),
        )
        status, error, answer = 0, "", None
        try:
            async with asyncio.timeout(manner.timeout.total_seconds()):
                status, body = await self._line.post(
                    account.callback_path, envelope.query, envelope.body, envelope.content_type
                )
            answer = body if status == 200 else None
        except TimeoutError:
            error = "no answer in time"
        except Broken as failure:
            error = str(failure)
        attempt = Try(status=status, milliseconds=round((seconds() - started) * 1000, 1), error=error)
        self._write_down(account, fields, attempt, answer)
        return attempt, answer

    def _write_down(
        self, account: Account, fields: Mapping[str, Any], attempt: Try, answer: bytes | None
    ) -> None:
        entry = Entry(
            direction="out",
            method="POST",
            path=account.callback_path,
            status=attempt.status,
            milliseconds=attempt.milliseconds,
            fault=attempt.error,
            request=fields,
            answer=None if answer is None else answer[:2000].decode(errors="replace"),
        )
        self._calls.add(entry, now=self._clock.now())


def tries_view(tries: list[Try]) -> list[dict[str, Any]]:
    """For the control API."""
    return [asdict(attempt) for attempt in tries]
