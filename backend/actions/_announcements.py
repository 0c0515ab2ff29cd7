"""New tasks as pushes: the first of a minute at once, the rest of that minute as one digest (domain §3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from string import Formatter
from typing import Any
from uuid import UUID, uuid4

import orjson
from tortoise import connections

from backend.actions import _letters, _outbox
from backend.actions._storing import NewMessage, store
from backend.actions._writing import OpenedTask
from backend.actions.act import Act
from backend.models import Case, OutboxMessage, Staff, Task
from backend.queries.rows import rows
from backend.rules import reminders
from backend.rules.wording import say_moment
from config import policy
from config.messages.texts import fill, notices, words

AnyTask = Task | OpenedTask

_MINUTE = timedelta(minutes=1)
_SAID = "SELECT id, dedupe_key, message, facts FROM outbox WHERE dedupe_key = ANY($1) ORDER BY dedupe_key FOR UPDATE"
_ADD = """
WITH push AS (UPDATE outbox SET facts = $2 WHERE id = $1)
UPDATE inbox_items SET title = $3, body = $4 WHERE message_id = $1
"""


@dataclass(frozen=True, slots=True)
class _Said:
    """A push of this minute."""

    id: UUID
    message: str
    facts: dict[str, Any]


async def announce(case: Case, opened: Sequence[AnyTask], letters: dict[str, str], *, act: Act) -> None:
    """Tells whoever has to do the newly opened tasks, or the supervisors that nobody has them."""
    for person in dict.fromkeys(task.assignee_id for task in opened):
        tasks = [task for task in opened if task.assignee_id == person]
        if person is not None:
            await _push(person, tasks, letters, act=act)
        else:
            await _call_for_somebody(case, tasks, letters, act=act)


async def announce_all(person: int, cases: Mapping[Case, Sequence[AnyTask]], *, act: Act) -> None:
    """The tasks of many cases that one act opened for one person: one digest, however many."""
    entries: list[dict[str, Any]] = [
        {
            "act": f"{act.id}:{case.number}",
            "names": [words().task_names[task.kind] for task in tasks],
            "facts": _of_a_line(await _letters.facts_of(case, act, {})),
        }
        for case, tasks in cases.items()
    ]
    key = f"digest:{person}:{act.now:%Y%m%d%H%M}"
    facts = {"entries": entries}
    if not await _insert("task_digest", key, facts, person=person, act=act):
        digest = (await _find([key]))[key]
        await _extend(digest, {"entries": digest.facts["entries"] + entries})


async def _call_for_somebody(
    case: Case, tasks: Sequence[AnyTask], letters: dict[str, str], *, act: Act
) -> None:
    """Work without a person: everyone with the role is told, and where nobody has it the supervisors are."""
    for task in tasks:
        sharing = Staff.filter(active=True, roles__contains=[task.role])
        people = [] if task.role == "customer_manager" else await sharing.values_list("id", flat=True)
        message = "new_tasks" if people else "unassigned"
        facts = {**letters, "task_names": words().task_names[task.kind], "act": str(act.id)}
        if not people and await OutboxMessage.exists(message=message, facts__contains={"act": str(act.id)}):
            continue  # one filing without a manager is one alarm, whatever tasks it opens
        for person in people or await _outbox.supervisors_of(case):
            letter = _outbox.Letter(message=message, facts=facts, target=str(task.id) if people else "")
            await _outbox.queue(letter, act=act, staff_id=person, case=case)  # type: ignore[arg-type]  # flat values are ids


async def _push(person: int, tasks: Sequence[AnyTask], letters: dict[str, str], *, act: Act) -> None:
    names = [words().task_names[task.kind] for task in tasks]
    minute = act.now.strftime("%Y%m%d%H%M")
    first_key, digest_key = f"first:{person}:{minute}", f"digest:{person}:{minute}"
    said = await _find([first_key, digest_key])
    if first_key not in said:
        due = tasks[0].due_at
        moment = words().due.format(moment=say_moment(due, policy.current())) if due else ""
        facts = {**letters, "due": moment, "act": str(act.id), "names": names}
        if await _insert("new_tasks", first_key, facts, person=person, act=act, target=str(tasks[0].id)):
            return
        said = await _find([first_key, digest_key])  # a twin was first
    first = said[first_key]
    if first.facts["act"] == str(act.id):
        await _extend(first, {"names": [*first.facts["names"], *names]})
        return
    entry = {"act": str(act.id), "names": names, "facts": _of_a_line(letters)}
    await _into_digest(person, digest_key, said.get(digest_key), entry, letters, act=act)


async def _into_digest(
    person: int, key: str, digest: _Said | None, entry: dict[str, Any], letters: dict[str, str], *, act: Act
) -> None:
    """A digest has one entry per act: a filing that opens three tasks is one case on the manager's list."""
    if digest is None:
        facts = {**letters, "entries": [entry]}
        if await _insert("task_digest", key, facts, person=person, act=act):
            return
        digest = (await _find([key]))[key]
    entries = digest.facts["entries"]
    same = next((known for known in entries if known["act"] == entry["act"]), None)
    if same is None:
        entries.append(entry)
    else:
        same["names"] += entry["names"]
    await _extend(digest, {"entries": entries})


async def _find(keys: list[str]) -> dict[str, _Said]:
    """The pushes there are under these keys, their rows held."""
    found = await rows(_SAID, keys)
    return {row["dedupe_key"]: _Said(row["id"], row["message"], orjson.loads(row["facts"])) for row in found}


def _of_a_line(letters: dict[str, str]) -> dict[str, str]:
    """What a digest's line says of a case: a busy minute's digest is read and written anew with every case."""
    named = {name for _, name, _, _ in Formatter().parse(words().case_line) if name}
    return {name: letters[name] for name in sorted(named & letters.keys())}


async def _insert(
    message: str, key: str, facts: dict[str, Any], *, person: int, act: Act, target: str = ""
) -> bool:
    """False when a message under `key` is there already; a twin in flight is waited for."""
    notice = notices()[message]
    minute_end = act.now.replace(second=0, microsecond=0) + _MINUTE
    row = NewMessage(
        id=uuid4(),
        message=message,
        staff_id=person,
        facts={**_shown(facts), "link": _outbox.link_of(notice, target)},
        priority=_outbox.PRIORITY[notice.kind],
        dedupe_key=key,
        attempt_at=act.real_now,
        held_until=reminders.quiet_end(minute_end, policy.current()) if notice.kind == "digest" else None,
        created_at=act.now,
    )
    return bool(await store([row]))


async def _extend(said: _Said, more: dict[str, Any]) -> None:
    """Adds to a push that has not gone yet, and to its inbox item in any case."""
    facts = _shown({**said.facts, **more})
    notice = notices()[said.message]
    shown = [fill(notice.title, facts)[:100], fill(notice.body, facts)]
    await connections.get("default").execute_query(_ADD, [said.id, orjson.dumps(facts).decode(), *shown])


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    """The lists of a push as the texts name them."""
    if "entries" not in facts:
        return {**facts, "task_names": "、".join(dict.fromkeys(facts["names"]))}
    lines = [
        fill(words().case_line, {**entry["facts"], "task_names": "、".join(dict.fromkeys(entry["names"]))})
        for entry in facts["entries"]
    ]
    return {**facts, "count": str(len(lines)), "cases": "\n".join(lines)}
