"""Following, scanning and the menu."""

from tests.simulator.fake_backend import FakeBackend
from tests.simulator.platform_client import PlatformClient

MENU = {
    "button": [
        {"name": "报装", "sub_button": [{"type": "click", "name": "我要报装", "key": "apply"}]},
        {"type": "view", "name": "网页", "url": "http://127.0.0.1/m"},
    ]
}


async def scene(platform: PlatformClient, name: str, seconds: int = 600) -> dict[str, object]:
    action = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": name}}}
    return await platform.call("/cgi-bin/qrcode/create", {"expire_seconds": seconds, **action})


class TestFollowing:
    async def test_a_stranger_who_scans_follows_with_the_scene(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        backend.reply_with("欢迎关注")
        made, person = await scene(platform, "bind-7"), await platform.person()

        outcome = await platform.act(person, "scan", scene=made["url"])

        event = backend.requests[0].fields()
        assert (event["Event"], event["EventKey"]) == ("subscribe", "qrscene_bind-7")
        assert event["Ticket"] == made["ticket"]
        assert outcome["reply"]["text"] == "欢迎关注"

    async def test_a_follower_who_scans_makes_a_scan_event(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        await scene(platform, "bind-8")

        await platform.act(await platform.follower(), "scan", scene="bind-8")

        event = backend.requests[0].fields()
        assert (event["Event"], event["EventKey"]) == ("SCAN", "bind-8")

    async def test_an_old_code_reaches_nobody(self, platform: PlatformClient, backend: FakeBackend) -> None:
        await scene(platform, "bind-9", seconds=60)
        person = await platform.person()
        await platform.later(61)

        answer = await platform.http.post(f"/sim/users/{person['key']}/scan", json={"scene": "bind-9"})

        assert answer.status_code == 410
        assert backend.requests == []

    async def test_leaving_shows_nothing_and_is_seen_by_user_info(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        backend.reply_with("别走")
        person = await platform.follower()
        path = f"/cgi-bin/user/info?openid={person['oa_openid']}&access_token={await platform.token()}"
        before = (await platform.http.get(path)).json()

        await platform.act(person, "unfollow")

        after = (await platform.http.get(path)).json()
        assert (before["subscribe"], before["unionid"], after["subscribe"]) == (1, person["unionid"], 0)
        assert await platform.messages(person) == []

    async def test_the_code_is_a_picture(self, platform: PlatformClient) -> None:
        ticket = (await scene(platform, "bind-10"))["ticket"]

        picture = await platform.http.get("/cgi-bin/showqrcode", params={"ticket": str(ticket)})

        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")


class TestMenu:
    async def test_a_tap_is_a_click_event(self, platform: PlatformClient, backend: FakeBackend) -> None:
        assert (await platform.call("/cgi-bin/menu/create", MENU))["errcode"] == 0

        await platform.act(await platform.follower(), "click", button="我要报装")

        event = backend.requests[0].fields()
        assert (event["Event"], event["EventKey"]) == ("CLICK", "apply")

    async def test_a_tagged_person_sees_the_menu_of_the_tag(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        await platform.call("/cgi-bin/menu/create", MENU)
        tag = (await platform.call("/cgi-bin/tags/create", {"tag": {"name": "员工"}}))["tag"]["id"]
        staff = {"button": [{"type": "click", "name": "我的任务", "key": "tasks"}]}
        await platform.call("/cgi-bin/menu/addconditional", {**staff, "matchrule": {"tag_id": tag}})

        members = {"openid_list": [person["oa_openid"]], "tagid": tag}
        await platform.call("/cgi-bin/tags/members/batchtagging", members)

        menu = (await platform.http.get(f"/sim/users/{person['key']}/menu")).json()
        assert [button["name"] for button in menu["button"]] == ["我的任务"]

    async def test_four_buttons_are_refused(self, platform: PlatformClient) -> None:
        four = {"button": [{"type": "click", "name": "一", "key": "k"}] * 4}
        assert (await platform.call("/cgi-bin/menu/create", four))["errcode"] == 40016
