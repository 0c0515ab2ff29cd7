"""What a line adds to the application form: the answer to its question, facts said by the way, corrections."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from backend.bots.conversation import Form, Slot
from backend.bots.dialogues import mending
from backend.bots.dialogues.answers import choose, mentions, says, without_lead
from backend.bots.dialogues.naming import bare_name, may_be_name
from backend.bots.dialogues.places import (
    SHORTEST,
    address_in,
    bare_address,
    detail_in,
    fitting_address,
    is_long_enough,
    with_detail,
)
from backend.bots.dialogues.slots import OPTIONAL, kind_options, offered
from backend.bots.dialogues.turns import Scene
from backend.bots.heard import Heard
from backend.bots.understanding.plain_text import plain
from backend.rules.errors import InvalidField
from backend.rules.filing import check_visit_time
from config import policy

T = TypeVar("T")

_FLOW = re.compile(r"(?:大概|大约|差不多|每小时|约)*(\d{1,4}(?:\.\d{1,2})?)(?:个|左右|立方米?|方|m3|立方左右)*")  # fmt: skip
_LONGEST_REFUSAL = 14  # characters: 俺不会拍照; more is a story
_WORDS_OF: tuple[tuple[Slot, str], ...] = (
    ("phone", "phone_words"),
    ("name", "name_words"),
    ("address", "address_words"),
    ("kind", "kind_words"),
    ("visit", "visit_words"),
    ("flow", "flow_words"),
    ("photo", "photo_words"),
)
_DECLINES: dict[Slot, str] = {"visit": "no_hurry", "photo": "no_photo", "flow": "no_figure"}


def read_facts(scene: Scene, form: Form) -> Form:
    """The form with the facts that understanding found; what is there stays unless it is asked for or put right.

    A telephone number replaces an earlier one in any case: nobody gives a second one for nothing.
    """
    said, text = scene.understood.entities, scene.heard.text
    puts_right = form.asked == "confirm" or mentions(text, "corrects")
    said_fuller = _fuller_name(text, form)
    named = puts_right or mentions(text, "name_says") or said_fuller is not None

    def take(slot: Slot, old: T | None, new: T | None, *, anew: bool) -> T | None:
        return new if new is not None and (old is None or form.asked == slot or anew) else old

    address = address_in(scene, form, puts_right=puts_right)
    name = said.contact_name or said_fuller or _name_in(scene, form)
    at = (
        None if form.asked == "flow" and _bare_flow(scene.heard) else said.preferred_visit_at
    )  # 12.5 is no day
    return replace(
        form,
        kind=take("kind", form.kind, said.customer_kind, anew=puts_right or names_kind(scene.heard)),
        name=take("name", form.name, name, anew=named),
        phone=said.contact_phone or form.phone,
        address=address,
        detail="" if address else form.detail or detail_in(scene),
        flow=take("flow", form.flow, said.hourly_flow_m3, anew=puts_right),
        visit_at=take("visit", form.visit_at, _fitting_visit(at, scene.now), anew=puts_right),
    )


def read_answer(scene: Scene, form: Form) -> Form:
    """The form with the short answer to the question that was put: a bare name, or a yes to what was offered."""
    slot, text = form.asked, scene.heard.text
    if slot in {"name", "phone", "address"} and says(text, "yes"):
        return _set(form, slot, offered(slot, scene.person))
    value = _BARE[slot](scene.heard) if slot in _BARE else None
    if slot == "kind" and value is None and form.name is None:
        slot, value = "name", bare_name(text)  # who is one question ahead
    if value is None and form.doubted and form.doubted == plain(text):
        value = _insisted(slot, text)
    if slot == "address" and isinstance(value, str):
        value = with_detail(value, form)
    return form if value is None else _set(form, slot, value)


def declines(scene: Scene, form: Form) -> bool:
    """Whether the line leaves an optional question open: 跳过, 没要求，你们安排, 俺不会拍照."""
    slot, text = form.asked, scene.heard.text
    if slot not in OPTIONAL or _states_something(scene):
        return False
    if says(text, "skip"):
        return True
    if slot == "photo" and says(text, "confirm") and not says(text, "yes"):
        return True
    return len(text) <= _LONGEST_REFUSAL and mentions(text, _DECLINES[slot])


def read_correction(scene: Scene, form: Form) -> Form | None:
    """The form with what was put right, or with that slot emptied to be asked again; None when nothing is corrected."""
    text = scene.heard.text
    slot = names_correction(text)
    if slot is None:
        return None
    value: object = None
    if slot == "name":
        value = bare_name(without_lead(text, "name_leads"))
    elif slot == "address":
        value = mending.mend(form.address or "", text) or fitting_address(scene.understood.entities.address)
    return replace(_set(form, slot, value), skipped=tuple(one for one in form.skipped if one != slot))


def names_correction(text: str) -> Slot | None:
    """The slot that a line wants put right: its word and a sign of a mistake, or its word alone."""
    if not mentions(text, "corrects"):
        return next((slot for slot, words in _WORDS_OF if says(text, words)), None)
    return next((slot for slot, words in _WORDS_OF if mentions(text, words)), None)


def bad_visit(scene: Scene) -> str | None:
    """Why the hour that was said cannot be had: the key of the sentence."""
    at = scene.understood.entities.preferred_visit_at
    if at is None:
        return None
    try:
        check_visit_time(at, field="at", now=scene.now, policy=policy.current())
    except InvalidField as fault:
        return fault.sentence
    return None


def names_kind(heard: Heard) -> bool:
    """Whether the line says one kind by its name, and no number: 等等，是工商业."""
    return not heard.text.strip().isdigit() and choose(heard, kind_options()) is not None


def _bare_kind(heard: Heard) -> str | None:
    option = choose(heard, kind_options())
    return option.value if option else None


def _bare_flow(heard: Heard) -> float | None:
    match = _FLOW.fullmatch(heard.text.strip().lower())
    return float(match[1]) or None if match else None


def _set(form: Form, slot: Slot | None, value: object) -> Form:
    field = "visit_at" if slot == "visit" else slot
    return form if field in {None, "photo", "confirm"} else replace(form, **{field: value})  # type: ignore[arg-type]  # a field of the form by its slot's name


def _name_in(scene: Scene, form: Form) -> str | None:
    """A name beside something else (张三，明天下午有空), or in the place of the one before (错了，是李四)."""
    text, said = scene.heard.text, scene.understood.entities
    if form.asked == "name":
        return next(iter(_names_of_clauses(text)), None)
    nothing_else = not _states_something(scene) and said.customer_kind is None
    if form.name and nothing_else and mentions(text, "corrects"):
        return bare_name(mending.value_of(text))
    return None


def _fuller_name(text: str, form: Form) -> str | None:
    """The whole name beside something else, where only the surname was said before: 姓刘, then 刘老根，138…."""
    if not form.name or len(form.name) > 1:
        return None
    return next((name for name in _names_of_clauses(text) if name.startswith(form.name)), None)


def _names_of_clauses(text: str) -> list[str]:
    clauses = re.split("[,，。;； ]+", text)
    names = [bare_name(clause) for clause in clauses] if len(clauses) > 1 else []
    return [name for name in names if name]


def _insisted(slot: Slot | None, text: str) -> str | None:
    """What somebody says twice is meant, if it can be at all."""
    if slot == "name":
        return may_be_name(text)
    if slot == "address":
        address = mending.tidy(text)
        return address if len(address) >= SHORTEST and is_long_enough(address) else None
    return None


def _states_something(scene: Scene) -> bool:
    said = scene.understood.entities
    return any(
        value is not None
        for value in (said.contact_phone, said.address, said.hourly_flow_m3, said.preferred_visit_at)
    )


def _fitting_visit(at: datetime | None, now: datetime) -> datetime | None:
    if at is None:
        return None
    try:
        check_visit_time(at, field="at", now=now, policy=policy.current())
    except InvalidField:
        return None
    return at


_BARE: dict[Slot, Callable[[Heard], object]] = {
    "kind": _bare_kind,
    "name": lambda heard: bare_name(heard.text),
    "address": lambda heard: bare_address(heard.text),
    "flow": _bare_flow,
}
