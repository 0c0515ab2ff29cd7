"""Faults on the platform's doors."""

import httpx
import pytest

from tests.simulator.fake_backend import FakeBackend
from tests.simulator.platform_client import PlatformClient

TEMPLATE = "/cgi-bin/message/template/send"


class TestRefusing:
    @pytest.mark.parametrize(
        ("kind", "code"), [("invalid_token", 40001), ("expired_token", 42001), ("busy", -1), ("limit", 45009)]
    )
    async def test_as_often_as_was_asked(self, platform: PlatformClient, kind: str, code: int) -> None:
        person = await platform.follower()
        await platform.fault("*template*", kind, count=2)

        codes = [(await platform.template(person))["errcode"] for _ in range(3)]

        assert codes == [code, code, 0]

    async def test_for_one_person_alone(self, platform: PlatformClient) -> None:
        unlucky, lucky = await platform.follower(), await platform.follower()
        await platform.fault(TEMPLATE, "error", errcode=45009, person=unlucky["key"])
        codes = [(await platform.template(person))["errcode"] for person in (unlucky, lucky, unlucky)]
        assert codes == [45009, 0, 45009]

    async def test_a_user_who_refuses_is_told_as_each_door_tells_it(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        await platform.act(person, "say", text="你好")
        await platform.act(person, "subscribe", results={"dev-done": "accept"})
        await platform.fault("*", "user_refused", count=2)
        custom = await platform.custom(person)
        subscribe = await platform.subscribe_message(person, "dev-done")
        assert (custom["errcode"], subscribe["errcode"]) == (48002, 43101)

    async def test_an_unknown_fault_is_refused(self, platform: PlatformClient) -> None:
        answer = await platform.http.post("/sim/faults", json={"pattern": "*", "kind": "earthquake"})
        assert answer.status_code == 400


class TestBreaking:
    async def test_reset_does_nothing_and_a_lost_answer_has_done_it(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        seen = []
        for kind in ("reset", "lost_answer"):
            await platform.fault(TEMPLATE, kind, count=1)
            with pytest.raises(httpx.RemoteProtocolError):
                await platform.template(person)
            seen.append(len(await platform.messages(person)))
        assert seen == [0, 1]

    async def test_down_and_no_json(self, platform: PlatformClient) -> None:
        await platform.fault("/cgi-bin/token", "down", count=1)
        await platform.fault("/cgi-bin/token", "non_json", count=1)
        answers = [await platform.http.get("/cgi-bin/token") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [503, 200]
        assert "<html>" in answers[1].text

    async def test_slow_is_slow_and_then_works(self, platform: PlatformClient) -> None:
        person = await platform.follower()
        token = await platform.token()
        await platform.fault(TEMPLATE, "slow", seconds=0.3, count=1)
        body = {"touser": person["oa_openid"], "template_id": "dev-x", "data": {"thing1": {"value": "好"}}}
        with pytest.raises(httpx.ReadTimeout):
            await platform.http.post(f"{TEMPLATE}?access_token={token}", json=body, timeout=0.1)
        assert (await platform.template(person))["errcode"] == 0


class TestReceipts:
    async def test_a_failed_one_says_so_and_nothing_is_shown(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        person = await platform.follower()
        await platform.fault(TEMPLATE, "receipt_failed", count=1)
        await platform.template(person)
        assert (await backend.wait_for("TEMPLATESENDJOBFINISH"))["Status"] == "failed: system failed"
        assert await platform.messages(person) == []

    async def test_a_lost_one_never_comes_and_a_late_one_does(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        lost, late = await platform.follower(), await platform.follower()
        await platform.fault(TEMPLATE, "receipt_lost", person=lost["key"])
        await platform.fault(TEMPLATE, "receipt_late", person=late["key"], seconds=0.5)
        await platform.template(lost)
        await platform.template(late)
        receipt = await backend.wait_for("TEMPLATESENDJOBFINISH")
        assert receipt["FromUserName"] == late["oa_openid"]
        assert len(backend.requests) == 1


async def test_every_call_is_written_down_and_counted(platform: PlatformClient) -> None:
    person = await platform.follower()
    await platform.template(person)
    await platform.fault(TEMPLATE, "busy", count=1)
    await platform.template(person)

    calls = (await platform.http.get("/sim/calls", params={"path": TEMPLATE})).json()["items"]
    counters = (await platform.http.get("/sim/counters")).json()

    assert [(call["errcode"], call["fault"]) for call in calls] == [(0, ""), (-1, "busy")]
    assert calls[0]["request"]["touser"] == person["oa_openid"]
    assert counters[f"in {TEMPLATE}"] == {"calls": 2, "errcode 0": 1, "errcode -1": 1}
