"""Where a message finds us: whether it was taken before, where the talk stands, who writes. One statement, for many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from backend.queries.my_cases import MyCase, Person
from backend.queries.rows import rows
from backend.rules import papers
from backend.rules.stages import APPLICATION
from backend.together import Together, rows_of
from config.documents import catalogue
from config.messages.texts import words

_MOST = 10

# Six statements through the ORM cost 4 ms of a message's time, this one a tenth of it.
_READ = f"""
SELECT t.id AS taken, CASE WHEN l.id IS NULL THEN t.answer END AS answer, c.state, coalesce(c.turns, 0) AS turns,
    c.live_talk_id, c.held_by,
    cu.id AS customer_id, cu.name, cu.phone, cu.unionid IS NULL AND i.unionid_asked_at IS NULL AS unplaced,
    ARRAY(
        SELECT (a.id, a.number, a.customer_kind, a.contact_name, a.contact_phone, a.address, a.stage, a.rating,
            ARRAY(SELECT DISTINCT d.kind::text FROM documents d WHERE d.application_id = a.id AND d.state <> 'lost'),
            (SELECT v.at FROM visits v WHERE v.application_id = a.id AND v.state = 'booked'),
            a.customer_id = cu.id AND a.channel IN ('official_account', 'mini_program'))
        FROM applications a WHERE a.customer_id = cu.id OR a.contact_phone = cu.phone ORDER BY a.id DESC LIMIT {_MOST}
    ) AS cases
FROM {rows_of(app="text", openid="text", key="text")}
LEFT JOIN taken_messages t ON t.app = one.app AND t.key = one.key
LEFT JOIN late_messages l ON l.app = one.app AND l.key = one.key
LEFT JOIN conversations c ON c.openid = one.openid
LEFT JOIN wechat_identities i ON i.app = one.app AND i.openid = one.openid
LEFT JOIN customers cu ON cu.id = i.customer_id
ORDER BY one.place
"""  # noqa: S608  only constants are put in


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`turns` counts the talk's turns: while it stays the same nobody else has taken one.

    `customer_id` is None for somebody we have not met; of somebody `unplaced` the platform may know a unionid. `answer` is
    what a message that was `taken` got: None for silence, or where the answer follows by itself. `live_talk_id` is
    the open talk with a person of ours, `agent_id` who has it.
    """

    taken: bool
    answer: str | None
    turns: int
    state: Mapping[str, Any]
    customer_id: int | None
    unplaced: bool
    person: Person
    live_talk_id: int | None
    agent_id: int | None


async def read(app: str, openid: str, key: str) -> Standing:
    """As of now, together with whoever else asks; not for a transaction, which has its own connection."""
    return await _readers.ask((app, openid, key))


async def read_held(app: str, openid: str, key: str) -> Standing:
    """Within the transaction that holds the talk, as of then."""
    (found,) = await _read_many([(app, openid, key)])
    return found


async def _read_many(asked: Sequence[tuple[str, str, str]]) -> list[Standing]:
    return [_standing(row) for row in await rows(_READ, *zip(*asked, strict=True))]


_readers = Together(_read_many)


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(
        taken=row["taken"] is not None,
        answer=row["answer"],
        turns=row["turns"],
        state=orjson.loads(row["state"] or "{}"),
        customer_id=row["customer_id"],
        unplaced=row["unplaced"],
        person=Person(name=row["name"], phone=row["phone"], cases=tuple(map(_case, row["cases"]))),
        live_talk_id=row["live_talk_id"],
        agent_id=row["held_by"],
    )


def _case(
    row: tuple[int, str, str, str, str, str, str, int | None, list[str], datetime | None, bool],
) -> MyCase:
    id_, number, kind, name, phone, address, stage, rating, present, visit_at, filed_here = row
    is_open = stage not in APPLICATION.final
    return MyCase(
        id=id_,
        number=number,
        customer_kind=kind,
        contact_name=name,
        contact_phone=phone,
        address=address,
        stage_name=words().stages["application"][stage],
        open=is_open,
        burns=stage == "ignited",
        ratable=stage == "ignited" and rating is None,
        missing=papers.missing(kind, set(present), catalogue()) if is_open else (),
        visit_at=visit_at if is_open else None,
        filed_here=filed_here,
    )
