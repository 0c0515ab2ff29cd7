"""`python -m backend.bots`: one utterance a line on standard input, one JSON a line on standard output.

BOTS_NOW (ISO 8601, without a zone Shanghai's) is the moment relative times are counted from.
"""

import json
import os
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from backend import clock
from backend.bots.understanding.store import load_model
from backend.bots.understanding.understand import understand
from backend.bots.understanding.values import Entities, Understanding

_ZONE = ZoneInfo("Asia/Shanghai")
_LONGEST = 1 << 20


def main() -> None:
    """Answers until the input ends. Bytes that are not UTF-8 and endless lines are read as far as they can be."""
    model = load_model()
    given = os.environ.get("BOTS_NOW")
    while line := sys.stdin.buffer.readline(_LONGEST):
        _skip_rest(line)
        now = _moment(given) if given else clock.now().astimezone(_ZONE)
        text = line.decode("utf-8", errors="replace").strip()
        sys.stdout.buffer.write(_answer(understand(text, now=now, model=model)))
        sys.stdout.buffer.flush()


def _skip_rest(line: bytes) -> None:
    while len(line) == _LONGEST and not line.endswith(b"\n"):
        line = sys.stdin.buffer.readline(_LONGEST)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=_ZONE) if moment.tzinfo is None else moment.astimezone(_ZONE)


def _answer(understood: Understanding) -> bytes:
    answer = {
        "intent": understood.intent,
        "confidence": round(understood.confidence, 4),
        "entities": _stated(understood.entities),
    }
    return json.dumps(answer, ensure_ascii=False).encode() + b"\n"


def _stated(entities: Entities) -> dict[str, str | float]:
    facts = {name: getattr(entities, name) for name in Entities.__slots__}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in facts.items()
        if value is not None
    }


if __name__ == "__main__":
    main()
