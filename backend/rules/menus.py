"""The account's menu against the one the platform shows."""

from collections.abc import Mapping
from typing import Any

Line = tuple[str, str, str]
"""The name of the button above (empty at the top), the button's own, and what touching it sends."""


def lines(menu: Mapping[str, Any]) -> tuple[Line, ...]:
    """Every button in the platform's form, in order; it gives some an empty list of sub-buttons."""
    found: list[Line] = []
    for button in menu.get("button", ()):
        found.append(("", str(button.get("name", "")), _does(button)))
        above = str(button.get("name", ""))
        found += [
            (above, str(below.get("name", "")), _does(below)) for below in button.get("sub_button") or ()
        ]
    return tuple(found)


def _does(button: Mapping[str, Any]) -> str:
    """What touching it sends or opens."""
    if button.get("sub_button"):
        return ""
    return str(button.get("key") or button.get("url") or button.get("type") or "")
