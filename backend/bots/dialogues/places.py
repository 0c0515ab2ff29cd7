"""The address in a line of the form: named anew, put right in part, or given in pieces."""

import re

from backend.bots.conversation import Form
from backend.bots.dialogues import mending
from backend.bots.dialogues.answers import ends, without_lead
from backend.bots.dialogues.turns import Scene
from backend.bots.understanding.plain_text import plain
from backend.rules.errors import InvalidField
from backend.rules.filing import check_address

SHORTEST, _BESIDE = 4, 4  # characters: the shortest place; 我家是… beside one
_BY_NAME = "地址"  # 地址也换，……
_BEHIND = 12  # characters: 东头第三家


def address_in(scene: Scene, form: Form, *, puts_right: bool) -> str | None:
    """The address after this line: mended in part, named anew, or as it was."""
    text, old = scene.heard.text, form.address
    adds = mending.is_part(text) and form.asked != "flow"
    if old and (puts_right or adds):
        mended = mending.mend(old, text)
        if mended:
            return mended
    new = fitting_address(scene.understood.entities.address)
    if new is None or old == new:
        return old
    new = with_detail(_whole(new, scene, form), form)
    alone = len(plain(text)) - len(new) <= _BESIDE
    names_it = alone or form.asked == "address" or _BY_NAME in text
    return new if old is None or puts_right or names_it else old


def _whole(address: str, scene: Scene, form: Form) -> str:
    """With what stands behind it, where the line is nothing but the address: 刘庄村东头第三家."""
    line, said = mending.tidy(scene.heard.text), scene.understood.entities
    alone = not (said.contact_phone or said.contact_name or said.preferred_visit_at)
    only = form.asked == "address" and alone and "," not in line and len(line) - len(address) <= _BEHIND
    if only and line.startswith(address) and mending.is_place(line):
        return line
    return mending.completed(address, scene.heard.text)


def with_detail(address: str, form: Form) -> str:
    """With the building that was named before its place."""
    return address if re.search(r"\d", address) else address + form.detail


def detail_in(scene: Scene) -> str:
    """A building or room without the place it stands in."""
    said = mending.value_of(scene.heard.text)
    return said if mending.is_detail(said) and not said.isdigit() else ""


def bare_address(text: str) -> str | None:
    """The answer to the question for the address, where the line can be one."""
    address = without_lead(text, "address_leads")
    if len(address) < SHORTEST or not mending.is_place(plain(address)):
        return None
    return fitting_address(address)


def fitting_address(address: str | None) -> str | None:
    """The place alone, without the words before it; None for a town, a room without a place, or another city."""
    if address is None or ends(address, "no_address"):
        return None
    address = mending.value_of(address)
    if not mending.is_place(address) or mending.is_detail(address) or mending.is_elsewhere(address):
        return None
    return address if is_long_enough(address) else None


def is_long_enough(address: str) -> bool:
    """Whether it says more than a town, and fits."""
    try:
        check_address(address)
    except InvalidField:
        return False
    return True
