"""One address whose parts stand apart or in another order: 七号楼，小区叫…; 二十一号楼，然后是一单元."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from backend.bots.understanding.address_parts import FIGURE, Part
from backend.bots.understanding.lexicon import lexicon

_WHERE = frozenset({"region", "named", "free"})
_INNER = (r"[期区院]$", r"(?:号楼|#楼?|栋|幢|座)$", r"单元$", r"[楼层]$")  # from the outside to the inside
_ROOM = rf"(?:房号|室号|房间号?)(?:是|为)?[: ]?\d{{2,4}}[室户]?|\d{{2,4}}[室户]|[东西中南北]户|{FIGURE}[楼层]"
_ROOMS = re.compile(rf"(?:(?:{_ROOM})[, ]{{0,2}}[的在]?)+$")
_EACH = re.compile(rf"(?:房号|室号|房间号?)(?:是|为)?[: ]?(\d{{2,4}}[室户]?)|({_ROOM})")
_OWN = re.compile("[住在家是叫]")  # 我是薛店镇的，住龙湖锦园: from there, not there
_INNERMOST = len(_INNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Parts that stand side by side, and whether they are an address by themselves. `line[start:end]` holds them."""

    parts: tuple[Part, ...]
    is_address: bool
    start: int
    end: int

    @property
    def is_house(self) -> bool:
        """A building or what is in it, without the place's name."""
        return not any(part.kind in _WHERE for part in self.parts)

    @property
    def is_town(self) -> bool:
        """A town and nothing in it."""
        return all(part.kind == "region" for part in self.parts)

    @property
    def is_place(self) -> bool:
        """A name that something inside may be told of."""
        names = "".join(part.text for part in self.parts)
        kinds = {part.kind for part in self.parts}
        return kinds <= _WHERE and len(names) > 3 and not _never().search(names)


def in_order(line: str, chains: Sequence[Chain]) -> list[Chain]:
    """Neighbours with nothing but little words between them put together, from the town to the room."""
    joined = [_with_room(line, chains[0])]
    for chain in chains[1:]:
        last = joined[-1]
        between = _between().fullmatch(line, last.end, chain.start)
        if between and (_is_denied(line, last) or (last.is_town and _OWN.search(between[0]))):
            between = None
        together = _together(_with_building(last, between), chain) if between else None
        joined[-1:] = [together] if together else [last, chain]
    return joined


def _is_denied(line: str, chain: Chain) -> bool:
    return line.endswith("不是", 0, chain.start)


def _with_room(line: str, chain: Chain) -> Chain:
    """房号1203，7号楼; 西户，五楼，三单元."""
    rooms = _ROOMS.search(line, 0, chain.start) if chain.is_house else None
    if rooms is None:
        return chain
    parts = [
        Part(kind="house", text=one[1] or one[2], start=one.start(), end=one.end())
        for one in _EACH.finditer(rooms[0])
    ]
    return replace(chain, parts=(*chain.parts, *parts), start=rooms.start())


def _with_building(chain: Chain, between: re.Match[str]) -> Chain:
    """二单元四楼，楼是15号."""
    if between[1] is None or not chain.is_house:
        return chain
    part = Part(kind="building", text=f"{between[1]}号楼", start=between.start(1), end=between.end(1))
    return replace(chain, parts=(*chain.parts, part))


def _together(one: Chain, two: Chain) -> Chain | None:
    """None for two that are no parts of one address."""
    if _tail(one)[-len(two.parts) :] == _tail(two):  # said twice to be understood
        parts = one.parts
    elif one.is_town and two.parts[0].kind in {"named", "free"}:
        parts = (*one.parts, *two.parts)
    elif one.is_house and two.is_place:
        parts = (*two.parts, *_by_rank(one.parts))
    elif two.is_house and (one.is_place or _rank(one.parts[-1]) < min(map(_rank, two.parts))):
        parts = (*one.parts, *two.parts)
    else:
        return None
    return Chain(parts=parts, is_address=one.is_address or two.is_address, start=one.start, end=two.end)


def _tail(chain: Chain) -> list[str]:
    return [part.text for part in chain.parts]


def _by_rank(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=_rank)


def _rank(part: Part) -> int:
    """The greater, the further inside."""
    if part.kind in _WHERE:
        return -1
    return next((rank for rank, ends in enumerate(_INNER) if re.search(ends, part.text)), _INNERMOST)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?:,? ?楼号?是({FIGURE})号楼?)?(?:{lexicon().addresses.between}|[ ,])*")


@cache
def _never() -> re.Pattern[str]:
    words = lexicon().addresses
    return re.compile(f"{words.no_places}|^(?:{words.common})$")
