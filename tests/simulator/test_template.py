"""Template messages."""

import pytest

from tests.simulator.fake_backend import FakeBackend
from tests.simulator.platform_client import PlatformClient


class TestSending:
    async def test_the_person_sees_the_card_and_the_backend_gets_the_receipt(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        template = {"template_id": "visit-1", "kind": "official_account", "title": "上门提醒"}
        content = "事项：{{thing1.DATA}}\n时间：{{time2.DATA}}"
        await platform.http.post("/sim/templates", json={**template, "content": content})
        person = await platform.follower()

        sent = await platform.template(person, template_id="visit-1", url="http://127.0.0.1/m/1")

        (card,) = await platform.messages(person)
        assert card["text"] == "上门提醒\n事项：一对一上门\n时间：15:01"
        assert card["url"] == "http://127.0.0.1/m/1"
        receipt = await backend.wait_for("TEMPLATESENDJOBFINISH")
        assert (receipt["MsgID"], receipt["Status"]) == (str(sent["msgid"]), "success")
        assert sent["msgid"] > 2**53

    async def test_one_client_msg_id_is_one_message_for_ten_minutes(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        first = await platform.template(person, client_msg_id="letter-1")
        again = await platform.template(person, client_msg_id="letter-1")
        await platform.later(601)
        late = await platform.template(person, client_msg_id="letter-1")

        assert first["msgid"] == again["msgid"] != late["msgid"]
        assert len(await platform.messages(person)) == 2

    async def test_only_followers(self, platform: PlatformClient) -> None:
        assert (await platform.template(await platform.person()))["errcode"] == 43004

    async def test_somebody_who_refuses_shows_in_the_receipt_alone(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        person = await platform.follower()
        await platform.http.patch(f"/sim/users/{person['key']}", json={"refuses": True})

        assert (await platform.template(person))["errcode"] == 0

        assert (await backend.wait_for("TEMPLATESENDJOBFINISH"))["Status"] == "failed:user block"
        assert await platform.messages(person) == []

    async def test_a_stranger_and_an_unknown_template(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        foreign = await platform.template(person, touser=person["mp_openid"])
        unknown = await platform.template(person, template_id="not-ours")
        assert (foreign["errcode"], unknown["errcode"]) == (40003, 40037)


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("thing1", "二十个字" * 5, True),
        ("thing1", "二十个字" * 5 + "多", False),
        ("thing1", "两\n行", False),
        ("character_string1", "XZ202611230018", True),
        ("character_string1", "编号XZ1", False),
        ("time1", "2026年11月24日 15:00", True),
        ("time1", "2026年11月24日 15:00~16:00", True),
        ("time1", "明天下午", False),
        ("date1", "2026年11月24日", True),
        ("phrase1", "已受理", True),
        ("phrase1", "已受理请等待", False),
        ("phone_number1", "4000678099", True),
        ("phone_number1", "热线4000678099", False),
        ("number1", "3.5", True),
        ("amount1", "¥12.5元", True),
        ("name1", "王建国", True),
        ("name1", "王建国王建国王建国王建", False),
        ("thing1", "", False),
    ],
)
async def test_values_must_fit_their_type(platform: PlatformClient, key: str, value: str, fits: bool) -> None:
    sent = await platform.template(await platform.follower(), data={key: {"value": value}})
    assert sent["errcode"] == (0 if fits else 47003)
