"""Filing an application through the action every channel uses, beside the same rows written by hand."""

import time
from uuid import uuid4

import asyncpg

from backend import clock, database
from backend.actions import applications
from backend.actions.act import Act
from backend.rules.filing import Filing
from bench import filing_by_hand, statements
from bench.filing_by_hand import Filed
from bench.place import Place
from bench.row import Row

_ROUNDS, _EACH = 5, 20
_CUSTOMER = "INSERT INTO customers (created_at) VALUES (now()) RETURNING id"
_MANAGERS = """
INSERT INTO staff (login, name, phone, password_hash, roles, department, districts, rota_order, active, created_at)
SELECT 'bench-' || n, '经理' || n, '13900000000', 'x', '{customer_manager}', 'customer_service', '{龙湖镇}', 0, true, now()
FROM generate_series(1, 30) AS n ON CONFLICT DO NOTHING
"""
"""As a city has them: no one manager gets a hundred new cases a minute, and one push that names them all."""
_REFERENCE = "the same rows by hand, asyncpg, {count} statements"


async def rows(here: Place) -> list[Row]:
    """Filings a second, one after the other, ours and theirs by turns on the same server."""
    connection = await asyncpg.connect(here.postgres)
    await database.open_database(str(here.settings.database_url))
    ours: list[float] = []
    theirs: list[float] = []
    try:
        await connection.execute(_MANAGERS)
        sent, sent_by_hand = await _count(connection)
        for turn in range(_ROUNDS + 1):
            people = [await connection.fetchval(_CUSTOMER) for _ in range(2 * _EACH)]
            mine, other = await _rate_ours(people[:_EACH]), await _rate_by_hand(connection, people[_EACH:])
            if turn:  # the first round warms up
                ours.append(mine)
                theirs.append(other)
    finally:
        await database.close_database()
        await connection.close()
    name = f"application filed, {sent} statements, one at a time"
    reference = _REFERENCE.format(count=sent_by_hand)
    return [Row(name=name, unit="/s", ours=ours, reference=reference, theirs=theirs)]


async def _rate_ours(people: list[int]) -> float:
    began = time.perf_counter()
    for person in people:
        await _file(person)
    return len(people) / (time.perf_counter() - began)


async def _rate_by_hand(connection: "asyncpg.Connection[asyncpg.Record]", people: list[int]) -> float:
    began = time.perf_counter()
    for person in people:
        await filing_by_hand.file(connection, _by_hand(person))
    return len(people) / (time.perf_counter() - began)


async def _count(connection: "asyncpg.Connection[asyncpg.Record]") -> tuple[int, int]:
    """The statements of one filing, ours and by hand; `BEGIN` and `COMMIT` among them."""
    person, other = [await connection.fetchval(_CUSTOMER) for _ in range(2)]
    async with statements.logged() as log:
        await _file(person)
    by_hand = statements.Log()
    connection.add_query_logger(by_hand.note)
    await filing_by_hand.file(connection, _by_hand(other))
    connection.remove_query_logger(by_hand.note)
    return len(log), len(by_hand)


async def _file(customer: int) -> None:
    filing = Filing(
        customer_kind="resident",
        contact_name="张三",
        contact_phone="13812345678",
        address=_somewhere(),
        channel="mini_program",
    )
    act = Act(by="customer", now=clock.now(), real_now=clock.real_now(), customer_id=customer)
    await applications.accept(filing, act=act)


def _by_hand(customer: int) -> Filed:
    return Filed(
        customer=customer, name="张三", phone="13812345678", address=_somewhere(), at=clock.real_now()
    )


def _somewhere() -> str:
    return f"新郑市龙湖镇龙湖锦园{uuid4().int % 10**6}号"
