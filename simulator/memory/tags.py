"""Tags of followers; numbers as the platform gives them, from 100 on."""


class Tags:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def get(self, name: str) -> int:
        """The number of this tag, made when it is new."""
        return self._numbers.setdefault(name, 100 + len(self._numbers))

    def every(self) -> dict[str, int]:
        """Name to number."""
        return self._numbers
