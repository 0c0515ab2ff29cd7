"""One sign for each kind of fact: what fills its place while a line is searched, and all the classifier sees of it."""

import re

APPLICATION_NUMBER = "№"
PHONE = "☎"
TIME = "◷"
FLOW = "♨"
ADDRESS = "⌂"
NAME = "☺"
HARMLESS = "○"  # what only sounds like danger
ALL = APPLICATION_NUMBER + PHONE + TIME + FLOW + ADDRESS + NAME + HARMLESS
_RUNS = re.compile(f"([{ALL}])\\1+")


def shortened(line: str) -> str:
    """Every run of one sign as a single sign."""
    return _RUNS.sub(r"\1", line)
