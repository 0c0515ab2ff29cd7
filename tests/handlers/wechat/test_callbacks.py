"""What comes in must be the platform's; what it tells besides messages has its effect once."""

import time
from typing import Any

import httpx
import pytest

from backend import clock
from backend.actions import staff_access
from backend.gateways.wechat.crypto import sign
from backend.models import Staff, SubscriptionGrant, TakenMessage, WechatIdentity
from config.settings import Settings
from tests.handlers.wechat.conftest import Chatter
from tests.support.processes import RunningProcess

_TOKEN = Settings(database_url=None, redis_url=None).wechat_oa_token
_MESSAGE = "<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>进度</Content><MsgId>1</MsgId></xml>"


def signed(*, at: float | None = None, token: str = _TOKEN, **more: str) -> dict[str, str]:
    stamp = str(int(at or time.time()))
    return {"timestamp": stamp, "nonce": "n", "signature": sign(token, stamp, "n"), **more}


def post(door: httpx.Client, query: dict[str, str], body: str) -> httpx.Response:
    return door.post("/wechat/official-account", params=query, content=body)


@pytest.fixture
def door(chat_server: RunningProcess) -> httpx.Client:
    return httpx.Client(base_url=chat_server.url, trust_env=False, timeout=10)


@pytest.mark.usefixtures("database")
class TestRefusals:
    PATHS = ("/wechat/official-account", "/wechat/mini-program")

    @pytest.mark.parametrize("path", PATHS)
    def test_forged_or_stale_is_403(self, door: httpx.Client, path: str) -> None:
        for query in (
            signed(token="guessed"),
            signed(at=time.time() - 700),
            signed(at=time.time() + 700),
            {},
        ):
            assert door.post(path, params=query, content=_MESSAGE).status_code == 403
            assert door.get(path, params={**query, "echostr": "x"}).status_code == 403

    @pytest.mark.parametrize("body", ["", "not xml", "<xml></xml>", "<!DOCTYPE a><xml/>", "\x00\xff"])
    async def test_unreadable_is_400(self, door: httpx.Client, body: str) -> None:
        answer = post(door, signed(), body)
        assert answer.status_code == 400
        assert not await TakenMessage.exists()

    async def test_huge_is_413(self, door: httpx.Client) -> None:
        body = _MESSAGE.replace("进度", "进" * 70_000)
        assert post(door, signed(), body).status_code == 413
        assert not await TakenMessage.exists()

    async def test_sealed_for_somebody_else_is_refused(self, door: httpx.Client) -> None:
        body = "<xml><ToUserName>gh</ToUserName><Encrypt>AAAA</Encrypt></xml>"
        query = signed(encrypt_type="aes", msg_signature="0" * 40)
        assert post(door, query, body).status_code == 403
        assert not await TakenMessage.exists()

    def test_the_address_is_verified_by_its_echo(self, door: httpx.Client) -> None:
        assert door.get("/wechat/official-account", params=signed(echostr="5927")).text == "5927"


class TestEvents:
    def event(self, customer: Chatter, **fields: Any) -> str:
        return customer.read(customer.act("event", fields=fields))

    async def test_staff_are_bound_by_the_code_they_scan_once(self, customer: Chatter) -> None:
        member = await Staff.get(login="customer_manager")
        await Staff.filter(id=member.id).update(openid=None)
        scene = await staff_access.open_scene(member.id, real_now=clock.real_now())
        answer = self.event(customer, Event="SCAN", EventKey=scene.scene)
        assert "王经理" in answer
        assert (await Staff.get(id=member.id)).openid is not None
        assert "过期" in self.event(customer, Event="SCAN", EventKey=scene.scene, CreateTime="1")

    async def test_who_leaves_is_no_follower_any_more(self, customer: Chatter) -> None:
        customer.act("unfollow")
        assert not (await WechatIdentity.get(app="official_account")).follows

    async def test_a_button_says_its_words(self, customer: Chatter) -> None:
        assert "居民还是工商业" in self.event(customer, Event="CLICK", EventKey="apply")

    @pytest.mark.parametrize("event", ["LOCATION", "VIEW", "kf_create_session", "no_such_event", "x" * 90])
    async def test_others_are_taken_quietly(self, customer: Chatter, event: str) -> None:
        assert self.event(customer, Event=event) == ""

    async def test_consents_are_counted_once(self, customer: Chatter) -> None:
        customer.say("你好")
        fields = {
            "Event": "subscribe_msg_popup_event",
            "SubscribeMsgPopupEvent": {"List": {"TemplateId": "T1", "SubscribeStatusString": "accept"}},
        }
        self.event(customer, **fields)
        customer.read(customer.act("repeat"))
        assert (await SubscriptionGrant.get(template_id="T1")).remaining == 1

    async def test_the_person_behind_the_open_id_is_asked_for_once(self, customer: Chatter) -> None:
        customer.say("你好")
        known = await WechatIdentity.get(app="official_account").prefetch_related("customer")
        assert known.customer.unionid is not None
        assert known.unionid_asked_at is not None


class TestModes:
    @pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
    async def test_every_mode_is_spoken(self, customer: Chatter, mode: str) -> None:
        customer.http.patch("/sim/callbacks", json={"mode": mode}).raise_for_status()
        assert "查不到" in customer.say("天然气费怎么交")
