"""Marking what was misunderstood, and forgetting what was said long ago."""

from datetime import timedelta

import pytest

from backend.actions import transcripts
from backend.models import Misunderstanding, Staff, TakenMessage
from backend.queries import transcripts as queries
from backend.rules.errors import InvalidField, NotFound
from config.limits import limits
from tests.support.builders import MONDAY_15, a_member_of_staff, an_act


@pytest.fixture
async def supervisor(database: str) -> Staff:
    return await a_member_of_staff("supervisor")


async def a_message(
    text: str = "咋还没人来", intent: str | None = "progress", age: timedelta = timedelta()
) -> TakenMessage:
    return await TakenMessage.create(
        app="official_account",
        key=f"{text}{age}",
        openid="o",
        kind="text",
        text=text,
        at=MONDAY_15 - age,
        intent=intent,
        confidence=0.6,
    )


async def test_a_mark_becomes_training_text_and_can_be_put_right(supervisor: Staff) -> None:
    message = await a_message()
    act = an_act("supervisor", staff_id=supervisor.id)
    await transcripts.mark(message.id, "complaint", "咋还没人来", act=act)
    await transcripts.mark(message.id, "urge", "咋还没人来", act=act)
    assert await queries.count_marked() == {"urge": 1}
    assert await queries.training_text("urge") == ("咋还没人来",)
    assert (await Misunderstanding.get()).understood_as == "progress"


async def test_what_cannot_be_marked(supervisor: Staff) -> None:
    act = an_act("supervisor", staff_id=supervisor.id)
    message, event = await a_message(), await a_message("", None)
    with pytest.raises(InvalidField) as same:
        await transcripts.mark(message.id, "progress", "咋还没人来", act=act)
    assert same.value.sentence == "understood_so"
    with pytest.raises(InvalidField) as empty:
        await transcripts.mark(message.id, "urge", "", act=act)
    assert empty.value.sentence == "nothing_to_learn"
    for unknown in (event.id, 10**9):
        with pytest.raises(NotFound):
            await transcripts.mark(unknown, "urge", "x", act=act)
    assert not await Misunderstanding.exists()


async def test_after_its_time_a_message_is_gone_and_its_training_text_stays(supervisor: Staff) -> None:
    kept = limits().transcripts.kept
    old, young = await a_message(age=kept + timedelta(minutes=1)), await a_message(age=kept)
    await transcripts.mark(old.id, "urge", "咋还没人来", act=an_act("supervisor", staff_id=supervisor.id))
    assert await transcripts.forget_old(now=MONDAY_15) == 1
    assert [row.id for row in await TakenMessage.all()] == [young.id]
    assert await queries.training_text("urge") == ("咋还没人来",)
