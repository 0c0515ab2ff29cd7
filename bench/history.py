"""Years of a city's cases, written by the database itself: the newest first, older ones added behind them.

As in `docs/city.md` a city files 411 applications a day, so a million are six and a half years. Nineteen in twenty were
lit, four in a hundred withdrawn; open are about eight hundred of the newest, however many there are. Half of the homes
ask when their community is ready, a hundred at a time, the others whenever: communities share the words of their names.
"""

from datetime import datetime

from bench import bulk
from bench.bulk import PATIENCE, Connection

NEWEST = 10_000_000  # the id of the newest application and customer; the one before it is older
_MANAGERS = 60
_TABLES = (
    "sites", "projects", "customers", "applications", "application_search", "clocks", "visits", "tasks", "documents",
    "events", "outbox", "inbox_items",
)  # fmt: skip

_STAFF = """
INSERT INTO staff (login, name, phone, password_hash, roles, department, districts, rota_order, session_version, active, created_at)
SELECT 'history_' || n, '经理' || n, '138' || lpad(n::text, 8, '0'), '', '{customer_manager}', 'market_development', '{}', 0, 0,
    true, now() FROM generate_series(1, $1::int) AS n ON CONFLICT DO NOTHING
"""
# What is drawn for each case, its age in rank `n`; every later statement reads it.
_WAVE = """
CREATE TEMP TABLE wave (n int, id bigint, at timestamptz, stage text, ended_at timestamptz, late boolean, site int, kind text,
    name text, phone text, manager_id bigint, r bigint)
"""
_DRAW = """
INSERT INTO wave
SELECT n, $4::bigint - n, at, stage, CASE stage WHEN 'ignited' THEN at + (CASE WHEN n % 30 = 7 THEN 26 ELSE 2 + n % 20 END) * interval '1 hour'
        WHEN 'cancelled' THEN at + interval '20 hours' END, n % 30 = 7,
    CASE WHEN stage = 'awaiting_project' THEN 0 WHEN n % 10 = 9 THEN 9000 + r % 300 WHEN n % 2 = 0 THEN 2000 + n / 200 ELSE 1 + r % 1999 END,
    CASE WHEN n % 10 = 9 AND stage <> 'awaiting_project' THEN 'non_resident' ELSE 'resident' END,
    substr('王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗', 1 + (r % 20)::int, 1) || substr('伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞', 1 + (r / 20 % 20)::int, 1)
        || CASE WHEN n % 3 > 0 THEN substr('英华文玉建国海春红平志宏光云', 1 + (r / 400 % 14)::int, 1) ELSE '' END,
    (ARRAY['133', '135', '136', '137', '138', '139', '150', '151', '155', '158', '159', '176', '180', '183', '186', '187', '188', '189'])[1 + n % 18]
        || lpad((n::bigint * 61803399 % 100000000)::text, 8, '0'),
    CASE WHEN n % 350 <> 5 OR stage IN ('ignited', 'cancelled') THEN managers[1 + r / 7 % array_length(managers, 1)] END, r
FROM generate_series($2::int - 1, $1::int, -1) AS n, (SELECT array_agg(id ORDER BY id) AS managers FROM staff WHERE login LIKE 'history\\_%') AS staff,
    LATERAL (SELECT $3::timestamptz - n * interval '210 seconds' AS at, hashint8(n)::bigint + 2147483648 AS r) AS drawn,
    LATERAL (SELECT CASE WHEN n < 400 THEN (ARRAY['accepted', 'visit_booked', 'visited'])[1 + n % 3]
        WHEN n < 8000 AND n % 40 = 0 THEN 'awaiting_project' WHEN n < 8000 AND n % 40 = 20 THEN 'visited'
        WHEN n % 25 = 3 THEN 'cancelled' ELSE 'ignited' END AS stage) AS standing
"""
_FILL = (
    """INSERT INTO sites (name, key, customer_kind, district, created_at)
    SELECT name, name, kind, (ARRAY['龙湖镇', '薛店镇', '孟庄镇', '和庄镇', '新村镇', '郭店镇'])[1 + site % 6], now()
    FROM (SELECT DISTINCT site, kind FROM wave) AS met, LATERAL (SELECT pg_temp.site_name(site) AS name) AS named ON CONFLICT DO NOTHING""",
    """INSERT INTO projects (site_id, customer_kind, address, stage, manager_id, policy_version, opened_at, stage_at)
    SELECT s.id, s.customer_kind, s.name, CASE WHEN s.name = pg_temp.site_name(0) THEN 'building' ELSE 'accepted' END,
        (SELECT min(manager_id) FROM wave), '2021-51', now(), now()
    FROM sites s WHERE NOT EXISTS (SELECT FROM projects p WHERE p.site_id = s.id)""",
    """INSERT INTO customers (id, created_at, name, filed_phone) SELECT id, at, name, phone FROM wave""",
    """INSERT INTO applications (id, number, customer_id, site_id, project_id, manager_id, customer_kind, contact_name,
        contact_phone, address, address_key, district, channel, street_canvass, on_behalf_consent, agent_consent, stage, stage_at,
        filed_at, ignited_at, rating, twin, policy_version)
    SELECT w.id, 'XZ' || to_char(w.at, 'YYYYMMDD') || lpad(n::text, 8, '0'), w.id, s.id, p.id, w.manager_id, kind, w.name, phone,
        '新郑市' || s.district || s.name || door, s.name || door, s.district,
        (ARRAY['mini_program', 'official_account', 'hotline', 'outlet', 'manager_visit', 'government_portal'])[1 + n % 6], false, false, false,
        w.stage, coalesce(ended_at, w.at), w.at, CASE WHEN w.stage = 'ignited' THEN ended_at END,
        CASE WHEN w.stage = 'ignited' AND n % 3 = 0 THEN 3 + n % 9 / 3 END, false, '2021-51'
    FROM wave w JOIN sites s ON s.key = pg_temp.site_name(site) AND s.customer_kind = kind JOIN projects p ON p.site_id = s.id,
        LATERAL (SELECT CASE WHEN kind = 'resident' THEN format('%s号楼%s单元%s', 1 + n / 2 % 25, 1 + n / 50 % 4, 101 + r % 30 * 100 + n % 4)
            ELSE format('%s号', 1 + r % 900) END AS door) AS doors ORDER BY w.id""",
    """INSERT INTO application_search SELECT a.id, search_words(a) FROM applications a JOIN wave USING (id)""",
    """INSERT INTO clocks (application_id, kind, reading, "limit", state, started_at, due_at, ended_at, breached_at, late, policy_version)
    SELECT id, k.kind, 'natural', 86400000000, CASE stage WHEN 'ignited' THEN 'met' WHEN 'cancelled' THEN 'cancelled'
            ELSE CASE WHEN k.kind = 'ignition' AND n >= 400 THEN 'breached' WHEN k.kind = 'ignition' THEN 'running' ELSE 'met' END END,
        at, at + interval '1 day', CASE WHEN stage IN ('ignited', 'cancelled') THEN ended_at WHEN k.kind = 'first_visit' THEN at + interval '2 hours' END,
        CASE WHEN k.kind = 'ignition' AND (stage = 'ignited' AND late OR stage = 'visited' AND n >= 400) THEN at + interval '1 day' END,
        stage = 'ignited' AND late AND k.kind = 'ignition', '2021-51'
    FROM wave, (VALUES ('ignition'), ('first_visit')) AS k (kind) WHERE stage <> 'awaiting_project' OR k.kind = 'first_visit'""",
    """INSERT INTO visits (application_id, purpose, at, state, staff_id, booked_at, checked_in_at)
    SELECT id, 'visit', at + interval '2 hours', CASE WHEN stage IN ('accepted', 'visit_booked') THEN 'booked' ELSE 'done' END,
        manager_id, at, at + interval '2 hours' FROM wave""",
    """INSERT INTO tasks (kind, state, application_id, assignee_id, role, opened_at, due_at, ended_at, facts)
    SELECT k.kind, CASE WHEN ended_at IS NULL THEN 'open' ELSE 'done' END, id, manager_id, 'customer_manager', at, at + interval '1 day',
        ended_at, '{}' FROM wave, (VALUES ('visit'), ('ignition')) AS k (kind)""",
    """INSERT INTO documents (kind, state, application_id, customer_id, path, content_type, size, digest, received_at, fetch_attempts)
    SELECT 'identity', 'stored', id, id, md5(id::text), 'image/jpeg', 200000, md5(id::text), at, 0 FROM wave""",
    """INSERT INTO events (application_id, name, stage, at, by_role, facts)
    SELECT id, step.name, step.stage, at + step.hour * interval '1 hour', 'customer_manager', '{}'::jsonb
    FROM wave, (VALUES ('visit_moved', 'visit_booked', 1), ('documents_received', 'visit_booked', 1.1), ('documents_received', 'visit_booked', 1.2),
        ('visit_moved', 'visit_booked', 1.3), ('checked_in', 'visited', 2), ('documents_complete', 'visited', 2.1),
        ('ignition_attempt_failed', 'visited', 2.2), ('documents_received', 'visited', 2.3), ('ignited', 'ignited', 3),
        ('documents_received', 'ignited', 4)) AS step (name, stage, hour)
    WHERE step.hour < 2 OR wave.stage = 'ignited' AND (step.hour < 4 OR n % 3 = 0)
    UNION ALL
    SELECT id, CASE WHEN stage = 'awaiting_project' THEN 'filed_waiting' ELSE 'filed_ready' END, 'accepted', at, 'customer', '{}' FROM wave
    UNION ALL
    SELECT id, CASE WHEN n % 300 = 11 THEN 'complained' ELSE 'urged' END, 'visited', at + interval '2 hours', 'customer', '{}' FROM wave WHERE n % 20 = 11
    ORDER BY 1, 4""",
    """INSERT INTO outbox (id, message, customer_id, application_id, facts, priority, state, channel, attempts, attempt_at, created_at, ended_at)
    SELECT uuidv7(), told.message, id, id, jsonb_build_object('contact_name', name, 'contact_phone', phone, 'link', '/m/progress/' || id), 3,
        CASE WHEN n < 4000 AND n % 100 = 7 AND told.message = 'ignited' THEN 'dead' ELSE 'delivered' END, 0, 1, at, at, at
    FROM wave, (VALUES ('accepted'), ('visit_booked'), ('ignited')) AS told (message)""",
    """INSERT INTO inbox_items (message_id, customer_id, at, title, body, link, read_at)
    SELECT o.id, o.customer_id, created_at, '报装已受理', '客户经理一对一为您办理，无需您跑腿。', '/m/progress/' || o.customer_id, created_at
    FROM outbox o JOIN wave ON wave.id = o.application_id""",
)
_NAMES = """
CREATE OR REPLACE FUNCTION pg_temp.site_name(site int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN site >= 9000 THEN '商铺' ELSE '' END
        || (ARRAY['龙湖', '阳光', '锦绣', '中华', '和谐', '溪园', '轩辕', '郑韩', '黄帝', '新城', '康桥', '碧桂', '正商', '绿地', '建业', '升龙', '恒大', '万科', '融创', '金科',
            '翰林', '书香', '滨河', '双湖', '紫荆', '玉兰', '海棠', '梧桐', '枫林', '桃源', '祥和', '瑞景', '天成', '御景', '盛世', '东方', '世纪', '时代', '幸福', '安居'])[1 + site % 40]
        || (ARRAY['锦园', '花园', '家园', '新苑', '雅居', '名邸', '华庭', '公馆', '府邸', '春天', '城邦', '国际', '广场', '新村', '学府', '庄园', '半岛', '水岸', '香榭', '嘉苑',
            '豪庭', '尚城', '丽景', '星城', '明珠', '悦府', '华府', '苑', '居', '里'])[1 + site / 40 % 30]
        || (ARRAY['东区', '西区', '南区', '北区', '甲区', '乙区', '丙区', '丁区'])[1 + site / 1200 % 8]
$$
"""


async def grow(connection: Connection, there: int, wanted: int, *, newest_at: datetime) -> None:
    """Adds the cases that are missing between `there` and `wanted`."""
    await connection.execute(_NAMES)
    await connection.execute(_STAFF, _MANAGERS)
    await connection.execute(_WAVE)
    await connection.execute(_DRAW, there, wanted, newest_at, NEWEST, timeout=PATIENCE)
    await connection.execute("ANALYZE wave")
    await bulk.fill(connection, _TABLES, _FILL)
    await connection.execute("DROP TABLE wave")
    await bulk.settle(connection)
