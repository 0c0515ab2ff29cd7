"""Short addresses that open a page of the mini-program."""

import secrets


class Links:
    def __init__(self) -> None:
        self._targets: dict[str, str] = {}

    def keep(self, target: str) -> str:
        """The short name for a mini-program path with its query."""
        name = secrets.token_urlsafe(8)
        self._targets[name] = target
        return name

    def find(self, name: str) -> str | None:
        return self._targets.get(name)
