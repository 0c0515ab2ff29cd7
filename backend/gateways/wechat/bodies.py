"""A callback's body, XML or JSON, as plain fields."""

import codecs
import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

import orjson

# A document type, the only place an entity can be declared, is legal before the root element alone. Asking that the text
# begins with the root therefore shuts out entity bombs, and a customer may still write "<!DOCTYPE" in a message.
_ROOT_FIRST = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?<[A-Za-z]")
_MAX_DEPTH = 8  # the deepest real event has four levels


class BodyUnreadable(Exception):
    """The callback's body is no message of the platform (→ 400)."""


def read_fields(body: bytes, *, json: bool) -> dict[str, Any]:
    """The message's fields. With `json` a body in braces is taken as JSON, otherwise it must be XML in UTF-8.

    In XML an element that occurs twice becomes a list, one with children a dict. Raises BodyUnreadable.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    return _from_json(body) if json and body.lstrip().startswith(b"{") else _from_xml(body)


def as_text(value: object) -> str:
    """A field as text: numbers as their digits, what is absent or has parts as the empty string."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def as_list(value: object) -> tuple[Mapping[str, Any], ...]:
    """A list of entries, which the platform sends as an array, as one object alone, or not at all."""
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, dict))


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        fields = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BodyUnreadable("not JSON") from error
    return {_without_nul(key): _storable(value, depth=1) for key, value in fields.items()}


def _storable(value: Any, *, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise BodyUnreadable("nested too deeply")
    if isinstance(value, str):
        return _without_nul(value)
    if isinstance(value, list):
        return [_storable(entry, depth=depth + 1) for entry in value]
    if isinstance(value, dict):
        return {_without_nul(key): _storable(entry, depth=depth + 1) for key, entry in value.items()}
    return value


def _without_nul(text: str) -> str:
    """A NUL is legal in JSON, and in nothing that stores the message afterwards."""
    return text.replace("\x00", "")


def _from_xml(body: bytes) -> dict[str, Any]:
    """Through expat itself: a tree would be built only to be taken apart, at twice the cost."""
    if not _ROOT_FIRST.match(body):
        raise BodyUnreadable("does not begin with its root element")
    open_elements: list[dict[str, Any]] = [{}]
    words: list[str] = []

    def start(_name: str, _attributes: dict[str, str]) -> None:
        if len(open_elements) > _MAX_DEPTH:
            raise BodyUnreadable("nested too deeply")
        open_elements.append({})
        words.clear()

    def end(name: str) -> None:
        children = open_elements.pop()
        _add(open_elements[-1], name, children or "".join(words))
        words.clear()

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words.append
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise BodyUnreadable("not XML") from error
    (root,) = open_elements[0].values()
    return root if isinstance(root, dict) else {}


def _add(fields: dict[str, Any], name: str, value: Any) -> None:
    if name not in fields:
        fields[name] = value
    elif isinstance(fields[name], list):
        fields[name].append(value)
    else:
        fields[name] = [fields[name], value]
