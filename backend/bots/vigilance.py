"""Two readers watch every line for danger: the rules, and what was learned from thousands of lines.

What the rules see is certain. What they miss and the learned reader is sure of is certain too; where it only suspects,
the person gets the safety words at once and is asked. Without the model the rules watch alone.
"""

from functools import lru_cache

from backend.bots.safety import Danger, cleared, judge
from backend.bots.understanding.model import Model

# Measured on families the model had not seen (docs/assistant.md).
_SURE = 0.95
_SUSPICION = 0.6


@lru_cache(maxsize=64)  # the door watches a message, and the assistant once more a moment later
def watch(text: str, model: Model | None) -> Danger | None:
    """The danger a line speaks of, or None. Never fails."""
    seen = judge(text)
    if seen is not None or model is None:
        return seen
    share = model.danger_share(cleared(text))
    if share < _SUSPICION:
        return None
    return Danger(kinds=("leak",), words="", certain=share >= _SURE)
