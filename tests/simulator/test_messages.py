"""A person's message, the callback it makes and the reply that is seen."""

import asyncio
import json

import pytest

from tests.simulator.fake_backend import Answer, FakeBackend, Request, plain_text, sealed_text
from tests.simulator.platform_client import PlatformClient

NOTICE = "该公众号暂时无法提供服务，请稍后再试"


class TestSaying:
    async def test_the_reply_is_shown(self, platform: PlatformClient, backend: FakeBackend) -> None:
        backend.reply_with("请问用气地址在哪里？")
        person = await platform.follower()

        outcome = await platform.act(person, "say", text="我家想装天然气")

        assert outcome["reply"]["text"] == "请问用气地址在哪里？"
        assert backend.requests[0].fields()["Content"] == "我家想装天然气"
        assert await platform.texts(person) == ["请问用气地址在哪里？"]
        assert await platform.texts(person, "own=1") == ["我家想装天然气", "请问用气地址在哪里？"]

    @pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
    async def test_every_mode_is_what_wechatpy_reads(
        self, platform: PlatformClient, backend: FakeBackend, mode: str
    ) -> None:
        await platform.callbacks(mode=mode)

        async def respond(request: Request) -> Answer:
            return Answer(body=(plain_text if mode == "plain" else sealed_text)(request, "好的"))

        backend.respond = respond

        outcome = await platform.act(await platform.follower(), "say", text="在吗 ]]> <b>")

        assert outcome["reply"]["text"] == "好的"
        request = backend.requests[0]
        assert request.fields()["Content"] == "在吗 ]]> <b>"
        assert (b"Content" in request.body, b"Encrypt" in request.body) == (mode != "safe", mode != "plain")

    async def test_silence_shows_nothing(self, platform: PlatformClient) -> None:
        person = await platform.follower()

        outcome = await platform.act(person, "say", text="谢谢")

        assert (outcome["reply"], outcome["notice"]) == (None, False)
        assert await platform.messages(person) == []

    @pytest.mark.parametrize("body", [b"hello", b'{"errcode":0}', b"<xml><MsgType>text</MsgType></xml>"])
    async def test_an_answer_that_is_no_sealed_reply_shows_the_notice(
        self, platform: PlatformClient, backend: FakeBackend, body: bytes
    ) -> None:
        async def respond(_request: Request) -> Answer:
            return Answer(body=body)

        backend.respond = respond
        person = await platform.follower()

        outcome = await platform.act(person, "say", text="你好")

        assert outcome["notice"]
        assert await platform.texts(person) == [NOTICE]

    async def test_a_reply_to_somebody_else_shows_the_notice(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        async def respond(request: Request) -> Answer:
            stranger = request.xml().replace(request.fields()["FromUserName"], "oSomebodyElse")
            crypto, nobody = request.crypto(), stranger.replace("MsgId", "Unused")
            return Answer(body=crypto.encrypt_message(nobody, "n", "1").encode())

        backend.respond = respond

        assert (await platform.act(await platform.follower(), "say", text="你好"))["notice"]

    async def test_a_picture_can_be_fetched_by_url_and_by_media_id(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        person, photo = await platform.follower(), b"\xff\xd8\xff" + bytes(200)

        await platform.http.post(f"/sim/users/{person['key']}/image", files={"file": ("a.jpg", photo)})

        fields = backend.requests[0].fields()
        assert (await platform.http.get(fields["PicUrl"])).content == photo
        query = {"access_token": await platform.token(), "media_id": fields["MediaId"]}
        kept = await platform.http.get("/cgi-bin/media/get", params=query)
        assert (kept.content, kept.headers["content-type"]) == (photo, "image/jpeg")
        await platform.later(4 * 24 * 3600)
        query["access_token"] = await platform.token()
        gone = await platform.http.get("/cgi-bin/media/get", params=query)
        assert gone.json()["errcode"] == 40007


class TestTries:
    async def test_three_tries_with_one_message_id_and_only_the_last_reply(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        await platform.callbacks(timeout_seconds=0.2, pause_seconds=0)

        async def respond(request: Request) -> Answer:
            if len(backend.requests) < 3:
                await asyncio.sleep(5)
            return Answer(body=sealed_text(request, f"第 {len(backend.requests)} 次"))

        backend.respond = respond
        person = await platform.follower()

        outcome = await platform.act(person, "say", text="慢")

        assert [attempt["error"] for attempt in outcome["tries"]] == ["no answer in time"] * 2 + [""]
        assert len({request.fields()["MsgId"] for request in backend.requests}) == 1
        assert await platform.texts(person) == ["第 3 次"]

    @pytest.mark.parametrize("status", [403, 500])
    async def test_after_three_failures_the_notice(
        self, platform: PlatformClient, backend: FakeBackend, status: int
    ) -> None:
        async def respond(_request: Request) -> Answer:
            return Answer(status=status)

        backend.respond = respond
        person = await platform.follower()

        outcome = await platform.act(person, "say", text="在吗")

        assert [attempt["status"] for attempt in outcome["tries"]] == [status] * 3
        assert await platform.texts(person) == [NOTICE]

    async def test_a_repeat_brings_the_same_message_again(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        person = await platform.follower()
        await platform.act(person, "say", text="一次")
        await platform.act(person, "repeat")

        first, second = backend.requests
        assert first.fields() == second.fields()
        assert first.query["signature"] != second.query["signature"]


class TestMiniProgramPush:
    async def answer(self, platform: PlatformClient, *ids: str) -> None:
        results = dict.fromkeys(ids, "accept")
        await platform.act(await platform.person(), "subscribe", results=results)

    async def test_one_entry_is_an_object_and_several_are_an_array(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        await self.answer(platform, "dev-a")
        await self.answer(platform, "dev-a", "dev-b")

        one, two = (request.json_fields()["List"] for request in backend.requests)
        assert one["TemplateId"] == "dev-a"
        assert [entry["TemplateId"] for entry in two] == ["dev-a", "dev-b"]

    async def test_in_compatible_mode_the_plain_fields_come_too(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        await platform.callbacks(mode="compatible")
        await self.answer(platform, "dev-a")

        body = json.loads(backend.requests[0].body)
        assert body["Event"] == "subscribe_msg_popup_event"
        assert backend.requests[0].json_fields()["Event"] == body["Event"]

    async def test_as_xml_the_list_is_wrapped(self, platform: PlatformClient, backend: FakeBackend) -> None:
        await platform.callbacks(mini_program_format="xml")
        await self.answer(platform, "dev-a")

        wrapped = backend.requests[0].fields()["SubscribeMsgPopupEvent"]["List"]
        assert wrapped["SubscribeStatusString"] == "accept"
