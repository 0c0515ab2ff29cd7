"""Customer-service messages and subscribe messages: what a person has allowed."""

from tests.simulator.fake_backend import FakeBackend
from tests.simulator.platform_client import PlatformClient


class TestCustomerService:
    async def codes(self, platform: PlatformClient, person: dict[str, object], times: int) -> list[int]:
        return [(await platform.custom(person))["errcode"] for _ in range(times)]

    async def test_five_after_a_message_and_a_new_message_opens_five_more(
        self, platform: PlatformClient
    ) -> None:
        person = await platform.follower()
        await platform.act(person, "say", text="你好")
        assert await self.codes(platform, person, 6) == [0] * 5 + [45047]
        await platform.act(person, "say", text="还在吗")
        assert await self.codes(platform, person, 1) == [0]

    async def test_the_window_closes_after_48_hours(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        await platform.act(person, "say", text="你好")
        await platform.later(48 * 3600 + 1)
        assert await self.codes(platform, person, 1) == [45015]

    async def test_three_in_a_minute_after_following(self, platform: PlatformClient) -> None:
        person = await platform.person()
        await platform.act(person, "follow")
        assert await self.codes(platform, person, 4) == [0] * 3 + [45047]
        await platform.later(61)
        assert await self.codes(platform, person, 1) == [45015]

    async def test_a_person_who_wrote_nothing_cannot_be_written_to(self, platform: PlatformClient) -> None:
        assert await self.codes(platform, await platform.follower(), 1) == [45015]

    async def test_a_menu_message_line_comes_back_as_text(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        person = await platform.follower()
        await platform.act(person, "say", text="人工", bizmsgmenuid="human")
        fields = backend.requests[0].fields()
        assert (fields["Content"], fields["bizmsgmenuid"]) == ("人工", "human")
        assert await self.codes(platform, person, 4) == [0] * 3 + [45047]


class TestSubscribeMessages:
    async def test_each_grant_is_one_message(self, platform: PlatformClient, backend: FakeBackend) -> None:
        person = await platform.person()
        before = await platform.subscribe_message(person, "dev-done")
        for _ in range(2):
            await platform.act(person, "subscribe", results={"dev-done": "accept"})

        codes = [(await platform.subscribe_message(person, "dev-done"))["errcode"] for _ in range(3)]

        assert (before["errcode"], codes) == (43101, [0, 0, 43101])
        assert [message["page"] for message in await platform.messages(person)] == [
            "pages/detail?number=1"
        ] * 2
        receipt = await backend.wait_for("subscribe_msg_sent_event")
        assert receipt["List"]["ErrorStatus"] == "success"

    async def test_a_client_does_not_wait_for_the_backend_to_hear_of_it(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        person = await platform.person()
        await platform.act(person, "subscribe", results={"dev-done": "accept"}, wait=False)
        assert (await platform.subscribe_message(person, "dev-done"))["errcode"] == 0
        assert (await backend.wait_for("subscribe_msg_popup_event"))["FromUserName"] == person["mp_openid"]

    async def test_rejecting_grants_nothing(self, platform: PlatformClient) -> None:
        person = await platform.person()
        await platform.act(person, "subscribe", results={"dev-done": "reject"})
        assert (await platform.subscribe_message(person, "dev-done"))["errcode"] == 43101

    async def test_the_accounts_own_notice_has_its_own_grants(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        body = {"touser": person["oa_openid"], "template_id": "dev-note", "data": {"thing1": {"value": "好"}}}
        before = await platform.call("/cgi-bin/message/subscribe/bizsend", body)
        await platform.act(person, "subscribe", results={"dev-note": "accept"}, app="official_account")
        after = await platform.call("/cgi-bin/message/subscribe/bizsend", body)
        assert (before["errcode"], after["errcode"]) == (43101, 0)
