"""The optional language model: an answer in time, or none; never a fault, never a queue."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from backend.gateways.language_model import LanguageModel
from config.language_model import language_model
from tests.support.language_model import LanguageModelStandIn
from tests.support.processes import free_port


@pytest.fixture
def stand_in() -> Iterator[LanguageModelStandIn]:
    with LanguageModelStandIn.opened() as opened:
        yield opened


def gateway(url: str) -> LanguageModel:
    return LanguageModel(api_base=url, key="the-key", name="small", rules=language_model())


async def ask(url: str, *, seconds: float = 1.0) -> str | None:
    model = gateway(url)
    try:
        return await model.ask("你是……", '{"message": "你好"}', seconds=seconds)
    finally:
        await model.close()


async def test_it_is_asked_as_such_endpoints_are(stand_in: LanguageModelStandIn) -> None:
    stand_in.says = lambda _instruction, asked: f" 收到{asked['message']} "
    assert await ask(stand_in.url) == "收到你好"
    (sent,) = stand_in.received
    assert (sent["path"], sent["key"], sent["model"]) == ("/chat/completions", "Bearer the-key", "small")
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("status", "raw"),
    [
        (500, None),
        (401, None),
        (302, None),
        (0, None),
        (200, b"not json"),
        (200, b"[]"),
        (200, b'{"choices": []}'),
        (200, b'{"choices": [{"message": {"content": null}}]}'),
        (200, b'{"choices": [{"message": {"content": "  "}}]}'),
        (200, b'{"choices": [{"message": {"content": "' + b"x" * 100_000 + b'"}}]}'),
    ],
)
async def test_whatever_goes_wrong_is_no_answer(
    stand_in: LanguageModelStandIn, status: int, raw: bytes | None
) -> None:
    stand_in.status, stand_in.raw = status, raw
    assert await ask(stand_in.url) is None


async def test_nobody_there_is_no_answer() -> None:
    assert await ask(f"http://127.0.0.1:{free_port()}") is None


async def test_a_slow_one_is_not_waited_for(stand_in: LanguageModelStandIn) -> None:
    stand_in.delay = 1.0
    began = time.monotonic()
    assert await ask(stand_in.url, seconds=0.2) is None
    assert time.monotonic() - began < 0.8


async def test_after_failures_in_a_row_it_is_left_alone(stand_in: LanguageModelStandIn) -> None:
    stand_in.status = 500
    model, allowed = gateway(stand_in.url), language_model().failures_before_rest
    for _ in range(allowed + 3):
        assert await model.ask("你是……", "{}", seconds=1.0) is None
    await model.close()
    assert len(stand_in.received) == allowed


async def test_when_all_its_places_are_taken_nobody_waits(stand_in: LanguageModelStandIn) -> None:
    stand_in.delay = 0.5
    model, places = gateway(stand_in.url), language_model().most_at_once
    running = [asyncio.create_task(model.ask("…", '{"n": 1}', seconds=2.0)) for _ in range(places)]
    await asyncio.sleep(0.1)
    began = time.monotonic()
    assert await model.ask("…", "{}", seconds=2.0) is None
    assert time.monotonic() - began < 0.2
    assert all(await asyncio.gather(*running))
    await model.close()


async def test_nothing_is_asked_when_no_time_is_left(stand_in: LanguageModelStandIn) -> None:
    assert await ask(stand_in.url, seconds=0.0) is None
    assert stand_in.received == []
