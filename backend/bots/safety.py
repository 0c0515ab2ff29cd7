"""Gas smell, leak, fire, poisoning, a broken pipe: judged before anything else, in every state of the talk.

Pure and free of the learned model: it must answer when nothing else can. A false alarm costs a telephone call, a miss
may cost a life, so doubt is danger. The rules are data: `config/assistant/safety*.toml`. `vigilance` adds what was learned.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backend.bots.understanding import marks
from backend.bots.understanding.homophones import spellings
from backend.bots.understanding.plain_text import clauses, plain, typed_together
from backend.bots.understanding.screening import AnyOf, Sieve
from config.tables import Table, read

Kind = Literal["fire", "poisoning", "damage", "leak"]
_LONGEST = 20_000
_NOTHING = r"(?!)"  # matches no line
_CHINESE, _ENGLISH = "safety", "safety_english"
_LETTERS = re.compile("[a-z]{2}")
_BETWEEN_PINYIN = re.compile("(?<=[a-z]) (?=[a-z])(?!co(?![a-z]))")
_LETTERS_BETWEEN = re.compile("(?<=[\u4e00-\u9fff])[a-z]{1,2}(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """`kinds` holds every danger named, the gravest first; `words` is what gave it away.

    One that is not `certain` is asked about before anybody is woken.
    """

    kinds: tuple[Kind, ...]
    words: str
    certain: bool = True

    @property
    def kind(self) -> Kind:
        """The gravest one."""
        return self.kinds[0]


class Typo(Table):
    """A misspelling and what was meant."""

    wrong: str
    right: str


class Harmless(Table):
    """Words that only sound like danger: where `given` is named they need it, and nothing of `unless`, in the line."""

    span: str
    given: str = ""
    unless: str = ""


class Doubtful(Table):
    """What makes a line a matter to ask about (a named other source, a novel), unless `unless` stands in it."""

    given: str
    unless: str


class Signs(Table):
    """Patterns of one kind of danger."""

    kind: Kind
    any: tuple[str, ...]


class Rules(Table):
    """The file; `danger` is ordered by gravity."""

    words: dict[str, str]
    typos: tuple[Typo, ...]
    harmless: tuple[Harmless, ...]
    doubtful: tuple[Doubtful, ...] = ()
    danger: tuple[Signs, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """A compiled `Harmless`."""

    span: re.Pattern[str]
    given: re.Pattern[str]
    unless: re.Pattern[str]

    def blanked(self, line: str, whole: str) -> str:
        """`line` without what only sounds like danger; `whole` is the line before any blanking."""
        if not self.given.search(whole) or self.unless.search(whole):
            return line
        return self.span.sub(marks.HARMLESS, line)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiled:
    """`signs` matches whatever one of `danger` does."""

    typos: tuple[tuple[re.Pattern[str], str], ...]
    misspelled: Sieve
    harmless: tuple[_Context, ...]
    sounding: Sieve
    doubtful: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    danger: tuple[tuple[Kind, re.Pattern[str]], ...]
    signs: AnyOf

    def well_spelled(self, line: str) -> str:
        """One spelling after the other: what one puts right, a later one may need."""
        left = self.misspelled.left(line)
        while left:
            place, *left = left
            wrong, right = self.typos[place]
            before, line = line, wrong.sub(right, line)
            if line != before:
                left = [one for one in self.misspelled.left(line) if one > place]
        return line

    def cleared(self, line: str) -> str:
        """Without what only sounds like danger."""
        whole = line
        for place in self.sounding.left(whole):  # blanking brings nothing new to blank
            line = self.harmless[place].blanked(line, whole)
        return line


def judge(text: str) -> Danger | None:
    """The danger a line speaks of, or None. Never fails.

    Reads it with its commas, without them (「漏.气」), without letters put between the characters (「煤x气」), with its gaps
    as commas, and every part by itself: harmless words beside it hide no danger.
    """
    line, chinese = clauses(text[:_LONGEST]), _rules(_CHINESE)
    words = plain(typed_together(text[:_LONGEST])).lower()
    parted = clauses(_BETWEEN_PINYIN.sub("", words).replace(" ", ","))
    whole = dict.fromkeys((parted, line, line.replace(",", ""), _LETTERS_BETWEEN.sub("", line)))
    spelled = [chinese.well_spelled(one) for one in whole]
    readings = dict.fromkeys((*spelled, *spelled[0].split(",")))
    danger = next((danger for one in readings if (danger := _judge(one, chinese))), None)
    if danger is None and _LETTERS.search(line):
        english = _rules(_ENGLISH)
        return _judge(english.well_spelled(words), english)
    return danger


def cleared(text: str) -> str:
    """The line well spelled, with everything blanked that only sounds like danger: what the learned reading sees."""
    rules = _rules(_CHINESE)
    return rules.cleared(rules.well_spelled(clauses(text[:_LONGEST])))


def doubtful(text: str) -> bool:
    """Is whatever sounds like danger here plainly about something else? Then it is asked about before anybody is woken."""
    rules = _rules(_CHINESE)
    line = rules.well_spelled(clauses(text[:_LONGEST]))
    return any(given.search(line) and not unless.search(line) for given, unless in rules.doubtful)


def _judge(line: str, rules: _Compiled) -> Danger | None:
    if not rules.signs.matches(line) or not rules.signs.matches(line := rules.cleared(line)):
        return None
    found = [(kind, match) for kind, pattern in rules.danger if (match := pattern.search(line))]
    return Danger(kinds=tuple(kind for kind, _ in found), words=found[0][1].group())


@cache
def _rules(name: str) -> _Compiled:
    rules = read(f"assistant/{name}.toml", Rules)
    danger = tuple((signs.kind, [_pattern(one, rules.words) for one in signs.any]) for signs in rules.danger)
    by_sound = spellings() if name == _CHINESE else ()
    typos = (*by_sound, *((typo.wrong, typo.right) for typo in rules.typos))
    return _Compiled(
        typos=tuple((re.compile(wrong), right) for wrong, right in typos),
        misspelled=Sieve([wrong for wrong, _ in typos]),
        harmless=tuple(
            _Context(
                span=re.compile(row.span),
                given=re.compile(row.given),
                unless=re.compile(row.unless or _NOTHING),
            )
            for row in rules.harmless
        ),
        sounding=Sieve([row.span for row in rules.harmless]),
        doubtful=tuple((re.compile(row.given), re.compile(row.unless)) for row in rules.doubtful),
        danger=tuple((kind, re.compile("|".join(f"(?:{one})" for one in any_of))) for kind, any_of in danger),
        signs=AnyOf(one for _, any_of in danger for one in any_of),
    )


def _pattern(source: str, words: dict[str, str]) -> str:
    for name, alternatives in words.items():
        source = source.replace("{" + name + "}", alternatives)
    return source
