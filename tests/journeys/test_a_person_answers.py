"""§7: the assistant hands the chat to a person of ours, who answers through the account and gives it back."""

from uuid import uuid4

import pytest

from tests.support.desk import Refused
from tests.support.phone import eventually
from tests.support.town import Town


def test_from_the_call_for_a_person_to_the_assistant_again(town: Town) -> None:
    customer, agent = town.somebody(), town.desk("hotline_agent")
    customer.act("follow")
    customer.say("你好")
    assert "4000678099" in customer.say("我要找人工客服")
    [waiting] = agent.get("/api/staff/talks")["items"]
    assert (waiting["state"], waiting["reason"], waiting["words"]) == ("waiting", "asked", "我要找人工客服")
    assert agent.tasks(kind="human_chat")

    with pytest.raises(Refused) as early:
        agent.post(f"/api/staff/talks/{waiting['id']}/replies", {"text": "您好"})
    assert (early.value.status, early.value.problem["detail"]) == (409, "请先接入这段对话，再回复。")

    talk = agent.post(f"/api/staff/talks/{waiting['id']}/take")
    assert [line["text"] for line in talk["lines"] if line["by"] == "customer"][-2:] == [
        "你好",
        "我要找人工客服",
    ]
    key = uuid4().hex
    for _ in range(2):  # a double click is one message
        agent.post(f"/api/staff/talks/{talk['id']}/replies", {"text": "您好，请问有什么事"}, key=key)
    customer.wait_for("您好，请问有什么事", channel="custom")

    customer.act("say", text="我的房子是租的能装吗")
    seen = eventually(lambda: _line(agent.get(f"/api/staff/talks/{talk['id']}"), "我的房子是租的能装吗"))
    assert seen["by"] == "customer"
    said = _line(agent.get(f"/api/staff/talks/{talk['id']}"), "您好，请问有什么事")
    assert said["delivery"] == "delivered"

    agent.post(f"/api/staff/talks/{talk['id']}/hand-back", {"note": "租房可装，已说明"})
    customer.wait_for("智能助手", channel="custom")
    assert "身份证" in customer.say("报装要什么资料")
    assert agent.get("/api/staff/talks")["items"] == []
    [ended] = agent.get("/api/staff/talks", state="ended")["items"]
    assert ended["agent_name"] == agent.staff["name"]


def _line(talk: dict[str, list[dict[str, str]]], text: str) -> dict[str, str]:
    """The line with this text; empty where there is none."""
    return next((line for line in talk["lines"] if line["text"] == text), {})
