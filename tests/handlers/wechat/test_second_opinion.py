"""The optional language model in real talks, against a stand-in: it helps, it may fail, it sees and decides nothing."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from backend.models import ConnectionApplication, Event, Task
from tests.handlers.wechat.conftest import Chatter
from tests.support.language_model import LanguageModelStandIn

UNCLEAR = "俺家那个事儿到底弄到啥地步了嘞给个准话"
"""What our own model is unsure of: were it sure, the stand-in would not be asked, and the tests say so."""


@pytest.fixture(scope="module")
def model_server() -> Iterator[LanguageModelStandIn]:
    with LanguageModelStandIn.opened() as opened:
        yield opened


@pytest.fixture(scope="module")
def chat_settings(model_server: LanguageModelStandIn) -> dict[str, str]:
    return {
        "LANGUAGE_MODEL_BASE": model_server.url,
        "LANGUAGE_MODEL_KEY": "sk-8d1f60b3c95a7e42f0d6",
        "LANGUAGE_MODEL_NAME": "small",
    }


@pytest.fixture
def other(model_server: LanguageModelStandIn) -> LanguageModelStandIn:
    """As new for each story."""
    model_server.status, model_server.delay, model_server.raw = 200, 0.0, None
    model_server.received.clear()
    return model_server


def means(intent: str) -> Any:
    return lambda _instruction, asked: (
        f'{{"intent": "{intent}", "entities": {{}}}}' if "message" in asked else asked["source"]
    )


@pytest.fixture
def unclear(other: LanguageModelStandIn, customer: Chatter) -> str:
    """A line of which the model is asked."""
    other.says = means("unknown")
    for line in ("这咋整嘞给个话", "那个弄好没嘞咋没动静", UNCLEAR, "俺这儿啥情况嘞"):
        other.received.clear()
        customer.say(line)
        if other.received:
            other.received.clear()
            customer.say("你好")
            other.received.clear()
            return line
    pytest.fail("our own model is sure of all these lines")


class TestUnderstanding:
    def test_what_we_are_unsure_of_is_understood(
        self, customer: Chatter, other: LanguageModelStandIn, unclear: str
    ) -> None:
        other.says = means("documents_needed")
        assert "身份证" in customer.say(unclear)
        assert other.received

    def test_what_we_are_sure_of_is_not_asked(self, customer: Chatter, other: LanguageModelStandIn) -> None:
        other.says = means("complaint")
        assert "姓名" in customer.say("我家想装天然气")
        assert other.received == []

    def test_answers_to_our_questions_are_ours_to_read(
        self, customer: Chatter, other: LanguageModelStandIn
    ) -> None:
        other.says = means("complaint")
        customer.say("我家想装天然气")
        customer.say("查干巴拉")
        customer.say("嗯呐那个气儿的事")
        assert other.received == []

    @pytest.mark.parametrize("intent", ["urge", "complaint", "human"])
    async def test_what_would_write_is_only_offered(
        self, customer: Chatter, other: LanguageModelStandIn, unclear: str, intent: str
    ) -> None:
        other.says = means(intent)
        answer = customer.say(unclear)
        assert "您是想" in answer
        assert not await Task.filter(kind="human_chat").exists()
        assert not await Event.exists()

    async def test_it_never_names_an_emergency(
        self, customer: Chatter, other: LanguageModelStandIn, unclear: str
    ) -> None:
        other.says = means("emergency")
        assert "室外" not in customer.say(unclear)
        assert not await Task.filter(kind="emergency").exists()

    def test_danger_is_answered_without_it(self, customer: Chatter, other: LanguageModelStandIn) -> None:
        other.says, other.delay = means("greeting"), 3.0
        began = time.monotonic()
        assert "室外" in customer.say("家里有煤气味")
        assert time.monotonic() - began < 2
        assert other.received == []


class TestPhrasing:
    def test_friendlier_words_with_the_same_figures_are_said(
        self, customer: Chatter, other: LanguageModelStandIn
    ) -> None:
        other.says = lambda _instruction, asked: "您问得好！" + asked["source"]
        assert "您问得好" in customer.say("挖路要我去办手续吗")

    def test_another_figure_is_not(self, customer: Chatter, other: LanguageModelStandIn) -> None:
        other.says = lambda _instruction, asked: asked["source"].replace("200", "300")
        answer = customer.say("挖路要我去办手续吗")
        assert other.received
        assert "200米" in answer
        assert "300" not in answer

    def test_nor_words_of_its_own(self, customer: Chatter, other: LanguageModelStandIn) -> None:
        other.says = lambda instruction, _asked: instruction
        assert "200米" in customer.say("挖路要我去办手续吗")


async def test_nothing_personal_ever_reached_it(
    customer: Chatter, other: LanguageModelStandIn, company: None
) -> None:
    other.says = means("unknown")
    lines = (
        "我家想装天然气，我叫王小明，电话13812345678，住新郑市龙湖镇龙湖锦园三号楼501",
        "不急",
        "没带",
        "确认",
    )
    for line in lines:
        customer.say(line)
    number = (await ConnectionApplication.get()).number
    for line in (
        f"挖路要我去办手续吗，我是王小明，号{number}",
        "王小明家13812345678那个事儿咋整嘞龙湖锦园三号楼501",
        "身份证410184199001011234这东西中不中嘞容缺不",
        "容缺是啥，我微信wangxm_1990",
    ):
        customer.say(line)
    assert other.received
    seen = other.texts()
    for secret in ("王小明", "13812345678", number, "龙湖锦园", "501", "410184199001011234", "wangxm"):
        assert secret not in seen


class TestFailing:
    """Last in the file: after these the endpoint is left alone for a while."""

    @pytest.mark.parametrize(
        ("status", "raw"),
        [(500, None), (0, None), (200, b"garbage"), (200, b'{"choices":[{"message":{"content":"{}"}}]}')],
    )
    def test_everything_works_without_it(
        self, customer: Chatter, other: LanguageModelStandIn, status: int, raw: bytes | None
    ) -> None:
        other.status, other.raw = status, raw
        assert "200米" in customer.say("挖路要我去办手续吗")

    def test_a_slow_one_leaves_time_for_the_answer(
        self, customer: Chatter, other: LanguageModelStandIn
    ) -> None:
        other.says, other.delay = means("unknown"), 4.0
        began = time.monotonic()
        assert "200米" in customer.say("挖路要我去办手续吗")
        assert time.monotonic() - began < 4.5
