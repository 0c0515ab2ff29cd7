"""Lines that break and platforms that are slow: what may have been done is never called undone."""

import asyncio
import logging
import traceback

import pytest
from redis.asyncio import Redis

from backend.gateways.wechat import transport
from backend.gateways.wechat.official_account import OfficialAccount
from backend.gateways.wechat.refusals import OutcomeUnknown, TryLater, WeChatTrouble, WrongData
from backend.gateways.wechat.threads import PlatformThreads
from tests.gateways.wechat.conftest import OA_SECRET, TEMPLATE, Platform, an_account
from tests.support.processes import free_port

SEND = "/cgi-bin/message/template/send"
ASK = "/cgi-bin/user/info"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_TIME_LIMITS", (0.5, 0.2))


async def send(account: OfficialAccount, openid: str, *, urgent: bool = False, number: int = 1) -> None:
    values = {"thing1": "新的任务"}
    await account.send_template(openid, TEMPLATE, values, client_msg_id=f"m-{number}", urgent=urgent)


async def trouble_sending(account: OfficialAccount, openid: str) -> WeChatTrouble:
    with pytest.raises(WeChatTrouble) as caught:
        await send(account, openid)
    return caught.value


@pytest.mark.usefixtures("impatient")
class TestLostAnswers:
    @pytest.mark.parametrize("kind", ["slow", "late_answer", "reset", "lost_answer"])
    async def test_a_message_may_or_may_not_have_arrived(
        self, platform: Platform, account: OfficialAccount, openid: str, kind: str
    ) -> None:
        platform.fault(SEND, kind, seconds=0.5)
        assert isinstance(await trouble_sending(account, openid), OutcomeUnknown)

    @pytest.mark.parametrize("kind", ["slow", "reset"])
    async def test_a_question_may_simply_be_asked_again(
        self, platform: Platform, account: OfficialAccount, openid: str, kind: str
    ) -> None:
        platform.fault(ASK, kind, seconds=0.5)
        with pytest.raises(TryLater):
            await account.find_user(openid)

    async def test_a_token_that_does_not_come_leaves_nothing_in_doubt(
        self, platform: Platform, account: OfficialAccount, openid: str
    ) -> None:
        platform.fault("/cgi-bin/stable_token", "reset")
        assert isinstance(await trouble_sending(account, openid), TryLater)


class TestCertainFailures:
    async def test_who_cannot_connect_has_sent_nothing(
        self, redis: Redis, threads: PlatformThreads, account: OfficialAccount, openid: str
    ) -> None:
        await send(account, openid)  # the token is there: it is the message that does not get out
        cut_off = an_account(f"http://127.0.0.1:{free_port()}", redis, threads)
        trouble = await trouble_sending(cut_off, openid)
        assert isinstance(trouble, TryLater)
        assert trouble.reason == "no_connection"

    @pytest.mark.parametrize(
        ("kind", "reason"),
        [
            ("down", "http_503"),
            ("non_json", "unreadable_answer"),
            ("busy", "system_busy"),
            ("limit", "quota_used"),
        ],
    )
    async def test_a_platform_that_says_no_has_sent_nothing(
        self, platform: Platform, account: OfficialAccount, openid: str, kind: str, reason: str
    ) -> None:
        platform.fault(SEND, kind, count=1)
        trouble = await trouble_sending(account, openid)
        assert (type(trouble), trouble.reason) == (TryLater, reason)
        await send(account, openid)

    async def test_a_refusal_nobody_has_listed_goes_to_a_person(
        self, platform: Platform, account: OfficialAccount, openid: str
    ) -> None:
        platform.fault(SEND, "error", errcode=99999)
        trouble = await trouble_sending(account, openid)
        assert (type(trouble), trouble.reason, trouble.errcode) == (WrongData, "unlisted_refusal", 99999)


class TestEmergencies:
    async def test_they_pass_when_every_ordinary_thread_waits(
        self, platform: Platform, account: OfficialAccount, openid: str
    ) -> None:
        await account.find_user(openid)
        platform.fault(ASK, "slow", seconds=1.5)
        ordinary = [asyncio.create_task(account.find_user(openid)) for _ in range(40)]
        await asyncio.sleep(0)
        await send(account, openid, urgent=True)
        assert not any(task.done() for task in ordinary)
        for task in ordinary:
            task.cancel()
        await asyncio.gather(*ordinary, return_exceptions=True)

    async def test_a_full_queue_says_so_at_once(
        self, platform: Platform, account: OfficialAccount, openid: str
    ) -> None:
        await account.find_user(openid)
        platform.fault(ASK, "slow", seconds=1)
        waiting = [asyncio.create_task(account.find_user(openid)) for _ in range(100)]
        done, _ = await asyncio.wait(waiting, timeout=0.8)
        reasons = {error.reason for task in done if isinstance(error := task.exception(), TryLater)}
        assert reasons == {"too_many_waiting"}
        assert len(done) == 36
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


class TestSecrets:
    @pytest.mark.parametrize("kind", ["reset", "down", "error"])
    async def test_neither_errors_nor_logs_tell_them(
        self,
        platform: Platform,
        account: OfficialAccount,
        redis: Redis,
        openid: str,
        caplog: pytest.LogCaptureFixture,
        kind: str,
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            await send(account, openid)
            platform.fault(SEND, kind)
            told = "".join(traceback.format_exception(await trouble_sending(account, openid)))
        (key,) = [key async for key in redis.scan_iter("wechat:token:*")]
        token = str(await redis.get(key)).split('"')[3]
        for secret in (OA_SECRET, token, openid):
            assert secret not in told + caplog.text
