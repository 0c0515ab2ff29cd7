"""One message of a person as the assistant hears it, whatever it came through."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`key` is the same for a repeat and for nothing else. `text` is what was said; a menu button says its own words.

    `media_id` names a picture, `label` a place, `menu_id` the line that was touched; `scene` the code that was scanned.
    """

    app: str
    openid: str
    key: str
    kind: str
    event: str | None = None
    text: str = ""
    menu_id: str = ""
    media_id: str = ""
    label: str = ""
    scene: str = ""

    @property
    def words(self) -> str:
        """What was said, or the name of the place that was sent."""
        return self.text or self.label

    def to_json(self) -> dict[str, Any]:
        """As kept for an answer that comes later."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Heard":
        """What `to_json` gave; fields of another release are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})
