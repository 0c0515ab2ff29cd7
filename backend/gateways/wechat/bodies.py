"""A callback's body, XML or JSON, as plain fields."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import orjson

# A document type, the only place an entity can be declared, is legal before the root element alone. Asking that the text
# begins with the root therefore shuts out entity bombs, and a customer may still write "<!DOCTYPE" in a message.
_ROOT_FIRST = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?<[A-Za-z]")
_MAX_DEPTH = 8  # the deepest real event has four levels


class BodyUnreadable(Exception):
    """The callback's body is no message of the platform (→ 400)."""


def read_fields(body: bytes, *, json: bool) -> dict[str, Any]:
    """The message's fields. With `json` a body in braces is taken as JSON, otherwise it must be XML.

    In XML an element that occurs twice becomes a list, one with children a dict. Raises BodyUnreadable.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BodyUnreadable("not UTF-8") from error
    return _from_json(text) if json and text.lstrip().startswith("{") else _from_xml(text)


def as_text(value: object) -> str:
    """A field as text: numbers as their digits, what is absent or has parts as the empty string."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def as_list(value: object) -> tuple[Mapping[str, Any], ...]:
    """A list of entries, which the platform sends as an array, as one object alone, or not at all."""
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, dict))


def _from_json(text: str) -> dict[str, Any]:
    try:
        fields = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BodyUnreadable("not JSON") from error
    # a NUL is legal in JSON and in nothing that stores the message afterwards
    return (
        {_clean(key): _clean(value) for key, value in fields.items()} if "\\u0000" in text else dict(fields)
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_clean(entry) for entry in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(entry) for key, entry in value.items()}
    return value


def _from_xml(text: str) -> dict[str, Any]:
    if not _ROOT_FIRST.match(text):
        raise BodyUnreadable("does not begin with its root element")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - entity declarations are shut out above, the size by the caller
    except ElementTree.ParseError as error:
        raise BodyUnreadable("not XML") from error
    return _children(root, depth=1)


def _children(element: ElementTree.Element, *, depth: int) -> dict[str, Any]:
    if depth > _MAX_DEPTH:
        raise BodyUnreadable("nested too deeply")
    fields: dict[str, Any] = {}
    for child in element:
        value = _children(child, depth=depth + 1) if len(child) else child.text or ""
        if child.tag in fields:
            before = fields[child.tag]
            fields[child.tag] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            fields[child.tag] = value
    return fields
