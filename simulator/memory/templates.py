"""Templates: which ids exist, and which values fit."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.errors import PlatformError
from simulator.settings import Kind

_FILE = Path(__file__).parent.parent / "data" / "templates.json"
_FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")
_KEY = re.compile(r"([a-z_]+)\d+\Z")
_TIME = r"(\d{4}年\d{1,2}月\d{1,2}日\s?)?\d{1,2}:\d{2}(:\d{2})?"
_DATE = r"\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})(\s?\d{1,2}:\d{2}(:\d{2})?)?"
_NAME = r"[\u4e00-\u9fff·]{1,10}|[A-Za-z .·]{1,20}|[\u4e00-\u9fffA-Za-z .·]{1,10}"
_FITS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "thing": r".{1,20}",
        "number": r"-?\d{1,32}(\.\d+)?",
        "letter": r"[A-Za-z]{1,32}",
        "symbol": r"[^\w\s]{1,5}",
        "character_string": r"[\x21-\x7e]([\x20-\x7e]{0,30}[\x21-\x7e])?",
        "time": f"({_TIME}|{_DATE})(\\s?~\\s?({_TIME}|{_DATE}))?",
        "date": f"{_DATE}(\\s?~\\s?({_DATE}|{_TIME}))?",
        "amount": r"[¥$€£￥]?\d{1,10}(\.\d{1,2})?元?",
        "phone_number": r"[\d+\-() ]{1,17}",
        "car_number": r".{1,8}",
        "name": _NAME,
        "phrase": r"[\u4e00-\u9fff]{1,5}",
        "enum": r".{1,20}",
        "const": r".{1,20}",
    }.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`content` has one line per field: a label and `{{key.DATA}}`. `subscribe`: for who has agreed to it, one by one."""

    template_id: str
    kind: Kind
    title: str
    content: str
    subscribe: bool = False

    def view(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "template_id": self.template_id,
            "kind": self.kind.value,
            "title": self.title,
            "content": self.content,
            "subscribe": self.subscribe,
        }

    @property
    def keys(self) -> list[str]:
        """The fields that must be filled."""
        return _FIELD.findall(self.content)

    def lines(self, values: Mapping[str, str]) -> list[str]:
        """What a person sees below the title; without a known content, the bare values."""
        if not self.content:
            return list(values.values())
        return _FIELD.sub(lambda found: values.get(found[1], ""), self.content).splitlines()

    def shown(self, values: Mapping[str, str]) -> str:
        """The whole card as text."""
        return "\n".join([self.title, *self.lines(values)])


class Templates:
    """The known templates, and ids that are accepted by how they begin, with whatever keys they bring."""

    def __init__(self) -> None:
        data = json.loads(_FILE.read_text(encoding="utf-8"))
        self._prefixes = tuple(data["accepted_prefixes"])
        self._known: dict[str, Template] = {}
        for row in data["templates"]:
            self.register(row)

    def register(self, row: Mapping[str, Any]) -> Template:
        """Add or replace one. Raises KeyError or ValueError when a field is missing or the kind unknown."""
        template = Template(
            template_id=str(row["template_id"]),
            kind=Kind(row["kind"]),
            title=str(row["title"]),
            content=str(row["content"]),
            subscribe=bool(row.get("subscribe", row["kind"] == Kind.MINI_PROGRAM)),
        )
        self._known[template.template_id] = template
        return template

    def every(self) -> list[Template]:
        return list(self._known.values())

    def of(self, kind: Kind, *, subscribe: bool) -> list[Template]:
        """The known ones of one app and sort."""
        known = self._known.values()
        return [template for template in known if (template.kind, template.subscribe) == (kind, subscribe)]

    def get(self, kind: Kind, template_id: str, *, subscribe: bool) -> Template:
        """Raises 40037 when the id is neither known for this use nor begins with an accepted prefix."""
        template = self._known.get(template_id)
        if template and (template.kind, template.subscribe) == (kind, subscribe):
            return template
        if template is None and template_id.startswith(self._prefixes):
            return Template(
                template_id=template_id, kind=kind, title=template_id, content="", subscribe=subscribe
            )
        raise PlatformError(40037)


def checked_values(template: Template, data: Any) -> dict[str, str]:
    """The values of a message. Raises 47003 naming the first that is missing or does not fit its type."""
    if not isinstance(data, Mapping):
        raise PlatformError(47003, "data is empty")
    values = {
        str(key): str(item.get("value", "")) if isinstance(item, Mapping) else ""
        for key, item in data.items()
    }
    for key in template.keys or values:
        if not values.get(key):
            raise PlatformError(47003, f"data.{key}.value is empty")
    for key, value in values.items():
        _check_fits(key, value)
    return values


def _check_fits(key: str, value: str) -> None:
    found = _KEY.match(key)
    pattern = _FITS.get(found[1]) if found else None
    if pattern and not pattern.fullmatch(value):
        raise PlatformError(47003, f"data.{key}.value invalid")
