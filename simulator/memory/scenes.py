"""QR codes with a scene, and links into the mini-program."""

import io
import secrets
from dataclasses import dataclass
from datetime import datetime

import segno


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    scene: str
    ticket: str
    url: str
    ends: datetime | None  # None: permanent


class Scenes:
    def __init__(self) -> None:
        self._by_name: dict[str, Scene] = {}

    def create(self, scene: str, *, ends: datetime | None) -> Scene:
        """A QR code for this scene; a newer one with the same scene takes its place."""
        ticket = secrets.token_urlsafe(72)
        made = Scene(
            scene=scene, ticket=ticket, url=f"http://weixin.qq.com/q/{secrets.token_urlsafe(18)}", ends=ends
        )
        self._by_name.update({f"scene:{scene}": made, ticket: made, made.url: made})
        return made

    def find(self, name: str) -> Scene | None:
        """By scene, ticket or the address inside the QR code."""
        return self._by_name.get(name) or self._by_name.get(f"scene:{name}")


def picture(content: str) -> bytes:
    """A QR code as PNG."""
    out = io.BytesIO()
    segno.make(content, error="m").save(out, kind="png", scale=8, border=4)
    return out.getvalue()
