"""§7: a customer without WeChat is told by text message or by a call, never by silence; the chat says when people are there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.support.case import Case
from tests.support.phone import eventually
from tests.support.project import SHANGHAI
from tests.support.sms import SmsProvider
from tests.support.town import Town


@pytest.fixture
def sms(environment: dict[str, str]) -> Iterator[SmsProvider]:
    """Ask for it before `town`: its address is a setting."""
    with SmsProvider.opened() as provider:
        environment |= {"SMS_API_BASE": provider.url, "SMS_TOKEN": "t0ken"}
        yield provider


class TestByTextMessage:
    def test_where_there_is_a_gateway(self, sms: SmsProvider, town: Town) -> None:
        case = Case.filed_by(town, "hotline_agent", "hotline")
        phone = case.seen()["contact_phone"]
        [sent] = eventually(lambda: [one for one in sms.sent if case.number in one["text"]])
        assert sent["to"] == phone
        assert "/m/progress/" in sent["text"]
        assert not town.desk("hotline_agent").tasks(kind="call_back", application_number=case.number)


class TestByCall:
    def test_the_hotline_calls_and_what_it_said_is_settled(self, town: Town) -> None:
        agent = town.desk("hotline_agent")
        case = Case.filed_by(town, "hotline_agent", "hotline")
        [task] = eventually(lambda: agent.tasks(kind="call_back", application_number=case.number))
        [stuck] = self._stuck(town, case)
        assert (stuck["state"], stuck["title"]) == ("called_back", "报装已受理")
        assert stuck["phone"] == case.seen()["contact_phone"]

        agent.post(f"/api/staff/tasks/{task['id']}/accept")
        agent.post(f"/api/staff/tasks/{task['id']}/finish", {"note": "已电话告知"})
        assert not self._stuck(town, case)
        [told] = [
            one
            for one in agent.get("/api/staff/messages", state="told")["items"]
            if one["application_number"] == case.number
        ]
        assert told["closing_note"] == "已电话告知"

    def test_sent_again_or_given_up_with_a_word(self, town: Town) -> None:
        agent = town.desk("hotline_agent")
        case = Case.filed_by(town, "hotline_agent", "hotline")
        [stuck] = eventually(lambda: self._stuck(town, case))
        agent.post(f"/api/staff/messages/{stuck['id']}/resend")
        [again] = eventually(lambda: self._stuck(town, case))
        assert again["id"] == stuck["id"]
        done = agent.post(f"/api/staff/messages/{stuck['id']}/give-up", {"note": "客户到营业厅问过了"})
        assert (done["state"], done["closing_note"]) == ("given_up", "客户到营业厅问过了")
        assert not agent.tasks(kind="call_back", application_number=case.number)

    @staticmethod
    def _stuck(town: Town, case: Case) -> list[dict[str, str]]:
        items = town.desk("hotline_agent").get("/api/staff/messages", limit=100)["items"]
        return [one for one in items if one["application_number"] == case.number]


class TestOutsideChatHours:
    def test_the_assistant_says_so_and_gives_the_number(self, town: Town) -> None:
        local = town.now().astimezone(SHANGHAI)
        night = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), SHANGHAI)
        town.move_to(night + timedelta(hours=21))
        customer = town.somebody()
        customer.act("follow")
        answer = customer.say("我要找人工客服")
        assert "4000678099" in answer
        assert "8" in answer
