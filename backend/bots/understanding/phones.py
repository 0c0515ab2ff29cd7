"""Telephone and application numbers, typed or spoken."""

import re
from collections.abc import Sequence
from functools import cache

from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.numerals import with_digits

_GAP = r"[ \-—–_.·、,]{0,2}"
_ENOUGH = re.compile(r"(?:\d\D*){10}")  # the shortest of them has so many figures
_MOBILE = re.compile(rf"(?:(?:\+|00)?86{_GAP})?(1{_GAP}[3-9](?:{_GAP}\d){{9}})")
_FIXED = re.compile(
    r"(?<!\d)\(?(0(?:10|2\d|[3-9]\d\d))\)?[ \-—]{0,2}([2-8]\d{2,3}[ -]?\d{4})(?:[ ,]?(?:转|分机号?|[-—])[ :]?(\d{1,5}))?(?!\d)"
)
_QUANTITY = re.compile("[十百千][零一二三四五六七八九]{0,2}$")  # 门牌一百一十八 一三五…
_NUMBERED = re.compile(r"[xX] ?[zZ][ \-:号]{0,2}((?:\d[ \-]?){11,15}\d)(?!\d)")
_BARE = re.compile(r"(?<!\d)(20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4,8})(?!\d)")


def _figures(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _continues(line: str, figures: str, match: re.Match[str]) -> bool:
    """Whether a longer number goes on beside the match; 三 in 「李四138…」 or 「…5678三号楼」 belongs to something else."""
    before, after = match.start() - 1, match.end()
    apart = figures[max(before, 0)] in " -" and not _QUANTITY.search(line[: max(before, 0)])
    joined = (before, before - 1) if apart else (before,)
    neighbours = [(at, match.start()) for at in joined] + [(after, after - 1)]
    return any(
        0 <= at < len(line) and figures[at].isdigit() and line[at].isascii() == line[edge].isascii()
        for at, edge in neighbours
    )


def find_phones(line: str) -> list[Found[str]]:
    """Mainland mobiles as eleven digits, fixed lines as 0371-62512345, in the order they stand; also those not to be used."""
    figures = with_digits(line)
    if not _ENOUGH.search(figures):
        return []
    mobiles = [
        Found(value=_figures(m.group(1)), start=m.start(), end=m.end())
        for m in _MOBILE.finditer(figures)
        if not _continues(line, figures, m)
    ]
    fixed = [
        Found(value="-".join(_figures(part) for part in m.groups() if part), start=m.start(), end=m.end())
        for m in _FIXED.finditer(figures)
    ]
    return sorted([*mobiles, *fixed], key=lambda found: found.start)


def usable(line: str, phones: Sequence[Found[str]]) -> list[Found[str]]:
    """Without those the person takes back: 别打138…了, 原来的139…停机了, 不是137…; of several 我的是136… alone."""
    kept = [phone for phone in phones if not _is_taken_back(line, phone)]
    own = _own()
    return [phone for phone in kept if len(kept) > 1 and own.search(line, 0, phone.start)] or kept


@cache
def _own() -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon().phones.mine})[: ,]?$")


def _is_taken_back(line: str, phone: Found[str]) -> bool:
    before, after = _taken_back()
    return bool(before.search(line[: phone.start]) or after.match(line, phone.end))


@cache
def _taken_back() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before, or behind, such a number."""
    words = lexicon().phones
    return re.compile(f"(?:{words.denials})[^,。;!?\\d换改]{{0,6}}$"), re.compile(rf" ?(?:{words.dead})")


def find_application_numbers(line: str) -> list[Found[str]]:
    """`XZ`, Shanghai date, running number: `XZ202611230018`; lower case, gaps and a missing XZ are understood."""
    figures = with_digits(line)
    if not _ENOUGH.search(figures):
        return []
    matches = list(_NUMBERED.finditer(figures)) or list(_BARE.finditer(figures))
    return [Found(value="XZ" + _figures(m.group(1)), start=m.start(), end=m.end()) for m in matches]


def asked_about(line: str, numbers: Sequence[Found[str]]) -> list[Found[str]]:
    """Of several application numbers those that are meant: 那单…已经好了，问的是…; all where that is not said."""
    if len(numbers) < 2:
        return list(numbers)
    settled, denied, asked = _of_numbers()
    named = [one for one in numbers if asked.search(line[: one.start])]
    open_still = [
        one for one in numbers if not settled.match(line, one.end) and not denied.search(line[: one.start])
    ]
    return named or open_still or list(numbers)


@cache
def _of_numbers() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon().application_numbers
    lead = "(?:单号|申请号|编号|申请单?|这单|这个)?[: ]?$"
    return (
        re.compile(rf"[ ,]?(?:{words.settled})"),
        re.compile(f"(?:{words.denials}){lead}"),
        re.compile(f"(?<!不)(?:{words.asked}){lead}"),
    )
