"""The rows of one filing as somebody would write them by hand: asyncpg, one transaction, one statement a table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import asyncpg
import orjson

from backend.rules import addresses
from backend.rules.stages import APPLICATION
from config import policy
from config.districts import districts

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
_SHARE = "SELECT pg_advisory_xact_lock_shared(hashtextextended('absences', 0))"
_FIRST = """
SELECT c.phone, (SELECT min(a.number) FROM applications a WHERE a.address_key = $2 AND a.customer_kind = 'resident'
    AND a.stage <> ALL($3) AND (a.customer_id = $1 OR a.contact_phone = c.phone)) AS number
FROM customers c WHERE c.id = $1
"""
_SITE = """
SELECT id, district FROM sites WHERE customer_kind = 'resident' AND key = ANY($1) ORDER BY length(key) DESC LIMIT 1
"""
_PROJECT = "SELECT id, stage FROM projects WHERE site_id = $1 AND stage <> 'cancelled'"
_MANAGER = """
SELECT s.id, s.name, s.phone FROM staff s WHERE active AND 'customer_manager' = ANY(roles)
    AND (away_until IS NULL OR away_until <= $1)
ORDER BY ($2 = ANY(districts)) DESC,
    (SELECT count(*) FROM applications a WHERE a.manager_id = s.id AND a.stage <> ALL($3)), id LIMIT 1
"""
_NUMBER = """
INSERT INTO number_series (day, last_number) VALUES ($1, 1)
ON CONFLICT (day) DO UPDATE SET last_number = number_series.last_number + 1 RETURNING last_number
"""
_APPLICATION = """
INSERT INTO applications (number, customer_id, site_id, project_id, manager_id, customer_kind, contact_name, contact_phone,
    address, address_key, district, channel, street_canvass, on_behalf_consent, agent_consent, stage, stage_at, filed_at,
    twin, policy_version)
VALUES ($1, $2, $3, $4, $5, 'resident', $6, $7, $8, $9, $10, 'mini_program', false, false, false, 'accepted', $11, $11,
    false, $12) RETURNING id
"""
_CLOCKS = """
WITH started AS (
    INSERT INTO clocks (application_id, kind, reading, "limit", state, started_at, due_at, late, policy_version)
    SELECT $1, kind, reading, span, 'running', $2, $2::timestamptz + span * interval '1 microsecond', false, $3
    FROM unnest($4::text[], $5::text[], $6::bigint[]) AS one (kind, reading, span) RETURNING id, due_at
)
INSERT INTO reminders (clock_id, kind, due_at, state)
SELECT id, kind, due_at - before, 'waiting' FROM started, unnest($7::text[], $8::interval[]) AS planned (kind, before)
"""
_EVENTS = """
INSERT INTO events (application_id, name, stage, at, by_role, facts)
SELECT $1, name, 'accepted', $2, 'customer', facts FROM unnest($3::text[], $4::jsonb[]) AS one (name, facts) RETURNING id
"""
_TASKS = """
INSERT INTO tasks (application_id, kind, state, role, assignee_id, opened_at, due_at, facts)
SELECT $1, kind, 'open', 'customer_manager', $2, $3, $3, '{}' FROM unnest($4::text[]) AS kind RETURNING id
"""
_PUSH = """
WITH push AS (
    INSERT INTO outbox (id, message, staff_id, facts, priority, dedupe_key, state, channel, attempts, attempt_at, created_at)
    VALUES ($1, 'task_digest', $2, $3::jsonb, 4, $4, 'waiting', 0, 0, $5, $5)
    ON CONFLICT (dedupe_key) DO UPDATE
    SET facts = jsonb_set(outbox.facts, '{entries}', outbox.facts -> 'entries' || ($3::jsonb -> 'entries'))
    RETURNING id
)
INSERT INTO inbox_items (message_id, staff_id, at, title, body, link) SELECT id, $2, $5, $6, $7, '/m/tasks' FROM push
ON CONFLICT (message_id) DO UPDATE SET body = inbox_items.body || E'\\n' || excluded.body
"""
_LETTER = """
WITH letter AS (
    INSERT INTO outbox (id, message, customer_id, application_id, facts, priority, state, channel, attempts, attempt_at,
        created_at)
    VALUES ($1, 'accepted', $2, $3, $4, 3, 'waiting', 0, 0, $5, $5) RETURNING id
)
INSERT INTO inbox_items (message_id, customer_id, at, title, body, link) SELECT id, $2, $5, $6, $7, $8 FROM letter
"""
_PARTNERS = "SELECT partner, external_id FROM partner_cases WHERE application_id = $1"
_PAPERS = "SELECT kind FROM documents WHERE application_id = $1 AND state <> 'lost'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What is filed by hand."""

    customer: int
    name: str
    phone: str
    address: str
    at: datetime


_CLOCK_KINDS = ["ignition", "first_visit", "deferred_documents"]
_READINGS = ["natural", "daytime", "working"]
_SPANS = [86_400_000_000, 14_400_000_000, 144_000_000_000]  # microseconds
_REMINDERS = ["half", "before_deadline", "deadline"]
_BEFORE = [timedelta(hours=12), timedelta(hours=2), timedelta(0)]
_TITLE, _BODY = "报装已受理", "受理号{number}，{name}经理会在一天内上门，电话{phone}。"


async def file(connection: "asyncpg.Connection[asyncpg.Record]", filed: Filed) -> None:
    """The same locks, checks and rows as `applications.accept` at a site that is ready, with the words and due times
    taken as given: what a step causes, its roles and its texts are nobody's table here."""
    final, version = list(APPLICATION.final), policy.current().version
    key = addresses.key_of(filed.address, districts())
    run = connection
    async with connection.transaction():
        await run.execute(_LOCK, f"address:resident:{key}")
        if (await run.fetchrow(_FIRST, filed.customer, key, final))["number"]:
            raise RuntimeError("a duplicate")
        site = await run.fetchrow(_SITE, list(addresses.prefixes(key)))
        await run.execute(_LOCK, f"project:{site['id']}")
        project = await run.fetchrow(_PROJECT, site["id"])
        await run.execute(_SHARE)
        manager = await run.fetchrow(_MANAGER, filed.at, site["district"], final)
        day = filed.at.astimezone(policy.current().tz).date()
        number = f"XZ{day:%Y%m%d}{await run.fetchval(_NUMBER, day):04d}"
        whose = (number, filed.customer, site["id"], project["id"], manager["id"])
        said = (filed.name, filed.phone, filed.address, key, site["district"])
        application = await run.fetchval(_APPLICATION, *whose, *said, filed.at, version)
        clocks = (_CLOCK_KINDS, _READINGS, _SPANS, _REMINDERS, _BEFORE)
        await run.execute(_CLOCKS, application, filed.at, version, *clocks)
        facts = orjson.dumps({"manager_name": manager["name"]}).decode()
        names = ["filed_ready", "documents_missing"]
        await run.fetch(_EVENTS, application, filed.at, names, [facts, facts])
        await run.fetch(_TASKS, application, manager["id"], filed.at, ["visit", "collect_documents"])
        line = f"一对一上门、收取资料 {number} {filed.name} {filed.address}"
        entries = orjson.dumps({"entries": [line]}).decode()
        digest = f"by-hand:{manager['id']}:{filed.at:%Y%m%d%H%M}"
        await run.execute(_PUSH, uuid4(), manager["id"], entries, digest, filed.at, "新任务", line)
        body = _BODY.format(number=number, name=manager["name"], phone=manager["phone"])
        letter = orjson.dumps({"number": number, "address": filed.address, "link": "/m/progress"}).decode()
        to = (uuid4(), filed.customer, application, letter, filed.at)
        await run.execute(_LETTER, *to, _TITLE, body, f"/m/progress/{number}")
        await run.fetch(_PARTNERS, application)
        await run.fetch(_PAPERS, application)
