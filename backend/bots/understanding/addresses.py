"""Where the gas is wanted: town, road or community, building, unit, room."""

import re
from functools import cache

from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.numerals import CHINESE, whole_number
from backend.bots.understanding.screening import AnyOf
from config.districts import districts

_FIGURE = rf"(?:\d{{1,5}}(?:[-/]\d{{1,5}}){{0,3}}|[{CHINESE}]{{1,6}})"
_LETTER = "[A-Za-z甲乙丙丁东西南北]"
_PART = "号楼|号院|号铺|号商铺|号门面|号厂房|号房|#楼|号|#|栋|幢|座|期|区|排|单元|层|楼|室|户|铺|组|队|弄|梯"
_DETAIL = (
    rf"(?:{_LETTER}?{_FIGURE} ?{_LETTER}?(?:{_PART})(?![线点钟后前内天])|{_LETTER}(?:座|栋|区|幢|楼|单元|户)|[一二三四]?(?:东|西|中|南|北)户"
    rf"|(?<=[楼元栋幢座层#院]) ?(?:\d{{2,4}}|[{CHINESE}]{{3,4}})(?:[室户]|(?![\d{CHINESE}年月方立]))|(?<=[\u4e00-\u9fff])\d{{1,4}}-\d{{1,4}}(?:-\d{{1,5}})?(?:室|户)?)"
)
_NUMERAL = re.compile(f"[{CHINESE}]+")


def find_addresses(line: str) -> list[Found[str]]:
    """Places with a number, a town, or a lead-in (住在…); spaces left out, numerals of building, unit and room as figures."""
    if not _ends().matches(line):
        return []
    found = []
    for match in _run().finditer(line):
        start = match.start() + _lead_length(match.group())
        text = line[start : match.end()].strip(" ,")
        if _is_address(text, led=start > match.start()):
            found.append(Found(value=_tidy(text), start=start, end=match.end()))
    return found


@cache
def _run() -> re.Pattern[str]:
    words = lexicon().addresses
    end = f"(?:{_DETAIL}|{words.suffixes}|{_towns()})"
    chunk = rf"(?:[\u4e00-\u9fffA-Za-z0-9·]{{0,16}}?{end})"
    more = rf"(?:(?:(?!{words.ending})[\u4e00-\u9fffA-Za-z0-9·]){{0,8}}?{end})"
    return re.compile(rf"{chunk}(?:[ ,]?{_DETAIL}|{more}| (?={_DETAIL}){more})*")


@cache
def _ends() -> AnyOf:
    """Every run ends so; most lines hold no such end, and to look for one costs a sixth of the run."""
    return AnyOf([_DETAIL, lexicon().addresses.suffixes, _towns()])


@cache
def _towns() -> str:
    names = districts()
    short = {town.removesuffix("街道").removesuffix("管理区").rstrip("镇乡") for town in names.towns}
    return "|".join(sorted({*names.towns, *short, *names.prefixes}, key=len, reverse=True))


@cache
def _lead() -> re.Pattern[str]:
    words = lexicon().addresses
    weak = f"(?:^|(?<=[{words.before_weak_leads}]))(?:{words.weak_leads})"
    return re.compile(rf"^.*(?:{words.leads}|{weak})(?:{words.fillers}|[ :,])*|^(?:{words.fillers}|[ :,])+")


@cache
def _region() -> re.Pattern[str]:
    return re.compile(rf"河南省?|郑州市|新郑市?(?!市?的)|{_towns()}")


def _lead_length(run: str) -> int:
    """How much of the run is lead-in: up to the first region named, else past the last lead word."""
    lead = _lead().match(run)
    after = lead.end() if lead else 0
    region = _region().search(run)
    return min(after, region.start()) if region else after


def _is_address(text: str, *, led: bool) -> bool:
    """A number of a house, a town with something behind it, or a named place after a lead-in."""
    if re.search(_DETAIL, text):
        return len(text) > 1
    region = _region().search(text)
    return len(text) > 2 and (region is None or len(text) > region.end()) and (led or region is not None)


def _tidy(text: str) -> str:
    joined = text.replace(" ", "").replace(",", "")
    return re.sub(_DETAIL, lambda detail: _NUMERAL.sub(_figure, detail.group()), joined)


def _figure(numeral: re.Match[str]) -> str:
    value = whole_number(numeral.group())
    return numeral.group() if value is None else str(value)
