"""Durations as people write them in the policy file: `4h`, `0.5d`, `30min`."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def parse_duration(text: object) -> timedelta:
    """A number and a unit (`min`, `h`, `d`). Raises ValueError naming the text."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(min|h|d)", text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"not a duration like 4h, 0.5d or 30min: {text!r}")
    return float(match[1]) * _UNITS[match[2]]


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
