"""Who opens the mini-program, and what reaches them."""

import pytest

from backend.gateways.wechat.mini_program import MiniProgram
from backend.gateways.wechat.refusals import BlockedUser, CodeInvalid, TryLater, Unreachable
from tests.gateways.wechat.conftest import Platform

VALUES = {"thing1": "已点火通气", "time2": "2026年11月24日 15:00"}


class TestLogin:
    async def test_a_code_names_the_person_once(self, platform: Platform, mini_program: MiniProgram) -> None:
        person = platform.person()
        code = platform.code(person, "login")
        session = await mini_program.code_to_session(code)
        assert (session.openid, session.unionid) == (person["mp_openid"], person["unionid"])
        assert session.session_key
        assert session.session_key not in repr(session)
        with pytest.raises(CodeInvalid) as caught:
            await mini_program.code_to_session(code)
        assert caught.value.reason == "code_used"

    async def test_it_needs_no_access_token(self, platform: Platform, mini_program: MiniProgram) -> None:
        await mini_program.code_to_session(platform.code(platform.person(), "login"))
        assert platform.calls("/cgi-bin/stable_token") == []

    @pytest.mark.parametrize("code", ["forged", "", "a&appid=b", "码" * 300])
    async def test_a_forged_code_is_refused(self, mini_program: MiniProgram, code: str) -> None:
        with pytest.raises(CodeInvalid):
            await mini_program.code_to_session(code)

    @pytest.mark.parametrize(
        ("errcode", "trouble"), [(40226, BlockedUser), (-1, TryLater), (45011, TryLater)]
    )
    async def test_the_platforms_refusals(
        self, platform: Platform, mini_program: MiniProgram, errcode: int, trouble: type[Exception]
    ) -> None:
        platform.fault("/sns/jscode2session", "error", errcode=errcode)
        with pytest.raises(trouble):
            await mini_program.code_to_session("any")


class TestPhone:
    async def test_the_number_is_told_once(self, platform: Platform, mini_program: MiniProgram) -> None:
        person = platform.person(phone="13800001234")
        code = platform.code(person, "phone")
        assert await mini_program.phone_number(code) == "13800001234"
        with pytest.raises(CodeInvalid):
            await mini_program.phone_number(code)


class TestSending:
    async def test_one_consent_is_one_message(self, platform: Platform, mini_program: MiniProgram) -> None:
        person = platform.person()
        platform.follow(person)
        platform.act(person, "subscribe", results={"dev-done": "accept"})
        await mini_program.send_subscribe(person["mp_openid"], "dev-done", VALUES, page="pages/progress?n=1")
        with pytest.raises(Unreachable) as caught:
            await mini_program.send_subscribe(person["mp_openid"], "dev-done", VALUES)
        assert caught.value.reason == "no_subscription"
        (message,) = platform.messages(person, "subscribe")
        assert "已点火通气" in message["text"]
        assert message["page"] == "pages/progress?n=1"

    async def test_an_openid_of_the_account_is_a_stranger_here(
        self, platform: Platform, mini_program: MiniProgram
    ) -> None:
        with pytest.raises(Unreachable) as caught:
            await mini_program.send_subscribe(platform.person()["oa_openid"], "dev-done", VALUES)
        assert caught.value.reason == "not_of_this_app"


class TestLinks:
    async def test_a_code_to_scan(self, mini_program: MiniProgram) -> None:
        file = await mini_program.unlimited_qr("n=XZ202611230018", "pages/progress")
        assert file.content_type == "image/png"
        assert file.content

    async def test_a_link_for_an_sms(self, mini_program: MiniProgram) -> None:
        assert (await mini_program.url_link("pages/progress", "n=1")).startswith("http")
