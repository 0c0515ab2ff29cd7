"""The parts an address is put together from: region, named place, building, house, side."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backend.bots.understanding.lexicon import AddressWords, lexicon
from backend.bots.understanding.numerals import CHINESE
from backend.bots.understanding.screening import AnyOf
from config.districts import districts

PartKind = Literal["region", "named", "free", "building", "house", "side"]
"""A town; a road, village, community by its kind; any name before a building; building, unit; house, floor, room; where
beside it."""

FIGURE = rf"(?:\d{{1,5}}|[{CHINESE}]{{1,6}})"
_LETTER = "[A-Za-z甲乙丙丁东西南北]"
_BUILDING = (
    rf"{_LETTER}?{FIGURE} ?{_LETTER}?(?:(?:号楼|#楼?|栋)(?:-\d{{1,4}}){{1,2}}(?![\d点])|号楼|号院|#楼?|栋|幢|座|期|区|单元|号?(?:厂房|车间|仓库|库房))"
    rf"|{_LETTER}(?:座|栋|区|幢|单元)|(?<=[\u4e00-\u9fff])[东西南北前后]楼(?=[\d{CHINESE}])|\d{{1,4}}[-/]\d{{1,4}}[-/]\d{{1,5}}(?:室|户)?"
    rf"|(?<=[\u4e00-\u9fff])\d{{1,4}}-\d{{1,5}}(?:室|户)?(?![\d点号])"
)
_HOUSE = (
    rf"{_LETTER}?{FIGURE} ?{_LETTER}?(?:号?(?:商铺|铺面?|门面房?|门市房?|店铺|档口|摊位)|号(?![线窗])|层|楼|组|队|排|弄|条|室|附)"
    rf"|(?:(?<=[组队村寨街路巷])|(?<=[组队村寨街路巷][, 的]))门牌号?是?{FIGURE}号?"
    rf"|附{FIGURE}号|[一二三四]?[东西中南北]户|第[{CHINESE}\d]{{1,2}}[家户排]"
    rf"|(?<=[楼元栋幢座层#院]) ?(?:\d{{2,4}}|[{CHINESE}]{{3,4}})(?:[室户]|(?![\d{CHINESE}年月方立个户]))"
    r"|(?<=[\u4e00-\u9fff])[A-Za-z]-?\d{1,4}(?:号?[铺室]|号)?(?![\w-])|(?<=[楼层])[东西南北](?:边|头)?(?![\u4e00-\u9fff])"
    r"|(?<=[ ,\u4e00-\u9fff])[A-Za-z]\d{1,3}-\d{1,4}(?:号?(?:商?铺面?|档口|摊位?|店铺?|门面|[库室]))?(?![\w-])"
    r"|[\u4e00-\u9fff]{2,3}区(?=[ ,]?[A-Za-z]?\d)"
)
_SIDE = (
    rf"交叉口|交汇处|交界处|交口|路口|路?[东西南北中]{{1,2}}(?:侧|角|头|段|门|邻|边)|[向往]?[东西南北]{{1,2}}{FIGURE}米(?:路[东西南北])?"
    r"|(?<=[路口街])路[东西南北]|(?<=[\u4e00-\u9fff\d])(?:斜?对面|对过|旁边|隔壁|院内|路[东西南北])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part as it stands in the line."""

    kind: PartKind
    text: str
    start: int
    end: int


def may_hold_one(line: str) -> bool:
    """Whether anything in the line can be of an address: to look for that costs a fraction of the search."""
    return _ends().matches(line)


def first_part(line: str, at: int) -> Part | None:
    """The next place in the line where an address may begin."""
    return _part(_first().search(line, at))


def next_part(line: str, at: int) -> Part | None:
    """The part that goes on right there, after a space or 的 at most."""
    return _part(_next().match(line, at))


def names_region(text: str) -> re.Match[str] | None:
    """Where in the text a town is called by its full name."""
    return _region().search(text)


def _part(match: re.Match[str] | None) -> Part | None:
    if match is None or match.lastgroup is None:
        return None
    kind: PartKind = match.lastgroup  # type: ignore[assignment]  # the groups bear the names of the kinds
    start, end = match.span(kind)
    return Part(kind=kind, text=match[kind], start=start, end=end)


@cache
def _first() -> re.Pattern[str]:
    words = lexicon().addresses
    return re.compile(
        f"(?P<region>{_regions()})|(?P<named>{_name(words, 1, 10)}(?:{words.suffixes}))"
        rf"|(?P<free>(?!{_BUILDING}){_name(words, 2, 8)})(?={_BUILDING})|(?<![\d{CHINESE}])(?P<building>{_BUILDING})"
    )


@cache
def _ends() -> AnyOf:
    return AnyOf([_BUILDING, lexicon().addresses.suffixes, _regions()])


@cache
def _next() -> re.Pattern[str]:
    """A comma goes on only with a building, unit or room, a space also with a place; 的 and 那个 between parts say nothing."""
    words = lexicon().addresses
    kind = f"(?:{words.suffixes})"
    bare = r"(?<![组队排号楼层室户元\d])"  # 花园 goes on with 路, 二组 does not with 村
    place = f"(?P<named>(?:{bare}|{_name(words, 1, 8)}){kind})|(?P<free>{_name(words, 1, 8)})(?={_BUILDING})"
    return re.compile(
        f" ?(?P<region>{_regions()})|[ ,]?(?:的|那个)?(?:(?P<building>{_BUILDING})|(?P<house>{_HOUSE}))"
        f"| ?(?P<side>{_SIDE})| ?(?:的(?!{words.institutions})|那个)?(?:{place})"
    )


def _name(words: AddressWords, shortest: int, longest: int) -> str:
    """The characters of a name: none of the little words that stand around one, no long number."""
    return (
        rf"(?<!\d)(?:(?!{words.around}|[\d{CHINESE}]{{6}})[\u4e00-\u9fffA-Za-z\d·]){{{shortest},{longest}}}?"
    )


@cache
def _regions() -> str:
    """Provinces, cities and towns; a town is called 薛店镇, 薛店 or, where it became a street, still 八千乡."""
    names = districts()
    short = {re.sub("街道$|管理区$|[镇乡]$", "", town) for town in names.towns}
    short -= set(lexicon().addresses.ambiguous.split("|"))
    bare = "|".join(sorted(short, key=len, reverse=True))
    whole = "|".join(sorted({*names.towns, *names.prefixes}, key=len, reverse=True))
    return f"(?:{whole}|(?:{bare})(?:街道|管理区|[镇乡])?)(?:办事处)?|河南(?=郑州|新郑)|郑州(?=新郑)|新郑"


@cache
def _region() -> re.Pattern[str]:
    return re.compile("|".join(sorted({*districts().towns, *districts().prefixes}, key=len, reverse=True)))
