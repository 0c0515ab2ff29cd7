"""Text messages: what is sent, and what each refusal of the gateway means to us."""

from collections.abc import Iterator

import pytest

from backend.gateways.sms import SmsGateway
from backend.gateways.wechat.refusals import (
    AccountProblem,
    OutcomeUnknown,
    TryLater,
    Unreachable,
    WeChatTrouble,
    WrongData,
)
from tests.support.processes import free_port
from tests.support.sms import SmsProvider


@pytest.fixture
def provider() -> Iterator[SmsProvider]:
    with SmsProvider.opened() as opened:
        yield opened


async def send(url: str) -> str | None:
    gateway = SmsGateway(api_base=url, token="t0ken")
    try:
        return await gateway.send("13811110000", "报装已受理", message_id="m-1")
    finally:
        await gateway.close()


async def test_the_message_goes_with_its_id_and_the_token(provider: SmsProvider) -> None:
    assert await send(provider.url) == "sms-1"
    assert provider.sent == [
        {
            "id": "m-1",
            "to": "13811110000",
            "text": "报装已受理",
            "path": "/messages",
            "token": "Bearer t0ken",
        }
    ]


@pytest.mark.parametrize("answer", [b"", b"ok", b"[]", b"{}"])
async def test_a_gateway_without_receipts_serves_too(provider: SmsProvider, answer: bytes) -> None:
    provider.answer = answer
    assert await send(provider.url) is None


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (400, WrongData),
        (401, AccountProblem),
        (402, AccountProblem),
        (404, AccountProblem),
        (418, AccountProblem),
        (410, Unreachable),
        (422, Unreachable),
        (429, TryLater),
        (500, TryLater),
        (503, TryLater),
        (0, OutcomeUnknown),
    ],
)
async def test_refusals_in_our_words(
    provider: SmsProvider, status: int, trouble: type[WeChatTrouble]
) -> None:
    provider.status = status
    with pytest.raises(trouble):
        await send(provider.url)


async def test_a_gateway_that_is_away_is_tried_later() -> None:
    with pytest.raises(TryLater):
        await send(f"http://127.0.0.1:{free_port()}")
