"""One answer per key: repeats get the first, twins wait, another body is refused."""

import asyncio
from datetime import timedelta

import pytest

from backend.actions import idempotency
from backend.actions.idempotency import Answer, Key
from backend.models import Customer
from backend.rules.errors import IdempotencyKeyReused, NotFound
from tests.support.builders import MONDAY_15

KEY = Key(scope="customer:1 POST /x", key="k-1", body_digest="a" * 64)


async def make() -> Answer:
    """Something that must happen once."""
    row = await Customer.create(created_at=MONDAY_15)
    await asyncio.sleep(0.05)
    return Answer(status=201, body={"id": row.id})


async def once(key: Key = KEY, at: timedelta = timedelta(0)) -> Answer:
    return await idempotency.once(key, make, real_now=MONDAY_15 + at)


async def test_a_repeat_gets_the_first_answer(database: str) -> None:
    assert await once() == await once()
    assert await Customer.all().count() == 1


async def test_concurrent_twins_wait_for_the_first(database: str) -> None:
    answers = await asyncio.gather(*[once() for _ in range(6)])
    assert len({answer.body["id"] for answer in answers}) == 1
    assert await Customer.all().count() == 1


async def test_another_body_under_the_key_is_refused(database: str) -> None:
    await once()
    with pytest.raises(IdempotencyKeyReused):
        await once(Key(scope=KEY.scope, key=KEY.key, body_digest="b" * 64))


async def test_the_key_of_another_caller_is_another_key(database: str) -> None:
    await once()
    await once(Key(scope="customer:2 POST /x", key=KEY.key, body_digest=KEY.body_digest))
    assert await Customer.all().count() == 2


async def test_a_refusal_is_not_kept(database: str) -> None:
    async def refuse() -> Answer:
        await make()
        raise NotFound

    with pytest.raises(NotFound):
        await idempotency.once(KEY, refuse, real_now=MONDAY_15)
    assert (await once()).status == 201
    assert await Customer.all().count() == 1


async def test_after_seven_days_the_key_is_free_again(database: str) -> None:
    first = await once()
    assert (await once(at=timedelta(days=7))).body == first.body
    assert (await once(at=timedelta(days=7, seconds=1))).body != first.body


async def test_old_answers_are_forgotten(database: str) -> None:
    await once()
    assert await idempotency.forget_old(real_now=MONDAY_15 + timedelta(days=6)) == 0
    assert await idempotency.forget_old(real_now=MONDAY_15 + timedelta(days=8)) == 1
