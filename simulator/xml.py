"""Platform XML: CDATA for texts, bare numbers, repeated elements for lists."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree


def to_xml(fields: Mapping[str, Any], root: str = "xml") -> str:
    """One element per field; a list repeats its element; a mapping nests."""
    return f"<{root}>{''.join(_element(name, value) for name, value in fields.items())}</{root}>"


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, Mapping):
        return to_xml(value, name)
    if isinstance(value, str):
        safe = value.replace("]]>", "]]]]><![CDATA[>")
        return f"<{name}><![CDATA[{safe}]]></{name}>"
    return f"<{name}>{value}</{name}>"


def from_xml(text: str | bytes) -> dict[str, Any]:
    """The fields of an answer, texts as str. Raises ValueError when it is not XML with an <xml> root."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - the answer of our own backend, on this machine
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    if root.tag != "xml":
        raise ValueError(f"root is {root.tag}")
    return _fields(root)


def _fields(element: ElementTree.Element) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for child in element:
        value = _fields(child) if len(child) else (child.text or "")
        if child.tag in fields:
            known = fields[child.tag]
            fields[child.tag] = [*known, value] if isinstance(known, list) else [known, value]
        else:
            fields[child.tag] = value
    return fields
