"""Where the gas is wanted: town, road or community, building, unit, room."""

import re
from collections.abc import Sequence
from functools import cache

from backend.bots.understanding.address_order import Chain, in_order
from backend.bots.understanding.address_parts import (
    FIGURE,
    Part,
    first_part,
    may_hold_one,
    names_region,
    next_part,
)
from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.numerals import CHINESE, whole_number

_NUMERAL = re.compile(
    rf"(?<![第{CHINESE}])[{CHINESE}]+(?=(?:号|#|栋|幢|座|期|区|单元|层|楼|室|户|铺|组|队|排|弄|条|米))"
    rf"|(?<=[楼元栋幢座层#院\d])[{CHINESE}]{{3,4}}$"
)
_DOORPLATE = re.compile(rf"门牌号?是?({FIGURE})号?")
_MEASURED = re.compile(rf"[\d{CHINESE}]米|口.*[东西南北]")
HAS_NUMBER = re.compile(rf"[\d{CHINESE}]")
_LONGEST_LEAD = 14  # characters looked at before a place


def find_addresses(line: str) -> list[Found[str]]:
    """Places with a number, a town, or a lead-in (住在…); spaces left out, numerals of building, unit and room as figures."""
    if not may_hold_one(line):
        return []
    chains = _chains(line)
    if len(chains) > 1:
        chains = in_order(line, chains)
    return [Found(value=_tidy(one.parts), start=one.start, end=one.end) for one in chains if one.is_address]


def _chains(line: str) -> list[Chain]:
    """Parts that stand side by side, in the order of the line."""
    found, at = [], 0
    while (part := first_part(line, at)) is not None:
        parts = [_without_lead(part)]
        while (following := next_part(line, parts[-1].end)) is not None and following.end > parts[-1].end:
            parts.append(following)
        at = max(parts[-1].end, part.start + 1)
        parts = [one for one in parts if one.text]  # 改成8号楼: all of the name only led to the place
        if parts:
            start = parts[0].start
            before = line[max(0, start - _LONGEST_LEAD) : start]
            found.append(
                Chain(parts=tuple(parts), is_address=_is_address(parts, before), start=start, end=at)
            )
    return found


def _without_lead(part: Part) -> Part:
    """The part from the town in it on, or without the words that lead to a place: 老家薛店镇, 申请龙湖锦园."""
    if part.kind in {"region", "building"}:
        return part
    region = names_region(part.text)
    lead = _leading().match(part.text)
    cut = region.start() if region else lead.end() if lead else 0
    return Part(kind=part.kind, text=part.text[cut:], start=part.start + cut, end=part.end)


def _is_address(parts: Sequence[Part], before: str) -> bool:
    """A house, a town with something behind it, or a named place after a lead-in; never one that is only mentioned."""
    words = _words()
    text = "".join(part.text for part in parts)
    if words["elsewhere"].search(before) or words["no_places"].search(text) or len(text) < 3:
        return False
    kinds = {part.kind for part in parts}
    if "region" in kinds:
        return bool(kinds - {"region", "side"})
    return _is_house(parts, before) if "building" in kinds else _is_place(parts, text, before)


def _is_place(parts: Sequence[Part], text: str, before: str) -> bool:
    """A place without a building: by a number, by the way from a crossing, or because it is led to."""
    words = _words()
    if any(_MEASURED.search(part.text) for part in parts if part.kind == "side"):
        return True
    led, named = bool(words["leads"].search(before)), _is_named(parts)
    if any(HAS_NUMBER.search(part.text) for part in parts if part.kind == "house"):
        return named or led
    where_from = before[-1:] in {"是", "给"} and words["institutions"].search(text)
    return named and led and not where_from and not words["common"].fullmatch(text)


def _is_house(parts: Sequence[Part], before: str) -> bool:
    """3号楼2单元 also without a name, 3号楼 where an answer begins; a phase or a zone alone tells no house."""
    if len(parts) == 1 and not _words()["begins"].search(before):
        return False
    told = [part for part in parts if part.kind in {"building", "house"}]
    if len(told) > 1:
        return True
    return not re.search("[期区]$", told[0].text) and ("-" not in told[0].text or len(parts) > 1)


def _is_named(parts: Sequence[Part]) -> bool:
    return sum(len(part.text) for part in parts if part.kind in {"named", "free"}) > 2


def _tidy(parts: Sequence[Part]) -> str:
    joined = "".join(part.text for part in parts).replace(" ", "")
    joined = _DOORPLATE.sub(r"\1号", joined)
    return _NUMERAL.sub(_figure, joined)


def _figure(numeral: re.Match[str]) -> str:
    value = whole_number(numeral.group())
    return numeral.group() if value is None else str(value)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon().addresses.fillers})+")


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = lexicon().addresses
    return {
        "leads": re.compile(f"(?:{words.leads})(?:{words.fillers}|[ :,])*$"),
        "begins": re.compile(f"(?:^|[,。;!?: 是]|{words.leads})(?:{words.fillers}|[ :,])*$"),
        "elsewhere": re.compile(f"(?:{words.elsewhere})$"),
        "no_places": re.compile(words.no_places),
        "institutions": re.compile(f"(?:{words.institutions})$"),
        "common": re.compile(words.common),
    }
