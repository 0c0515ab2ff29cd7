"""Frequent misspellings and pinyin, put right."""

import re
from functools import cache

from config.tables import Table, read


class Spelling(Table):
    """What is typed and what is meant."""

    words: dict[str, str]


@cache
def _spelling() -> tuple[re.Pattern[str], dict[str, str]]:
    words = read("assistant/spelling.toml", Spelling).words
    return re.compile("|".join(sorted(words, key=len, reverse=True))), words


@cache
def word_signs() -> frozenset[str]:
    """Signs that are neither letter nor figure and yet stand for a word: 🙏."""
    return frozenset(word for word in _spelling()[1] if len(word) == 1 and not word.isalnum())


def put_right(text: str) -> str:
    """`text` is in lower case and without spaces."""
    pattern, words = _spelling()
    return pattern.sub(lambda match: words[match.group()], text)
