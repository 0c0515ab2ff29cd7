"""Delivery as the scheduler does it, one step at a time under moved time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from backend.actions import outbox
from backend.actions._outbox import Letter, queue
from backend.gateways.opening import Gateways, open_gateways
from backend.gateways.post import PostOffice
from backend.gateways.senders import open_post
from backend.models import Customer, OutboxMessage, Staff
from config.settings import Settings
from tests.support.builders import MONDAY_15, an_act
from tests.support.pace import Unhurried

FACTS = {
    "number": "XZ202611230001",
    "contact_name": "张三",
    "contact_phone": "13812345678",
    "address": "新郑市龙湖镇龙湖锦园三号楼501",
    "manager_name": "王经理",
    "manager_phone": "13800000001",
    "deadline": "11月24日 15:00",
    "task_names": "一对一上门",
}


@asynccontextmanager
async def open_platform_gateways(platform_url: str, redis_url: str) -> AsyncIterator[Gateways]:
    """The gateways as a process has them, towards the simulator."""
    chosen = Settings(wechat_api_base=platform_url, wecom_api_base=platform_url)
    gateways = open_gateways(chosen, redis_url=redis_url)
    try:
        yield gateways
    finally:
        await gateways.close()


def post_of(gateways: Gateways) -> PostOffice:
    """Every channel of the simulator."""
    return open_post(
        account=gateways.official_account,
        program=gateways.mini_program,
        wecom=gateways.wecom,
        link_of=lambda path: f"https://gas.example.com{path}",
    )


async def a_letter_to(person: Staff | Customer, message: str = "", **facts: str) -> OutboxMessage:
    """A queued message: a new task for staff, an answer for a customer, unless `message` names another."""
    to_staff = isinstance(person, Staff)
    letter = Letter(message=message or ("new_tasks" if to_staff else "accepted"), facts={**FACTS, **facts})
    queued = await queue(
        letter,
        act=an_act("system"),
        staff_id=person.id if to_staff else None,
        customer_id=None if to_staff else person.id,
    )
    return await OutboxMessage.get(id=queued)


async def deliver_all(post: PostOffice, *, at: datetime = MONDAY_15) -> int:
    """Everything that is due at this real time; how many tries it took."""
    tries = 0
    while await outbox.deliver_next(now=MONDAY_15, real_now=at, post=post, pace=Unhurried()):
        tries += 1
        assert tries < 500, "delivery does not come to an end"
    return tries


async def deliver_for(
    post: PostOffice, span: timedelta, *, step: timedelta = timedelta(seconds=10), since: datetime = MONDAY_15
) -> int:
    """As the scheduler would while so much real time passes."""
    tries = 0
    for number in range(span // step + 1):
        tries += await deliver_all(post, at=since + number * step)
    return tries


async def eventually(condition: Callable[[], Awaitable[object]], what: str) -> None:
    """Until another process has done its part, as seen in the database or Redis. Raises AssertionError after 20 s."""
    try:
        async with asyncio.timeout(20):
            while not await condition():  # noqa: ASYNC110  another process sets no event of ours
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"not within 20 s: {what}") from None
