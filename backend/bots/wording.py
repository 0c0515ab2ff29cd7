"""Turns parts into the text that is sent: filled with facts, choices as lines to touch."""

from collections.abc import Iterable
from typing import cast

from backend.bots.conversation import Option
from backend.bots.dialogues.turns import Part
from backend.bots.figures import figures
from config.documents import CustomerKind
from config.knowledge_pages import pages
from config.messages.replies import replies
from config.messages.texts import fill

_LINE = '{place}. <a href="weixin://bizmsgmenu?msgmenucontent={label}&msgmenuid={value}">{label}</a>'
_NOT_IN_LINK = str.maketrans(dict.fromkeys("<>\"'&", " "))


def render(parts: Iterable[Part]) -> str:
    """One message from its parts."""
    return "\n".join(filter(None, map(_part, parts)))


def say(key: str, **facts: str) -> str:
    """One text of `replies.toml`."""
    return fill(replies().texts[key], {**figures(), **facts}).strip()


def _part(part: Part) -> str:
    text = _page(part) if part.key == "page" else say(part.key, **part.facts)
    return "\n".join([text, *(_line(place, option) for place, option in enumerate(part.options, start=1))])


def page_lines(part: Part) -> str:
    """What a knowledge page says to this customer, without its source."""
    page = pages()[part.facts["name"]]
    return fill(page.lines_for(cast(CustomerKind | None, part.facts["kind"] or None)), figures())


def _page(part: Part) -> str:
    page = pages()[part.facts["name"]]
    lines = part.facts.get("lines") or page_lines(part)
    text = replies().texts["page_unconfirmed" if page.unconfirmed else "page"]
    return fill(text, {"lines": lines, "source": fill(page.source, figures())}).strip()


def _line(place: int, option: Option) -> str:
    label = option.label.translate(_NOT_IN_LINK)
    return _LINE.format(place=place, label=label, value=option.value)
