"""Home or business, from the words people use."""

import re
from functools import cache

from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.values import CustomerKind


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon().kinds
    denied = (
        f"(?:{words.denials})(?:{words.between_denial})*"
        f"(?:{words.non_resident}|{words.resident})(?!{words.no_denial})"
    )
    return (
        re.compile(words.ignored),
        re.compile(denied),
        re.compile(words.non_resident),
        re.compile(words.resident),
    )


def find_customer_kind(line: str) -> CustomerKind | None:
    """A business is named on purpose, a home in passing (我家饭店), so the business wins; 不是商用 names none."""
    ignored, denied, _, _ = _patterns()
    told = ignored.sub("○", line)
    kind = _named(told)
    return _named(denied.sub("○", told)) if kind and any(sign in told for sign in "不没非") else kind


def _named(told: str) -> CustomerKind | None:
    _, _, non_resident, resident = _patterns()
    if non_resident.search(told):
        return "non_resident"
    return "resident" if resident.search(told) else None
