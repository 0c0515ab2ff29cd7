"""Subscribe messages a person has agreed to: each accepted request is worth one message."""

from simulator.errors import PlatformError
from simulator.settings import Kind


class Grants:
    def __init__(self) -> None:
        self._left: dict[tuple[Kind, str, str], int] = {}
        self._banned: set[tuple[Kind, str, str]] = set()

    def answer(self, kind: Kind, openid: str, results: dict[str, str]) -> None:
        """What the person tapped, per template id: accept, reject or ban. Grants add up."""
        for template_id, decision in results.items():
            key = (kind, openid, template_id)
            if decision == "accept":
                self._left[key] = self._left.get(key, 0) + 1
                self._banned.discard(key)
            elif decision == "ban":
                self._left.pop(key, None)
                self._banned.add(key)

    def left(self, kind: Kind, openid: str) -> dict[str, int]:
        """Messages that may still be sent, per template id."""
        return {key[2]: left for key, left in self._left.items() if key[:2] == (kind, openid) and left}

    def spend(self, kind: Kind, openid: str, template_id: str) -> None:
        """Use one grant. Raises 43101 when there is none."""
        key = (kind, openid, template_id)
        if key in self._banned or self._left.get(key, 0) < 1:
            raise PlatformError(43101)
        self._left[key] -= 1
