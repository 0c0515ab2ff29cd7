"""wechatpy, which nobody here wrote, talks to the platform as it talks to the real one."""

import asyncio
import io
from collections.abc import Callable
from typing import Any

import pytest
import requests
from wechatpy import WeChatClient, WeChatClientException
from wechatpy.enterprise import WeChatClient as WeComClient

from tests.simulator.platform_client import MP, OA, PlatformClient


class Rebased(requests.Session):
    """Every address of the platform becomes the simulator's."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.trust_env = False
        self._root = root

    def request(self, method: Any, url: Any, *args: Any, **more: Any) -> requests.Response:
        for real in ("https://api.weixin.qq.com", "https://qyapi.weixin.qq.com"):
            url = str(url).replace(real, self._root)
        return super().request(method, url, *args, **{"timeout": 10, **more})


def account(platform: PlatformClient, app: dict[str, str] = OA) -> Any:
    client = WeChatClient(app["appid"], app["secret"], auto_retry=False)
    client._http = Rebased(platform.root)
    return client


async def off_loop(does: Callable[[], Any]) -> Any:
    return await asyncio.to_thread(does)


class TestOfficialAccount:
    async def test_it_sends_templates_and_reads_the_follower(self, platform: PlatformClient) -> None:
        client, person = account(platform), await platform.follower()
        data = {"thing1": {"value": "上门"}}

        sent = await off_loop(lambda: client.message.send_template(person["oa_openid"], "dev-x", data))
        user = await off_loop(lambda: client.user.get(person["oa_openid"]))

        assert (sent["errcode"], user["unionid"]) == (0, person["unionid"])
        assert await platform.texts(person) == ["dev-x\n上门"]

    async def test_a_closed_window_is_the_error_it_knows(self, platform: PlatformClient) -> None:
        client, person = account(platform), await platform.follower()
        with pytest.raises(WeChatClientException) as refused:
            await off_loop(lambda: client.message.send_text(person["oa_openid"], "您好"))
        assert refused.value.errcode == 45015

    async def test_it_uploads_and_downloads_media(self, platform: PlatformClient) -> None:
        client, photo = account(platform), b"\x89PNG" + bytes(64)
        file = io.BytesIO(photo)
        file.name = "a.png"
        kept = await off_loop(lambda: client.media.upload("image", file))
        back = await off_loop(lambda: client.media.download(kept["media_id"]))
        assert back.content == photo

    async def test_it_makes_a_menu_and_a_scene(self, platform: PlatformClient) -> None:
        client = account(platform)
        menu = {"button": [{"type": "click", "name": "报装", "key": "apply"}]}
        scene = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "s"}}}
        assert (await off_loop(lambda: client.menu.create(menu)))["errcode"] == 0
        assert (await off_loop(client.menu.get))["menu"] == menu
        assert (await off_loop(lambda: client.qrcode.create({**scene, "expire_seconds": 60})))["ticket"]


class TestMiniProgram:
    async def test_it_logs_in_and_sends_a_subscribe_message(self, platform: PlatformClient) -> None:
        client, person = account(platform, MP), await platform.person()
        code = await platform.code(person, "login-code")
        await platform.act(person, "subscribe", results={"dev-done": "accept"})
        data = {"thing1": {"value": "通气"}}

        session = await off_loop(lambda: client.wxa.code_to_session(code))
        send = client.wxa.send_subscribe_message
        await off_loop(lambda: send(person["mp_openid"], "dev-done", data, page="pages/index"))

        assert session["openid"] == person["mp_openid"]
        assert await platform.texts(person) == ["dev-done\n通气"]


class TestWeCom:
    async def test_it_reaches_a_member(self, platform: PlatformClient) -> None:
        client: Any = WeComClient("wwdev0000000000", "dev-wecom-secret", auto_retry=False)
        client._http = Rebased(platform.root)
        sent = await off_loop(lambda: client.message.send_text(1000002, "supervisor", content="超时"))
        assert sent["errcode"] == 0
        assert await platform.texts({"key": "supervisor"}) == ["超时"]
