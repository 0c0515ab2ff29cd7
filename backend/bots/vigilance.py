"""Two readers watch every line for danger: the rules, and what was learned from thousands of lines.

Where the rules see danger it is certain, unless the learned reader finds the line plainly harmless. What they miss and it
is sure of is certain too. A line plainly about something else is certain by neither. In doubt the person gets the safety
words at once and is asked. Without the model the rules watch alone.
"""

import re
from dataclasses import replace
from functools import lru_cache

from backend.bots.safety import Danger, cleared, doubtful, judge
from backend.bots.understanding.model import Model

# Measured on families the model had not seen (docs/assistant.md).
_SURE = 0.95
_SUSPICION = 0.5
_PLAINLY_HARMLESS = 0.25
_PIECE, _STEP = 280, 140  # characters; of more the learned reader would hear the beginning and the end only
_CHINESE = re.compile("[\u4e00-\u9fff]")


@lru_cache(maxsize=64)  # the door watches a message, and the assistant once more a moment later
def watch(text: str, model: Model | None) -> Danger | None:
    """The danger a line speaks of, or None. Never fails."""
    seen = judge(text)
    if model is None:
        return seen
    line = cleared(text)
    if not _CHINESE.search(line):  # it learned no other language, and takes a foreign name for anything
        return seen
    share = max(map(model.danger_share, _pieces(line)))
    if seen is None and share < _SUSPICION:
        return None
    certain = share >= (_SURE if seen is None else _PLAINLY_HARMLESS) and not doubtful(text)
    return replace(seen or Danger(kinds=("leak",), words=""), certain=certain)


def _pieces(line: str) -> list[str]:
    """A screenful in pieces that overlap; a line of ordinary length is its only piece."""
    return [line[at : at + _PIECE] for at in range(0, max(len(line) - _STEP, 1), _STEP)]
