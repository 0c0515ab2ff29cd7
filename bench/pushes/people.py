"""Followers of the account and messages to them, written as the actions would, but fast."""

from datetime import datetime
from typing import TypeAlias

import asyncpg
import orjson

from config.messages.texts import notices, templates

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

FACTS = {
    "number": "XZ202611230001",
    "contact_name": "张三",
    "contact_phone": "13812345678",
    "address": "新郑市龙湖镇龙湖锦园三号楼501",
    "manager_name": "王经理",
    "manager_phone": "13800000001",
    "deadline": "11月24日 15:00",
    "link": "/m/progress/XZ202611230001",
}

_CUSTOMER = "INSERT INTO customers (created_at) VALUES ($1) RETURNING id"
_IDENTITY = """
INSERT INTO wechat_identities (app, openid, customer_id, follows, created_at)
VALUES ('official_account', $1, $2, true, $3)
"""
_CONSENT = """
WITH moved AS (
    UPDATE wechat_identities SET app = 'mini_program', follows = false WHERE customer_id = ANY($1) RETURNING id
)
INSERT INTO subscription_grants (identity_id, template_id, remaining, refused, updated_at)
SELECT id, $2, 1000000, false, $3 FROM moved
"""
_LETTERS = """
INSERT INTO outbox (id, message, customer_id, facts, priority, state, channel, attempts, attempt_at, created_at)
SELECT gen_random_uuid(), 'accepted', person, $2::jsonb, 3, 'waiting', 0, 0, $3, $3 FROM unnest($1::bigint[]) AS person
"""


async def follow(connection: Connection, openids: list[str], at: datetime) -> list[int]:
    """The customers behind these open ids."""
    people = []
    for openid in openids:
        person = await connection.fetchval(_CUSTOMER, at)
        await connection.execute(_IDENTITY, openid, person, at)
        people.append(int(person))
    return people


async def leave(connection: Connection, people: list[int], at: datetime) -> None:
    """These follow no more: only the mini-program reaches them, by consents they have given."""
    pair = templates()[notices()["accepted"].template]
    if pair.mini_program is None:
        raise LookupError("case progress has no subscribe message")
    await connection.execute(_CONSENT, people, pair.mini_program.id, at)


async def write(connection: Connection, people: list[int], at: datetime) -> None:
    """One message to each, due at once."""
    await connection.execute(_LETTERS, people, orjson.dumps(FACTS).decode(), at)


async def waiting(connection: Connection) -> bool:
    """Whether any message is not sent yet."""
    return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM outbox WHERE state = 'waiting')"))


async def clear(connection: Connection) -> None:
    """No message waits any more, and none has been."""
    await connection.execute("DELETE FROM delivery_attempts; DELETE FROM inbox_items; DELETE FROM outbox")
