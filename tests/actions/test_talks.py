"""A message is taken once, its answer kept, however many come at the same time."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from backend.actions import talks
from backend.actions.talks import Said, Talk, Whose
from backend.bots.heard import Heard
from backend.models import Conversation, Customer, TakenMessage, WechatIdentity
from tests.support.builders import MONDAY_15, a_customer


@dataclass
class Assistant:
    """Counts the turns it took in the talk's state; `does` makes every turn change something."""

    does: bool = False
    asked: int = 0
    began: asyncio.Event = field(default_factory=asyncio.Event)

    async def respond(self, talk: Talk) -> Said:
        if self.does:
            talk.check_held()
            await Customer.filter(id=talk.customer_id).update(name="张三")
        self.began.set()
        await asyncio.sleep(0.02)
        turn = talk.state.get("turn", 0) + 1
        return Said(answer=f"第 {turn} 句", state={"turn": turn}, intent="greeting")

    async def hear(self, key: str) -> str | None:
        message = Heard(app="official_account", openid="oa-1", key=key, kind="text", text="你好")
        return await talks.once(
            message, self.respond, ask_whose=self.ask_whose, now=MONDAY_15, real_now=MONDAY_15
        )

    async def ask_whose(self) -> Whose:
        self.asked += 1
        return Whose(unionid="u-1", asked=True)


@pytest.fixture(params=[False, True], ids=["says", "does"])
async def assistant(database: str, request: Any) -> Assistant:
    await a_customer("oa-1")
    await WechatIdentity.filter(openid="oa-1").update(unionid_asked_at=MONDAY_15)
    return Assistant(does=request.param)


async def state() -> Any:
    return (await Conversation.get(openid="oa-1")).state


class TestOnce:
    async def test_a_repeat_gets_the_first_answer(self, assistant: Assistant) -> None:
        assert [await assistant.hear("k1"), await assistant.hear("k1")] == ["第 1 句", "第 1 句"]
        assert await state() == {"turn": 1}

    async def test_twins_at_one_moment_are_one_message(self, assistant: Assistant) -> None:
        answers = await asyncio.gather(*[assistant.hear("k1") for _ in range(5)])
        assert answers == ["第 1 句"] * 5
        assert await state() == {"turn": 1}
        assert await TakenMessage.all().count() == 1

    async def test_messages_at_one_moment_are_turns_one_after_the_other(self, assistant: Assistant) -> None:
        answers = await asyncio.gather(*[assistant.hear(f"k{number}") for number in range(6)])
        assert sorted(filter(None, answers)) == [f"第 {turn} 句" for turn in range(1, 7)]
        assert await state() == {"turn": 6}

    async def test_the_window_opens_and_the_person_counts_as_a_follower(self, assistant: Assistant) -> None:
        await WechatIdentity.filter(openid="oa-1").update(follows=False)
        await assistant.hear("k1")
        known = await WechatIdentity.get(openid="oa-1")
        assert (known.follows, known.last_message_at) == (True, MONDAY_15)

    async def test_somebody_known_is_not_asked_for(self, assistant: Assistant) -> None:
        await assistant.hear("k1")
        assert assistant.asked == 0


async def test_a_stranger_is_asked_for_once_and_met(database: str) -> None:
    assistant = Assistant()
    assert await assistant.hear("k1") == "第 1 句"
    assert await assistant.hear("k2") == "第 2 句"
    assert assistant.asked == 1
    assert await Customer.filter(unionid="u-1").count() == 1


async def test_a_turn_that_fails_leaves_nothing_and_the_repeat_is_answered(database: str) -> None:
    async def fail(talk: Talk) -> Said:
        talk.check_held()
        await Customer.filter(id=talk.customer_id).update(name="张三")
        raise RuntimeError

    assistant = Assistant()
    await assistant.hear("k0")
    message = Heard(app="official_account", openid="oa-1", key="k1", kind="text", text="你好")
    with pytest.raises(RuntimeError):
        await talks.once(message, fail, ask_whose=assistant.ask_whose, now=MONDAY_15, real_now=MONDAY_15)
    assert not await Customer.exists(name="张三")
    assert await assistant.hear("k1") == "第 2 句"
