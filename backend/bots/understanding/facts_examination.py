"""How well the facts of a line are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.values import Entities

_THEN = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


class StatedLine(BaseModel):
    """A line and what it states; a fact not named here must not be found. The kind is judged only where it is named."""

    text: str
    contact_name: str | None = None
    contact_phone: str | None = None
    address: str | None = None
    customer_kind: str | None = None
    hourly_flow_m3: float | None = None
    preferred_visit_at: str | None = None
    application_number: str | None = None


@dataclass(kw_only=True)
class FieldScore:
    """`stated` and `found` count lines; `wrong` shows line, stated, found. A wrong fact gets filed, a missed one is asked for."""

    right: int = 0
    stated: int = 0
    found: int = 0
    wrong: list[tuple[str, object, object]] = field(default_factory=list)

    @property
    def false(self) -> int:
        """Facts that were found and that nobody stated so."""
        return self.found - self.right

    @property
    def missed(self) -> int:
        """Facts that were stated, and none was found."""
        return sum(found is None for _, _, found in self.wrong)


def examine_facts(lines: Sequence[StatedLine]) -> dict[str, FieldScore]:
    """Each field's score; times are told to the minute, in Shanghai."""
    scores = {name: FieldScore() for name in Entities.__slots__}
    for line in lines:
        found = read_facts(plain(line.text), _THEN).entities
        for name, score in scores.items():
            _mark(score, line.text, getattr(line, name), _told(getattr(found, name)), name)
    return scores


def _mark(score: FieldScore, text: str, stated: object, found: object, name: str) -> None:
    if stated is None and (found is None or name == "customer_kind"):
        return
    score.stated += stated is not None
    score.found += found is not None
    if stated == found:
        score.right += 1
    else:
        score.wrong.append((text, stated, found))


def _told(value: object) -> object:
    return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value
