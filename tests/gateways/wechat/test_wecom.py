"""Staff, reached through WeCom."""

from collections.abc import Sequence
from uuid import uuid4

import pytest

from backend.gateways.wechat.answers import Receipt
from backend.gateways.wechat.refusals import Unreachable
from backend.gateways.wechat.wecom import WeCom
from tests.gateways.wechat.conftest import Platform


async def send(
    wecom: WeCom, to: Sequence[str], *, message_id: str = "m-1", title: str = "新的上门任务"
) -> Receipt:
    return await wecom.send_card(
        to, title=title, description="王先生，龙湖锦园 3 号楼", url="https://gas/m/t/1", message_id=message_id
    )


@pytest.fixture
def member(platform: Platform) -> str:
    return str(platform.person(wecom_user_id=f"staff-{uuid4().hex[:8]}")["wecom_user_id"])


async def test_a_card_with_its_link(platform: Platform, wecom: WeCom, member: str) -> None:
    receipt = await send(wecom, [member])
    (message,) = platform.messages({"key": member}, "wecom")
    assert "新的上门任务" in message["text"]
    assert message["url"].startswith("https://gas/m/t/1")
    assert receipt.missed == ()


async def test_a_repeat_arrives_once_and_another_message_of_the_same_words_too(
    platform: Platform, wecom: WeCom, member: str
) -> None:
    for message_id in ("m-1", "m-1", "m-2"):
        await send(wecom, [member], message_id=message_id)
    assert len(platform.messages({"key": member}, "wecom")) == 2


async def test_nobody_reached_is_unreachable(wecom: WeCom) -> None:
    with pytest.raises(Unreachable) as caught:
        await send(wecom, ["nobody-here"])
    assert caught.value.reason == "no_such_user"


async def test_those_not_reached_are_named(wecom: WeCom, member: str) -> None:
    assert (await send(wecom, [member, "nobody-here"])).missed == ("nobody-here",)


async def test_a_long_title_is_cut(platform: Platform, wecom: WeCom, member: str) -> None:
    await send(wecom, [member], title="长" * 100)
    (message,) = platform.messages({"key": member}, "wecom")
    assert message["detail"]["title"] == "长" * 41 + "…"
