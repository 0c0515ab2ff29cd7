"""Filing an application through the action every channel uses, beside its own statements sent by hand."""

import time
from uuid import uuid4

import asyncpg

from backend import clock, database
from backend.actions import applications
from backend.actions.act import Act
from backend.rules.filing import Filing
from bench import statements
from bench.place import Place
from bench.row import Row

_ROUNDS, _EACH = 5, 20
_CUSTOMER = "INSERT INTO customers (created_at) VALUES (now()) RETURNING id"


async def rows(here: Place) -> list[Row]:
    """Filings a second, one after the other; the reference is the rate at which asyncpg alone gets the very same
    statements of the very same transactions answered."""
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    ours: list[float] = []
    theirs: list[float] = []
    sent = 0
    try:
        for turn in range(_ROUNDS + 1):
            people = [await connection.fetchval(_CUSTOMER) for _ in range(_EACH)]
            began = time.perf_counter()
            async with statements.logged() as log:
                for person in people:
                    await _file(person)
            if turn:  # the first round warms up
                ours.append(_EACH / (time.perf_counter() - began))
                theirs.append(_EACH / log.seconds)
                sent = len(log) // _EACH
    finally:
        await database.close_database()
        await connection.close()
    name = f"application filed, {sent} statements, one at a time"
    return [
        Row(name=name, unit="/s", ours=ours, reference="the same statements by hand, asyncpg", theirs=theirs)
    ]


async def _file(customer: int) -> None:
    filing = Filing(
        customer_kind="resident",
        contact_name="张三",
        contact_phone="13812345678",
        address=f"新郑市龙湖镇龙湖锦园{uuid4().int % 10**6}号",
        channel="mini_program",
    )
    act = Act(by="customer", now=clock.now(), real_now=clock.real_now(), customer_id=customer)
    await applications.accept(filing, act=act)
