"""What a line adds to the application form: the answer to its question, facts said by the way, corrections."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from backend.bots.conversation import Form, Slot
from backend.bots.dialogues.answers import choose, ends, mentions, says, without_lead
from backend.bots.dialogues.slots import OPTIONAL, kind_options, offered
from backend.bots.dialogues.turns import Scene
from backend.bots.heard import Heard
from backend.rules.errors import InvalidField
from backend.rules.filing import check_address, check_visit_time
from config import policy

T = TypeVar("T")

_NAME = re.compile(
    r"[\u4e00-\u9fff·]{2,4}|[A-Za-z][A-Za-z .]{1,30}|[\u4e00-\u9fffA-Za-z0-9()]{2,26}(?:公司|店|厂|学校|医院|馆|中心)"
)
_FLOW = re.compile(r"(?:大概|大约|差不多|每小时|约)*(\d{1,4}(?:\.\d{1,2})?)(?:个|左右|立方米?|方|m3|立方左右)*")  # fmt: skip
_SHORTEST_ADDRESS = 4
_WORDS_OF: tuple[tuple[Slot, str], ...] = (
    ("phone", "phone_words"),
    ("name", "name_words"),
    ("address", "address_words"),
    ("kind", "kind_words"),
    ("visit", "visit_words"),
    ("flow", "flow_words"),
    ("photo", "photo_words"),
)


def read_facts(scene: Scene, form: Form) -> Form:
    """The form with the facts that understanding found; what is there stays unless it is asked for or put right."""
    said = scene.understood.entities
    puts_right = form.asked == "confirm" or mentions(scene.heard.text, "corrects")

    def take(slot: Slot, old: T | None, new: T | None) -> T | None:
        return new if new is not None and (old is None or form.asked == slot or puts_right) else old

    return replace(
        form,
        kind=take("kind", form.kind, said.customer_kind),
        name=take("name", form.name, said.contact_name),
        phone=take("phone", form.phone, said.contact_phone),
        address=take("address", form.address, _fitting_address(said.address)),
        flow=take("flow", form.flow, said.hourly_flow_m3),
        visit_at=take("visit", form.visit_at, _fitting_visit(said.preferred_visit_at, scene.now)),
    )


def read_answer(scene: Scene, form: Form) -> Form:
    """The form with the short answer to the question that was put: a bare name, a yes to what was offered, a skip."""
    slot, text = form.asked, scene.heard.text
    if slot in OPTIONAL and says(text, "skip"):
        return replace(form, skipped=(*form.skipped, slot))
    if slot in {"name", "phone", "address"} and says(text, "yes"):
        return _set(form, slot, offered(slot, scene.person))
    value = _BARE[slot](scene.heard) if slot in _BARE else None
    return form if value is None else _set(form, slot, value)


def read_correction(scene: Scene, form: Form) -> Form | None:
    """The form with what was put right, or with that slot emptied to be asked again; None when nothing is corrected."""
    text = scene.heard.text
    slot = names_correction(text)
    if slot is None:
        return None
    value = bare_name(without_lead(text, "name_leads")) if slot == "name" else None
    return replace(_set(form, slot, value), skipped=tuple(one for one in form.skipped if one != slot))


def names_correction(text: str) -> Slot | None:
    """The slot that a line wants put right."""
    if not mentions(text, "corrects"):
        return None
    return next((slot for slot, words in _WORDS_OF if mentions(text, words)), None)


def bare_name(text: str) -> str | None:
    """A name, or a firm's, and nothing else."""
    name = without_lead(text, "name_leads")
    answers = ("yes", "no", "skip", "confirm", "leave", "go_on")
    return name if _NAME.fullmatch(name) and not any(says(name, meaning) for meaning in answers) else None


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


def _bare_kind(heard: Heard) -> str | None:
    option = choose(heard, kind_options())
    return option.value if option else None


def _bare_flow(heard: Heard) -> float | None:
    match = _FLOW.fullmatch(heard.text.strip().lower())
    return float(match[1]) if match else None


def _set(form: Form, slot: Slot | None, value: object) -> Form:
    field = "visit_at" if slot == "visit" else slot
    return form if field in {None, "photo", "confirm"} else replace(form, **{field: value})  # type: ignore[arg-type]  # a field of the form by its slot's name


def _bare_address(heard: Heard) -> str | None:
    address = without_lead(heard.text, "address_leads")
    return _fitting_address(address) if len(address) >= _SHORTEST_ADDRESS else None


def _fitting_address(address: str | None) -> str | None:
    if address is None or ends(address, "no_address"):
        return None
    try:
        check_address(address)
    except InvalidField:
        return None
    return address


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
    "address": _bare_address,
    "flow": _bare_flow,
}
