"""Loads the account's menu."""

from functools import cache
from typing import Any

from config.tables import Table, read


class Button(Table):
    """One button; one with `buttons` only opens them."""

    name: str
    key: str | None = None
    says: str | None = None
    buttons: tuple["Button", ...] = ()


class Menu(Table):
    buttons: tuple[Button, ...]

    def as_platform(self) -> dict[str, Any]:
        """In the form the platform takes."""
        return {"button": [_as_platform(button) for button in self.buttons]}

    def words_of(self, key: str) -> str | None:
        """What touching the button with this key says; None for a key of another menu."""
        every = [*self.buttons, *(below for button in self.buttons for below in button.buttons)]
        return next((button.says for button in every if button.key == key), None)


@cache
def menu() -> Menu:
    """Raises ConfigurationFault."""
    return read("menus.toml", Menu)


def _as_platform(button: Button) -> dict[str, Any]:
    if button.buttons:
        return {"name": button.name, "sub_button": [_as_platform(below) for below in button.buttons]}
    return {"name": button.name, "type": "click", "key": button.key}
