"""One access token for all processes, renewed once however many were refused with the old one."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from backend.gateways.redis import open_redis
from backend.gateways.wechat.official_account import OfficialAccount
from backend.gateways.wechat.refusals import AccountProblem, TokenRefused, TryLater
from backend.gateways.wechat.threads import PlatformThreads
from backend.gateways.wechat.token import FetchedToken, SharedToken
from backend.gateways.wechat.wecom import WeCom
from tests.gateways.wechat.conftest import OA_APPID, TEMPLATE, Platform, an_account
from tests.support.processes import free_port

FETCH = "/cgi-bin/stable_token"
SEND = "/cgi-bin/message/template/send"


async def send(account: OfficialAccount, openid: str, number: int = 1) -> None:
    await account.send_template(openid, TEMPLATE, {"thing1": "新的任务"}, client_msg_id=f"m-{number}")


async def send_many(openid: str, *accounts: OfficialAccount) -> None:
    await asyncio.gather(*(send(accounts[n % len(accounts)], openid, n) for n in range(40)))


class TestSharing:
    async def test_forty_messages_of_two_processes_fetch_one_token(
        self, platform: Platform, account: OfficialAccount, redis: Redis, openid: str
    ) -> None:
        other_threads = PlatformThreads()
        other_process = an_account(platform.root, redis, other_threads)
        await send_many(openid, account, other_process)
        await other_threads.close()
        assert len(platform.calls(FETCH)) == 1
        assert len(platform.calls(SEND)) == 40

    async def test_the_token_leaves_redis_before_the_platform_ends_it(
        self, account: OfficialAccount, redis: Redis, openid: str
    ) -> None:
        await send(account, openid)
        assert 0 < await redis.ttl(f"wechat:token:{OA_APPID}") <= 7200 - 120

    async def test_wecom_has_its_own(
        self, platform: Platform, wecom: WeCom, account: OfficialAccount, openid: str
    ) -> None:
        await send(account, openid)
        for message_id in ("1", "2"):
            await wecom.send_card(
                ["supervisor"], title="超时", description="d", url="https://g", message_id=message_id
            )
        assert len(platform.calls("/cgi-bin/gettoken")) == 1


class TestRefused:
    async def test_a_revoked_token_is_renewed_once_for_all(
        self,
        platform: Platform,
        account: OfficialAccount,
        redis: Redis,
        threads: PlatformThreads,
        openid: str,
    ) -> None:
        await send(account, openid, 100)
        platform.revoke_tokens()
        await send_many(openid, account, an_account(platform.root, redis, threads))
        assert len(platform.calls(FETCH)) == 2

    @pytest.mark.parametrize("kind", ["invalid_token", "expired_token"])
    async def test_a_platform_that_refuses_every_token_is_asked_twice_and_no_more(
        self, platform: Platform, account: OfficialAccount, openid: str, kind: str
    ) -> None:
        platform.fault(SEND, kind)
        with pytest.raises(TokenRefused):
            await send(account, openid)
        assert len(platform.calls(SEND)) == 2
        assert len(platform.calls(FETCH)) == 2

    async def test_one_refusal_is_not_noticed(
        self, platform: Platform, account: OfficialAccount, openid: str
    ) -> None:
        platform.fault(SEND, "expired_token", count=1)
        await send(account, openid)
        assert [call["errcode"] for call in platform.calls(SEND)] == [42001, 0]

    async def test_a_newer_token_of_another_process_is_used(self, redis: Redis) -> None:
        fetched = iter(["first", "second", "third"])

        async def fetch() -> FetchedToken:
            return FetchedToken(value=next(fetched), life=timedelta(hours=2))

        here, there = (SharedToken(name="app", fetch=fetch, redis=redis) for _ in range(2))
        refused = await here.get()
        newer = await there.renew(refused)
        assert (await here.renew(refused)) == newer
        assert next(fetched) == "third"

    async def test_a_wrong_secret_is_an_alarm(
        self, platform: Platform, redis: Redis, threads: PlatformThreads, openid: str
    ) -> None:
        with pytest.raises(AccountProblem) as caught:
            await send(an_account(platform.root, redis, threads, secret="wrong"), openid)
        assert caught.value.reason == "secret_wrong"

    async def test_a_busy_platform_gives_no_token_now(
        self, platform: Platform, account: OfficialAccount, openid: str
    ) -> None:
        platform.fault(FETCH, "busy", count=1)
        with pytest.raises(TryLater):
            await send(account, openid)
        await send(account, openid)


class TestWithoutRedis:
    async def test_messages_go_on_with_a_token_of_ones_own(
        self, platform: Platform, threads: PlatformThreads, openid: str
    ) -> None:
        away = open_redis(f"redis://127.0.0.1:{free_port()}")
        account = an_account(platform.root, away, threads)
        await send_many(openid, account)
        platform.revoke_tokens()
        await send_many(openid, account)
        assert len(platform.calls(FETCH)) == 2
        await away.aclose()

    async def test_a_redis_that_hangs_delays_but_does_not_stop_them(
        self, platform: Platform, threads: PlatformThreads, openid: str
    ) -> None:
        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", port := free_port())
        hanging = open_redis(f"redis://127.0.0.1:{port}")
        account = an_account(platform.root, hanging, threads)
        async with asyncio.timeout(8):
            await send(account, openid)
        async with asyncio.timeout(2):
            await send(account, openid, 2)
        await hanging.aclose()
        server.close()
