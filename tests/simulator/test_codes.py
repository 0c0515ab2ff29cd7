"""Codes that serve once: login, phone number, web login."""

from typing import Any

from tests.simulator.platform_client import MP, OA, PlatformClient


async def log_in(platform: PlatformClient, code: str) -> dict[str, Any]:
    query = {**MP, "js_code": code, "grant_type": "authorization_code"}
    return dict((await platform.http.get("/sns/jscode2session", params=query)).json())


class TestLogin:
    async def test_a_code_serves_once(self, platform: PlatformClient) -> None:
        person = await platform.person()
        code = await platform.code(person, "login-code")
        first, second = await log_in(platform, code), await log_in(platform, code)
        assert (first["openid"], first["unionid"]) == (person["mp_openid"], person["unionid"])
        assert second["errcode"] == 40163

    async def test_a_forged_and_an_old_code(self, platform: PlatformClient) -> None:
        code = await platform.code(await platform.person(), "login-code")
        await platform.later(301)
        assert [(await log_in(platform, each))["errcode"] for each in ("forged", code)] == [40029, 40029]


class TestPhoneNumber:
    async def test_it_is_told_once(self, platform: PlatformClient) -> None:
        person = await platform.person(phone="13812345678")
        code = await platform.code(person, "phone-code")
        path = "/wxa/business/getuserphonenumber"
        first = await platform.call(path, {"code": code}, app=MP)
        second = await platform.call(path, {"code": code}, app=MP)
        assert first["phone_info"]["purePhoneNumber"] == "13812345678"
        assert second["errcode"] == 40029

    async def test_a_login_code_is_no_phone_code(self, platform: PlatformClient) -> None:
        code = await platform.code(await platform.person(), "login-code")
        answer = await platform.call("/wxa/business/getuserphonenumber", {"code": code}, app=MP)
        assert answer["errcode"] == 40029


class TestWebLogin:
    async def test_it_comes_back_with_a_code_and_the_state(self, platform: PlatformClient) -> None:
        person = await platform.person()
        query = {
            "appid": OA["appid"],
            "redirect_uri": "http://127.0.0.1/m/login?next=7",
            "response_type": "code",
            "scope": "snsapi_base",
            "state": "abc",
        }
        back = await platform.http.get("/connect/oauth2/authorize", params={**query, "as": person["key"]})
        target = back.headers["location"]
        code = target.split("code=")[1].split("&")[0]
        exchange = {**OA, "code": code, "grant_type": "authorization_code"}
        first = (await platform.http.get("/sns/oauth2/access_token", params=exchange)).json()
        second = (await platform.http.get("/sns/oauth2/access_token", params=exchange)).json()

        assert target.startswith("http://127.0.0.1/m/login?next=7&code=")
        assert target.endswith("&state=abc")
        assert (first["openid"], "unionid" in first, second["errcode"]) == (person["oa_openid"], False, 40163)

    async def test_without_a_known_person_one_is_picked(self, platform: PlatformClient) -> None:
        page = await platform.http.get("/connect/oauth2/authorize", params={"appid": OA["appid"]})
        assert "用谁的微信登录" in page.text


async def test_a_link_opens_the_mini_program(platform: PlatformClient) -> None:
    body = {"path": "pages/detail", "query": "number=XZ1", "expire_type": 1, "expire_interval": 30}
    link = (await platform.call("/wxa/generate_urllink", body, app=MP))["url_link"]
    opened = await platform.http.get(link)
    assert opened.headers["location"] == "/?mini=pages%2Fdetail%3Fnumber%3DXZ1"
    too_long = await platform.call("/wxa/generate_urllink", {**body, "expire_interval": 31}, app=MP)
    assert too_long["errcode"] == 85079
