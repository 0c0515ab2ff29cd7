"""One message, one process: leases, lapsed leases, and the order in which messages go."""

import asyncio
from datetime import timedelta

from tortoise import connections

from backend.actions import outbox
from backend.gateways.post import Parcel
from backend.models import DeliveryAttempt, OutboxMessage
from tests.support.builders import MONDAY_15, a_member_of_staff
from tests.support.delivery import a_letter_to

SECOND = timedelta(seconds=1)


async def send(_: Parcel) -> str:
    return "id"


async def claim(after: timedelta = timedelta(0)) -> outbox.Claim | None:
    return await outbox.claim_next(now=MONDAY_15, real_now=MONDAY_15 + after)


async def test_many_at_once_claim_each_message_once(database: str) -> None:
    person = await a_member_of_staff("customer_manager")
    for _ in range(10):
        await a_letter_to(person)
    claims = await asyncio.gather(*[claim() for _ in range(20)])
    found = [one.message.id for one in claims if one]
    assert len(found) == len(set(found)) == 10


async def test_a_lease_keeps_others_away_until_it_lapses(database: str) -> None:
    await a_letter_to(await a_member_of_staff("customer_manager"))
    assert await claim()
    assert await claim(29 * SECOND) is None
    assert await claim(30 * SECOND)


async def test_who_comes_back_after_its_lease_changes_nothing(database: str) -> None:
    """The message is another's by now, and delivered; the late one only writes down its own attempt."""
    row = await a_letter_to(await a_member_of_staff("customer_manager"))
    late, other = await claim(), await claim(31 * SECOND)
    assert late
    assert other
    await outbox.deliver(other, now=MONDAY_15, real_now=MONDAY_15, post={"template": send})

    async def refuse(_: Parcel) -> str:
        raise TypeError

    await outbox.deliver(late, now=MONDAY_15, real_now=MONDAY_15, post={"template": refuse})
    await row.refresh_from_db()
    assert row.state == "delivered"
    assert [attempt.outcome for attempt in await DeliveryAttempt.all().order_by("id")] == [
        "accepted",
        "wrong",
    ]


async def test_a_digest_is_held_on_the_regulations_clock(database: str) -> None:
    row = await a_letter_to(await a_member_of_staff("customer_manager"))
    await OutboxMessage.filter(id=row.id).update(held_until=MONDAY_15 + timedelta(minutes=1))
    assert await claim(timedelta(days=1)) is None
    assert await outbox.claim_next(now=MONDAY_15 + timedelta(minutes=1), real_now=MONDAY_15)


async def test_the_next_message_is_found_by_the_index(database: str) -> None:
    """Also when a long history lies around, in the order of priority and without sorting."""
    row = await a_letter_to(await a_member_of_staff("customer_manager"))
    run = connections.get("default").execute_query
    columns = ", ".join(
        name
        for name in OutboxMessage._meta.fields_db_projection.values()
        if name not in {"id", "state", "priority"}
    )
    for state, count in (("delivered", 20000), ("waiting", 500)):
        await run(
            f"INSERT INTO outbox (id, state, priority, {columns}) SELECT gen_random_uuid(), '{state}', n % 5, {columns}"
            f" FROM outbox, generate_series(1, {count}) n WHERE id = $1",
            [row.id],
        )
    await run("ANALYZE outbox")
    _, plan = await run(
        "EXPLAIN SELECT id FROM outbox WHERE state = 'waiting' AND attempt_at <= now()"
        " AND (held_until IS NULL OR held_until <= now()) AND priority <= 9 ORDER BY priority, attempt_at LIMIT 1"
    )
    told = "\n".join(line["QUERY PLAN"] for line in plan)
    assert "outbox_due" in told
    assert "Sort" not in told
