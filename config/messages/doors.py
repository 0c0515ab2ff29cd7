"""Loads where to go with what is no connection."""

from functools import cache

from config.tables import Table, read


class Door(Table):
    """`words` and `unless` are parted by |; `owner` answers for `text`."""

    words: str
    unless: str = ""
    text: str
    owner: str


class Doors(Table):
    """The file as a whole, in the order tried."""

    doors: tuple[Door, ...]


def find_door_text(line: str) -> str | None:
    """What is said of this matter, with its placeholders; None where no door is known."""
    return next(
        (door.text for door in doors() if _names(door.words, line) and not _names(door.unless, line)), None
    )


@cache
def doors() -> tuple[Door, ...]:
    """Raises ConfigurationFault."""
    return read("messages/doors.toml", Doors).doors


def _names(words: str, line: str) -> bool:
    return any(word in line for word in words.split("|") if word)
