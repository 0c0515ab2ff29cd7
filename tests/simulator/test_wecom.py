"""WeCom messages to staff."""

from typing import Any

from tests.simulator.platform_client import PlatformClient

MANAGER = {"key": "customer_manager"}


async def send(platform: PlatformClient, to: str, text: str, **more: object) -> dict[str, Any]:
    body = {"touser": to, "msgtype": "text", "agentid": 1000002, "text": {"content": text}, **more}
    return await platform.call("/cgi-bin/message/send", body, token=await platform.wecom_token())


class TestSending:
    async def test_partly_done_names_whom_it_did_not_reach(self, platform: PlatformClient) -> None:
        sent = await send(platform, "customer_manager|nobody", "新任务")
        assert (sent["errcode"], sent["invaliduser"]) == (0, "nobody")
        assert await platform.texts(MANAGER, "channel=wecom") == ["新任务"]

    async def test_nobody_reached_is_an_error(self, platform: PlatformClient) -> None:
        assert (await send(platform, "nobody", "新任务"))["errcode"] == 81013

    async def test_the_same_words_are_shown_once_when_asked(self, platform: PlatformClient) -> None:
        check = {"enable_duplicate_check": 1, "duplicate_check_interval": 600}
        for _ in range(2):
            await send(platform, "customer_manager", "提醒", **check)
        await platform.later(601)
        await send(platform, "customer_manager", "提醒", **check)
        assert await platform.texts(MANAGER) == ["提醒", "提醒"]

    async def test_an_unknown_token_is_40014_here(self, platform: PlatformClient) -> None:
        token = await platform.wecom_token()
        await platform.http.post("/sim/tokens/revoke")
        answer = await platform.call("/cgi-bin/message/send", {"touser": "x"}, token=token)
        assert answer["errcode"] == 40014
