"""The words of danger by their sound: voice recognition and hasty fingers write 楼气, 着货 and 「louqi」 for 漏气 and 着火.

Pure, as the safety rules that read with it. The data: `config/assistant/sounds.toml`.
"""

from config.tables import Table, read

_NOTHING = "(?!)"  # matches no line
_ANYTHING = ""
_LONG_TYPED = 5  # letters; shorter ones may stand inside other words


class SoundAlike(Table):
    """A word by its syllables. Where `unless` fits, something else is meant; `only` must fit where it is given."""

    word: str
    sound: str
    unless: str = _NOTHING
    only: str = _ANYTHING


class Sounds(Table):
    """`sounds`: the characters of each syllable."""

    sounds: dict[str, str]
    words: tuple[SoundAlike, ...]


def spellings() -> tuple[tuple[str, str], ...]:
    """For each word of danger the pattern of all that sounds like it in a line, lower case and without spaces."""
    table = read("assistant/sounds.toml", Sounds)
    return tuple((_written(one, table.sounds), one.word) for one in table.words)


def _written(one: SoundAlike, sounds: dict[str, str]) -> str:
    syllables = one.sound.split()
    characters = "".join(f"[{sounds[syllable]}]" for syllable in syllables)
    alike = f"(?!{one.unless})(?={one.only}){characters}"
    typed = "".join(syllables)
    if len(typed) < _LONG_TYPED:
        typed = f"(?<![a-z]){typed}(?![a-z])"
    return f"{alike}|{typed}"
