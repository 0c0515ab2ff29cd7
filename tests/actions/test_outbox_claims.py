"""One message, one process: leases, lapsed leases, and the order in which messages go."""

import asyncio
from datetime import timedelta

from tortoise import connections

from backend.actions import outbox
from backend.actions.act import Act
from backend.gateways.post import Parcel, PostOffice
from backend.models import DeliveryAttempt, OutboxMessage, WechatIdentity
from tests.support.builders import MONDAY_15, a_customer, a_member_of_staff, an_act
from tests.support.delivery import a_letter_to
from tests.support.pace import Unhurried

SECOND = timedelta(seconds=1)


async def send(_: Parcel) -> str:
    return "id"


async def claim(after: timedelta = timedelta(0)) -> outbox.Claim | None:
    return next(iter(await outbox.claim(1, act=an_act("system", MONDAY_15 + after))), None)


async def deliver(claim: outbox.Claim, post: PostOffice) -> None:
    act = an_act("system")
    (trip,) = await outbox.prepare([claim], act=act, post=post, pace=Unhurried())
    await outbox.settle([(trip, await outbox.send(trip, post, Unhurried()))], act=act)


async def test_many_at_once_claim_each_message_once(database: str) -> None:
    person = await a_member_of_staff("customer_manager")
    for _ in range(10):
        await a_letter_to(person)
    claims = await asyncio.gather(*[claim() for _ in range(20)])
    found = [one.id for one in claims if one]
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
    await deliver(other, {"template": send})

    async def refuse(_: Parcel) -> str:
        raise TypeError

    await deliver(late, {"template": refuse})
    await row.refresh_from_db()
    assert row.state == "delivered"
    assert [attempt.outcome for attempt in await DeliveryAttempt.all().order_by("id")] == [
        "accepted",
        "wrong",
    ]


async def test_who_comes_too_late_does_not_send_what_nobody_would_recognise_as_a_repeat(
    database: str,
) -> None:
    customer = await a_customer()
    await WechatIdentity.all().update(last_message_at=MONDAY_15)
    await a_letter_to(customer)
    late = await claim()
    assert late
    post: PostOffice = {"customer_service": send}
    (trip,) = await outbox.prepare([late], act=an_act("system"), post=post, pace=Unhurried())
    assert await claim(31 * SECOND)
    assert await outbox.try_note(trip, real_now=MONDAY_15 + 31 * SECOND) is None
    assert not await DeliveryAttempt.exists()


async def test_a_digest_is_held_on_the_regulations_clock(database: str) -> None:
    row = await a_letter_to(await a_member_of_staff("customer_manager"))
    await OutboxMessage.filter(id=row.id).update(held_until=MONDAY_15 + timedelta(minutes=1))
    later = Act.system(now=MONDAY_15, real_now=MONDAY_15 + timedelta(days=1))
    assert await outbox.claim(1, act=later) == []
    in_time = Act.system(now=MONDAY_15 + timedelta(minutes=1), real_now=MONDAY_15)
    assert len(await outbox.claim(1, act=in_time)) == 1


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
