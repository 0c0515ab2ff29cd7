"""A client that costs little: raw HTTP/1.1 on kept connections, so that both sides are measured, not it."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass


class Refused(Exception):
    """A server did not answer 200: the row cannot be measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One round: how long it took in all and each answer alone, in seconds, and the last answer's length in bytes."""

    seconds: float
    each: tuple[float, ...]
    answer_bytes: int

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds

    @property
    def median_ms(self) -> float:
        return statistics.median(self.each) * 1000

    @property
    def p99_ms(self) -> float:
        return sorted(self.each)[int(len(self.each) * 0.99)] * 1000


def request(method: str, path: str, body: bytes = b"", headers: str = "") -> bytes:
    """The bytes of one request."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{headers}\r\n".encode() + body


async def run(port: int, lanes: Sequence[Sequence[bytes]]) -> Batch:
    """Each lane on a connection of its own, its requests one after the other. Raises Refused."""
    began = time.perf_counter()
    done = await asyncio.gather(*(_lane(port, lane) for lane in lanes))
    seconds = time.perf_counter() - began
    each = tuple(took for times, _ in done for took in times)
    return Batch(seconds=seconds, each=each, answer_bytes=done[0][1])


async def _lane(port: int, requests: Sequence[bytes]) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times, length = [], 0
    try:
        for one in requests:
            began = time.perf_counter()
            writer.write(one)
            length = await _read_answer(reader)
            times.append(time.perf_counter() - began)
    finally:
        writer.close()
    return times, length


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = head.lower().partition(b"content-length:")[2]
    length = int(fields.partition(b"\r\n")[0] or 0)
    body = await reader.readexactly(length)
    if b" 200 " not in head[:15]:
        raise Refused((head + body).decode(errors="replace")[:500])
    return length
