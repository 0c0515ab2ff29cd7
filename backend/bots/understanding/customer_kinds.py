"""Home or business, from the words people use."""

import re
from functools import cache

from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.values import CustomerKind


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon().kinds
    return re.compile(words.ignored), re.compile(words.non_resident), re.compile(words.resident)


def find_customer_kind(line: str) -> CustomerKind | None:
    """A business is named on purpose, a home in passing (我家饭店), so the business wins."""
    ignored, non_resident, resident = _patterns()
    told = ignored.sub("○", line)
    if non_resident.search(told):
        return "non_resident"
    return "resident" if resident.search(told) else None
