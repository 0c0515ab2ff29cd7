"""What people receive from the account, and what it learns from the platform."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from redis.asyncio import Redis

from backend.gateways.wechat.answers import MenuLine
from backend.gateways.wechat.official_account import OfficialAccount
from backend.gateways.wechat.refusals import CodeInvalid, Unreachable, WrongData
from backend.gateways.wechat.threads import PlatformThreads
from tests.gateways.wechat.conftest import OA_APPID, TEMPLATE, Platform, an_account

VALUES = {"thing1": "王先生家上门", "time2": "2026年11月24日 15:00"}


class TestSending:
    async def test_a_service_notice_with_its_two_jumps(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        person = platform.person()
        receipt = await account.send_template(
            person["oa_openid"],
            TEMPLATE,
            VALUES,
            client_msg_id="m-1",
            url="https://gas/m/1",
            mini_program_path="pages/a",
        )
        (message,) = platform.messages(person, "template")
        assert "王先生家上门" in message["text"]
        assert (message["url"], message["page"], message["msgid"]) == (
            "https://gas/m/1",
            "pages/a",
            receipt.message_id,
        )

    async def test_the_same_notice_sent_again_arrives_once(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        person = platform.person()
        for _ in range(2):
            await account.send_template(person["oa_openid"], TEMPLATE, VALUES, client_msg_id="m-1")
        assert len(platform.messages(person, "template")) == 1

    async def test_words_inside_the_window(self, platform: Platform, account: OfficialAccount) -> None:
        person = platform.person(follows=False)
        platform.follow(person)
        await account.send_text(person["oa_openid"], "燃气已经为您点火通气，请给我们打个分吧 🔥")
        await account.send_menu(
            person["oa_openid"], "满意吗？", [MenuLine(id="rate-5", text="满意")], tail="谢谢"
        )
        texts = [message["text"] for message in platform.messages(person, "custom")]
        assert texts[0] == "燃气已经为您点火通气，请给我们打个分吧 🔥"
        assert "满意" in texts[1]

    async def test_typing_is_shown_to_who_has_just_written(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        person = platform.person()
        platform.follow(person)
        with pytest.raises(Unreachable):
            await account.show_typing(person["oa_openid"])
        platform.act(person, "say", text="到哪一步了")
        await account.show_typing(person["oa_openid"])

    async def test_a_text_too_long_is_cut_rather_than_refused(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        person = platform.person(follows=False)
        platform.follow(person)
        await account.send_text(person["oa_openid"], "长" * 2000)
        (message,) = platform.messages(person, "custom")
        assert message["text"].endswith("长…")

    async def test_who_does_not_follow_is_unreachable(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        person = platform.person(follows=False)
        with pytest.raises(Unreachable) as caught:
            await account.send_template(person["oa_openid"], TEMPLATE, VALUES, client_msg_id="m-1")
        assert (caught.value.reason, caught.value.errcode) == ("not_a_follower", 43004)
        assert caught.value.rid

    async def test_outside_the_window_words_do_not_arrive(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        with pytest.raises(Unreachable) as caught:
            await account.send_text(platform.person()["oa_openid"], "您好")
        assert caught.value.reason == "window_closed"

    async def test_a_value_that_does_not_fit_is_our_mistake(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        with pytest.raises(WrongData) as caught:
            await account.send_template(
                platform.person()["oa_openid"], TEMPLATE, {"phrase1": "这个词实在太长了"}, client_msg_id="m-1"
            )
        assert caught.value.reason == "value_does_not_fit"

    async def test_a_subscribe_notice_needs_consent(
        self, platform: Platform, account: OfficialAccount
    ) -> None:
        person = platform.person()
        with pytest.raises(Unreachable) as caught:
            await account.send_subscribe_notice(person["oa_openid"], TEMPLATE, VALUES, url="https://gas/m/1")
        assert caught.value.reason == "no_subscription"
        platform.act(person, "subscribe", results={TEMPLATE: "accept"}, app="official_account")
        await account.send_subscribe_notice(person["oa_openid"], TEMPLATE, VALUES, url="https://gas/m/1")
        assert len(platform.messages(person, "bizsend")) == 1


class TestAsking:
    async def test_who_follows(self, platform: Platform, account: OfficialAccount) -> None:
        follower, stranger = platform.person(), platform.person(follows=False)
        info = await account.find_user(follower["oa_openid"])
        assert (info.subscribed, info.unionid) == (True, follower["unionid"])
        assert not (await account.find_user(stranger["oa_openid"])).subscribed

    async def test_a_binding_code_can_be_scanned(self, platform: Platform, account: OfficialAccount) -> None:
        code = await account.create_scene_qr("bind-7", timedelta(minutes=10))
        assert code.ticket
        assert code.picture_url.startswith(f"{platform.root}/cgi-bin/showqrcode?ticket=")
        platform.follow(person := platform.person(follows=False))
        platform.act(person, "scan", scene=code.url)

    async def test_the_menu_is_put_in_place(self, platform: Platform, account: OfficialAccount) -> None:
        await account.create_menu({"button": [{"type": "click", "name": "我要报装", "key": "apply"}]})
        platform.act(platform.person(), "click", button="apply")

    async def test_granted_templates(self, account: OfficialAccount) -> None:
        assert isinstance(await account.list_templates(), tuple)

    async def test_a_picture_of_a_customer(self, platform: Platform, account: OfficialAccount) -> None:
        person = platform.person()
        media_id = platform.image(person, b"\x89PNG\r\n\x1a\n" + bytes(300))
        file = await account.download_media(media_id)
        assert file.content.startswith(b"\x89PNG")
        assert file.content_type == "image/png"

    async def test_a_picture_that_is_gone(self, account: OfficialAccount) -> None:
        with pytest.raises(WrongData) as caught:
            await account.download_media("no-such-media")
        assert caught.value.reason == "media_gone"


class TestWebLogin:
    def test_the_login_page_is_the_platforms(self, account: OfficialAccount, platform: Platform) -> None:
        url = account.login_url("https://gas.test/m/login?x=1", "s-1")
        parts = urlsplit(url)
        assert url.startswith(f"{platform.root}/connect/oauth2/authorize?")
        assert parts.fragment == "wechat_redirect"
        query = parse_qs(parts.query)
        assert query["redirect_uri"] == ["https://gas.test/m/login?x=1"]
        assert (query["appid"], query["state"], query["scope"]) == ([OA_APPID], ["s-1"], ["snsapi_base"])

    def test_without_another_base_it_is_the_real_one(self, redis: Redis, threads: PlatformThreads) -> None:
        real = an_account("https://api.weixin.qq.com", redis, threads)
        assert real.login_url("https://g", "s").startswith(
            "https://open.weixin.qq.com/connect/oauth2/authorize?"
        )

    async def test_a_code_names_the_person_once(self, platform: Platform, account: OfficialAccount) -> None:
        person = platform.person()
        code = platform.code(person, "oauth")
        assert await account.openid_for_code(code) == person["oa_openid"]
        with pytest.raises(CodeInvalid):
            await account.openid_for_code(code)
