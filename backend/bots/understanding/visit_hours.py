"""The hour of a visit as people say it: 上午十点, 后晌三点一刻, 14:30, and what only sounds like one."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.numerals import whole_number

PartName = Literal["morning", "noon", "afternoon", "evening"]
_N = r"(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})"
_TOO_EARLY_FOR_MORNING = 7
_CLAUSE_END = re.compile("[,。;!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What was said about the hour; None for what was not. `line[start:end]` says it."""

    part: PartName | None
    hour: int | None
    minute: int
    start: int
    end: int

    @property
    def on_the_clock(self) -> int | None:
        """三点 without more is the afternoon: nobody is visited at night."""
        if self.hour is None:
            return None
        late = self.part in {"afternoon", "evening"} and self.hour < 12
        noon = self.part == "noon" and self.hour < 4
        plain = self.part is None and 1 <= self.hour < _TOO_EARLY_FOR_MORNING
        return self.hour + 12 if late or noon or plain else self.hour


def hour_at(line: str, at: int) -> Hour | None:
    """The hour that is said right there, if one is."""
    match = _hour().match(line, at)
    return _read(match) if match and _says_one(match) else None


def hours_in(line: str) -> list[Hour]:
    """Every hour or part of a day that may be one for a visit."""
    # every part of an hour may be missing, so the pattern fits everywhere: it is tried where something tells an hour
    if not _words()["sign"].search(line):
        return []
    hours = [_read(match) for match in _hour().finditer(line) if _says_one(match)]
    return [one for one in hours if not is_told(line, one.start, one.end) and is_wished(line, one.start, one)]


def is_told(line: str, start: int, end: int) -> bool:
    """Whether this time is told, not wished: it lies behind, it does not suit, or something else happens then."""
    words = _words()
    clause = line[_clause_start(line, start) : start]
    return bool(
        words["past"].match(line, end) or words["doings"].match(line, end) or words["before"].search(clause)
    )


def _says_one(match: re.Match[str]) -> bool:
    return bool(match["part"] or match["clock"] or match["hour"])


def _clause_start(line: str, at: int) -> int:
    ends = [match.end() for match in _CLAUSE_END.finditer(line, 0, at)]
    return ends[-1] if ends else 0


def is_wished(line: str, start: int, hour: Hour) -> bool:
    """A bare 今天 or 下午 is a wish only where somebody is to come then: 下午好 and 今天带课 are none."""
    words = _words()
    return hour.hour is not None or bool(
        words["wished"].match(line, hour.end) or words["moved"].search(line[:start])
    )


def _read(match: re.Match[str]) -> Hour:
    clock = match.group("clock") or match.group("hour")
    minute = match.group("minute") or match.group("minutes") or "0"
    return Hour(
        part=_part(match.group("part") or ""),
        hour=None if clock is None else whole_number(clock),
        minute={"半": 30, "一刻": 15, "三刻": 45}.get(minute) or whole_number(minute) or 0,
        start=match.start(),
        end=match.end(),
    )


def _part(word: str) -> PartName | None:
    names: tuple[PartName, ...] = ("evening", "noon", "afternoon", "morning")
    return next((name for name in names if word and _parts()[name].fullmatch(word)), None)


@cache
def _parts() -> dict[str, re.Pattern[str]]:
    words = lexicon().visit_words
    return {name: re.compile(getattr(words, name)) for name in ("morning", "noon", "afternoon", "evening")}


@cache
def _hour() -> re.Pattern[str]:
    words = lexicon().visit_words
    parts = f"{words.morning}|{words.noon}|{words.afternoon}|{words.evening}"
    clock = r"(?P<clock>\d{1,2})(?::|时|点)(?P<minute>\d{1,2})(?:分)?(?![\d块元方])"
    minutes = r"半|一刻|三刻|[\d一二三四五]?[十\d][一二三四五六七八九\d]?"
    spoken = (
        rf"(?P<hour>{_N}) ?(?:点钟?|时(?!候|间))(?!{words.points})"
        rf"(?:整|(?P<minutes>{minutes})分?)?(?![\d几])"
    )
    until = rf"(?:(?:到|至|-|~){_N}(?:点|:\d\d)半?)?"
    a_bit = rf"(?!{words.a_bit}|(?<={words.before_a_bit})一点(?![钟整半\d一二三四五十]))"  # 快一点 is no hour
    return re.compile(
        rf"[ ,的那]{{0,2}}(?:(?P<part>{parts})(?:的|大概|大约|左右|就)?)?[ ,]?(?:(?:{clock}|{a_bit}{spoken}){until})?"
        r"(?:左右|前后|以后|之后|以前|之前)?"
    )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = lexicon().visit_words
    return {
        "sign": re.compile(f"[:时点]|{words.morning}|{words.noon}|{words.afternoon}|{words.evening}"),
        "past": re.compile(rf"[ ,]?(?:{words.past}|{words.unsuited})"),
        "doings": re.compile(rf"(?:{words.then})*(?:{words.doings})"),
        "before": re.compile(f"(?:{words.habits})|(?:{words.told})$"),
        "wished": re.compile(rf"{words.wished}"),
        "moved": re.compile(f"(?:{words.moved})$"),
    }
