"""Pictures from the chat: fetched once, fetched again after trouble, and never lost in silence."""

from datetime import timedelta

import pytest

from backend.actions import chat_papers, documents, media
from backend.actions.chat_papers import Picture
from backend.gateways.opening import Gateways
from backend.gateways.wechat.answers import File
from backend.models import Customer, Document, Event, OutboxMessage, Task
from tests.support.builders import (
    MONDAY_15,
    a_member_of_staff,
    an_accepted_site,
    an_act,
    an_application,
)
from tests.support.platform import Platform

PICTURE = b"\xff\xd8\xff\xe0" + b"picture" * 20
MINUTE = timedelta(minutes=1)


async def fetch_all(gateways: Gateways, at: timedelta = timedelta(0)) -> int:
    tries = 0
    while await media.fetch_next(
        now=MONDAY_15 + at,
        real_now=MONDAY_15 + at,
        downloads={
            "official_account": gateways.official_account.download_media,
            "mini_program": gateways.mini_program.download_media,
        },
        files=gateways.files,
    ):
        tries += 1
    return tries


@pytest.fixture
async def waiting(customer: Customer, platform: Platform) -> Document:
    """A picture that a customer has sent and nobody has fetched yet."""
    sent = platform.send_picture("customer", PICTURE)
    await chat_papers.keep(
        Picture(media_id=sent, app="official_account"), act=an_act(customer_id=customer.id)
    )
    return await Document.get()


class TestFetching:
    async def test_the_picture_is_stored_as_it_was_sent(self, waiting: Document, gateways: Gateways) -> None:
        assert await fetch_all(gateways) == 1
        await waiting.refresh_from_db()
        assert (waiting.state, waiting.content_type) == ("stored", "image/jpeg")
        assert await gateways.files.read(str(waiting.path)) == PICTURE

    async def test_one_from_the_mini_programs_chat_is_asked_of_the_mini_program(
        self, customer: Customer, gateways: Gateways, platform: Platform
    ) -> None:
        sent = platform.send_picture("customer", PICTURE, app="mini_program")
        await chat_papers.keep(
            Picture(media_id=sent, app="mini_program"), act=an_act(customer_id=customer.id)
        )
        await fetch_all(gateways)
        assert (await Document.get()).state == "stored"

    @pytest.mark.parametrize("kind", ["down", "reset", "busy", "invalid_token"])
    async def test_trouble_is_tried_again_later(
        self, kind: str, waiting: Document, gateways: Gateways, platform: Platform
    ) -> None:
        platform.fault(kind, "*media/get", count=2)
        for minutes in range(4):
            await fetch_all(gateways, minutes * MINUTE)
        await waiting.refresh_from_db()
        assert waiting.state == "stored"

    async def test_a_process_that_dies_leaves_it_to_the_next(
        self, waiting: Document, gateways: Gateways
    ) -> None:
        async def die(_: str) -> File:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await media.fetch_next(
                now=MONDAY_15,
                real_now=MONDAY_15,
                downloads={"official_account": die},
                files=gateways.files,
            )
        assert await fetch_all(gateways) == 0
        assert await fetch_all(gateways, 2 * MINUTE) == 1


class TestLoss:
    async def test_the_customer_is_asked_to_send_it_again(
        self, waiting: Document, gateways: Gateways, platform: Platform
    ) -> None:
        platform.fault("error", "*media/get", errcode=40007)
        await fetch_all(gateways)
        await waiting.refresh_from_db()
        assert waiting.state == "lost"
        assert (await OutboxMessage.get()).message == "picture_lost"

    async def test_a_paper_that_counted_as_here_is_collected_after_all(
        self, waiting: Document, customer: Customer, gateways: Gateways, platform: Platform
    ) -> None:
        await a_member_of_staff("customer_manager")
        await an_accepted_site()
        other = await Document.create(kind="title_or_lease", customer_id=customer.id, received_at=MONDAY_15)
        await Document.filter(id=waiting.id).update(kind="identity")
        filed = await an_application(customer, document_ids=(waiting.id, other.id))
        assert not await Task.exists(kind="collect_documents")
        platform.fault("error", "*media/get", errcode=40007)
        await fetch_all(gateways)
        assert [paper.key for paper in await documents.missing_papers(filed)] == ["identity"]
        assert (await Task.get(kind="collect_documents")).state == "open"
        assert await Event.exists(name="picture_lost")

    async def test_what_is_no_picture_is_not_kept(
        self, customer: Customer, gateways: Gateways, platform: Platform
    ) -> None:
        sent = platform.send_picture("customer", b"GIF89a" + bytes(50))
        await chat_papers.keep(
            Picture(media_id=sent, app="official_account"), act=an_act(customer_id=customer.id)
        )
        await fetch_all(gateways)
        assert (await Document.get()).state == "lost"
