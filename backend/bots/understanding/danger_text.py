"""The text danger is learned from: `config/assistant/danger/`.

`danger.txt` and `harmless.txt` are written as the training text of the intents is; `known.toml` holds single lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.bots.understanding.training_text import texts_of
from config.tables import FOLDER, Table, read

DANGER_TEXT = FOLDER / "assistant" / "danger"


class Harmless(Table):
    """Lines that only sound like danger."""

    lines: tuple[str, ...]


class Known(Table):
    """Lines that must raise the alarm, by kind (`any`: whatever the kind), and those that must not."""

    danger: dict[str, tuple[str, ...]]
    harmless: Harmless


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerExample:
    """One line, whether it speaks of danger, and the phrasing it was written out from."""

    text: str
    danger: bool
    family: str


def known() -> Known:
    """Raises ConfigurationFault."""
    return read("assistant/danger/known.toml", Known)


def danger_examples() -> list[DangerExample]:
    """Every template written out a few times, always the same few. Raises ConfigurationFault."""
    return [*_known(), *_of_file("danger.txt", danger=True), *_of_file("harmless.txt", danger=False)]


def _of_file(name: str, *, danger: bool) -> Iterator[DangerExample]:
    for text, family in texts_of(DANGER_TEXT / name):
        yield DangerExample(text=text, danger=danger, family=family)


def _known() -> Iterator[DangerExample]:
    lines = known()
    for text in (text for texts in lines.danger.values() for text in texts):
        yield DangerExample(text=text, danger=True, family=text)
    for text in lines.harmless.lines:
        yield DangerExample(text=text, danger=False, family=text)
