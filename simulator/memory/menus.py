"""The account's menu: one for everyone, and conditional ones by tag."""

from collections.abc import Mapping
from typing import Any

from simulator.errors import PlatformError
from simulator.memory.people import Person

_NEEDS = {
    "click": ("key",),
    "view": ("url",),
    "miniprogram": ("url", "appid", "pagepath"),
    "scancode_push": ("key",),
    "scancode_waitmsg": ("key",),
    "pic_sysphoto": ("key",),
    "pic_photo_or_album": ("key",),
    "pic_weixin": ("key",),
    "location_select": ("key",),
    "media_id": ("media_id",),
    "article_id": ("article_id",),
    "article_view_limited": ("article_id",),
}


class Menus:
    def __init__(self) -> None:
        self.default: dict[str, Any] | None = None
        self.conditional: list[dict[str, Any]] = []
        self._last = 400000000

    def create(self, body: Mapping[str, Any]) -> None:
        """Raises the platform's errors for too many, unnamed or incomplete buttons."""
        check_menu(body)
        self.default = {"button": body["button"]}

    def add_conditional(self, body: Mapping[str, Any]) -> str:
        """The menu id. Raises 46003 without a default menu, 40035 without a rule."""
        if self.default is None:
            raise PlatformError(46003)
        if not body.get("matchrule"):
            raise PlatformError(40035, "matchrule")
        check_menu(body)
        self._last += 1
        self.conditional.append(
            {"button": body["button"], "matchrule": body["matchrule"], "menuid": str(self._last)}
        )
        return str(self._last)

    def delete(self) -> None:
        """The default menu and with it all conditional ones."""
        self.default = None
        self.conditional.clear()

    def shown_to(self, person: Person) -> list[dict[str, Any]]:
        """The buttons at the bottom of this person's chat."""
        for menu in reversed(self.conditional):
            if int(menu["matchrule"].get("tag_id") or 0) in person.tags:
                return list(menu["button"])
        return list(self.default["button"]) if self.default else []

    def find_button(self, person: Person, name: str) -> dict[str, Any] | None:
        """By key, name or address, in the menu this person sees."""
        for top in self.shown_to(person):
            for button in top.get("sub_button") or [top]:
                if name in (button.get("key"), button.get("name"), button.get("url")):
                    return dict(button)
        return None


def check_menu(body: Mapping[str, Any]) -> None:
    """Raises 40016, 40023, 40018, 40019, 40015 or 40035 as the platform does."""
    buttons = body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise PlatformError(40016)
    for button in buttons:
        below = button.get("sub_button") or []
        if len(below) > 5:
            raise PlatformError(40023)
        _check_name(button, 16 if not below else 60)
        for leaf in below or [button]:
            _check_name(leaf, 60)
            _check_leaf(leaf)


def _check_name(button: Mapping[str, Any], most: int) -> None:
    if not 1 <= len(str(button.get("name") or "").encode()) <= most:
        raise PlatformError(40018)


def _check_leaf(button: Mapping[str, Any]) -> None:
    needs = _NEEDS.get(str(button.get("type")))
    if needs is None:
        raise PlatformError(40015)
    for name in needs:
        if not button.get(name):
            raise PlatformError(40035, f"button.{name}")
    if len(str(button.get("key") or "").encode()) > 128:
        raise PlatformError(40019)
