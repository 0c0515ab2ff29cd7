"""A hundred thousand applications in a few seconds: what a busy office has after years, written by the database itself."""

import asyncpg

_THREE_YEARS = 3 * 365 * 24 * 60  # minutes

_ROWS = """
WITH people AS (SELECT array_agg(id ORDER BY id) AS managers FROM staff WHERE 'customer_manager' = ANY(roles)),
places AS (SELECT id, name, district FROM sites ORDER BY id LIMIT 1),
project AS (SELECT id FROM projects ORDER BY id LIMIT 1),
made AS (
    INSERT INTO customers (name, created_at)
    SELECT '客户' || n, now() FROM generate_series(1, $1) AS n RETURNING id
), numbered AS (SELECT id, row_number() OVER (ORDER BY id)::int AS n FROM made),
filed AS (
    INSERT INTO applications (number, customer_id, site_id, project_id, manager_id, customer_kind, contact_name, contact_phone,
        address, address_key, district, channel, street_canvass, on_behalf_consent, agent_consent, stage, stage_at, filed_at,
        ignited_at, twin, policy_version)
    SELECT 'XZ' || to_char($2::timestamptz - span, 'YYYYMMDD') || 'T' || n, numbered.id, places.id, project.id,
        CASE WHEN n % 400 > 0 THEN managers[1 + n % array_length(managers, 1)] END,
        CASE WHEN n % 5 = 0 THEN 'non_resident' ELSE 'resident' END,
        substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨', 1 + n % 16, 1) || substr('伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超', 1 + n * 7 % 19, 1),
        '1' || (30 + n % 70) || lpad((n * 7919 % 100000000)::text, 8, '0'),
        '新郑市' || places.district || (ARRAY['锦绣', '中华', '阳光', '和谐', '溪园'])[1 + n % 5] || '小区' || (1 + n % 300) || '号楼' || (1 + n % 4)
            || '单元' || (100 + n % 2900),
        'many' || n, places.district,
        (ARRAY['hotline', 'official_account', 'mini_program', 'outlet', 'manager_visit', 'government_portal'])[1 + n % 6],
        false, false, false, st.stage, $2::timestamptz - span, $2::timestamptz - span,
        CASE WHEN st.stage = 'ignited' THEN $2::timestamptz - span + make_interval(hours => 4 + n % 26) END, false, '2021-51'
    FROM numbered, people, places, project,
        LATERAL (SELECT make_interval(mins => (n::bigint * $3 / $1)::int) AS span) AS ages,
        LATERAL (SELECT CASE WHEN n * 100 / $1 < 1 OR n % 8 = 0 AND n * 100 / $1 < 25 THEN (ARRAY['accepted', 'visit_booked', 'visited'])[1 + n % 3]
            WHEN n % 50 = 0 THEN 'cancelled' ELSE 'ignited' END AS stage) AS st
    RETURNING id, stage, filed_at, ignited_at
)
INSERT INTO clocks (application_id, kind, reading, "limit", state, started_at, due_at, ended_at, breached_at, late, policy_version)
SELECT id, 'ignition', 'natural', 86400000000,
    CASE stage WHEN 'ignited' THEN 'met' WHEN 'cancelled' THEN 'cancelled' ELSE CASE WHEN due < $2 THEN 'breached' ELSE 'running' END END,
    filed_at, due, coalesce(ignited_at, CASE WHEN stage = 'cancelled' THEN due END),
    CASE WHEN due < coalesce(ignited_at, $2) AND stage <> 'cancelled' THEN due END,
    stage = 'ignited' AND ignited_at > due, '2021-51'
FROM filed, LATERAL (SELECT CASE WHEN stage IN ('ignited', 'cancelled') THEN filed_at + interval '24 hours'
    ELSE $2::timestamptz + make_interval(mins => (id * 37 % 2900)::int - 200) END AS due) AS ends
"""


_EVENTS = """
INSERT INTO events (application_id, name, stage, at, by_role, facts)
SELECT a.id, step.name, step.stage, a.filed_at + (coalesce(a.ignited_at, $1) - a.filed_at) * step.share, 'customer_manager', '{}'
FROM applications a, (VALUES ('filed_ready', 'accepted', 0.0, 1), ('visit_booked', 'visit_booked', 0.1, 2),
    ('checked_in', 'visited', 0.6, 3), ('ignited', 'ignited', 1.0, 4)) AS step (name, stage, share, place)
WHERE a.address_key LIKE 'many%' AND (a.stage = 'ignited' OR step.place = 1) ORDER BY a.id, step.place
"""


async def fill(connection: asyncpg.Connection, count: int, *, now: object, over: int = _THREE_YEARS) -> None:
    """So many applications of the first site, filed `over` so many minutes until `now`; four in a hundred are open."""
    await connection.execute(_ROWS, count, now, over)
    await connection.execute(_EVENTS, now)
    await connection.execute("ANALYZE")
