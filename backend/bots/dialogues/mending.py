"""Addresses said in pieces or put right in part: 不是3号楼是5号楼, 房号是502, and 2单元501 after the community."""

import re
from functools import cache

from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.numerals import CHINESE, whole_number
from backend.bots.understanding.plain_text import plain
from config.districts import districts

_PLACED = r"(?:号楼|号院|栋|幢|座|#|单元|层|楼|室|户|号房|号铺|号)"
_NUMERAL = re.compile(rf"[{CHINESE}]+(?={_PLACED})")
_SPOKEN_ROOM = re.compile(r"(?<=[楼元栋幢座层])[零〇一幺二三四五六七八九]{3,4}$")
_SPOKEN = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_BARE_ROOM = re.compile(r"\d{2,5}")
_PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[A-Za-z]?\d{1,4}(?:号楼|栋|幢|座|#楼?)|[A-Za-z](?:座|栋|区)",
        r"\d{1,3}单元",
        r"\d{1,3}(?:层|楼)(?!\d*[号栋])",
        r"\d{1,5}号(?![楼院房铺])",
        r"(?<=[楼栋幢座元层#院])\d{2,5}(?:室|户)?|\d{2,5}(?:室|户|号房)|\d{1,5}号铺",
    )
)
_DETAIL = re.compile("(?:" + "|".join(part.pattern for part in _PARTS) + r"|\d{1,4}(?:-\d{1,4}){1,3})+")
_INSTEAD = re.compile(r"不是(?P<old>.{1,20}?)[,， ]*(?:而|应该|应当)?是(?P<new>.{1,20})$")
_NAMED_PART = re.compile("(?:房号|楼号|门牌号?|单元号|室号)[是为：: ]")
_CUE = re.compile(
    r"^.*(?:错了|不对|不是|应该|改成|改为|换成|改到|改回)[,，：: ]*(?:应该)?[是成为]*[,，：: ]*"
    r"|^.*(?:房号|楼号|门牌号?|单元号|室号)[是为：: ]+"
)
_ELSEWHERE = re.compile(
    r"^(?:北京|上海|天津|重庆|(?!河南)[\u4e00-\u9fff]{2,3}省)|^(?:河南省?)?(?!郑州|新郑|河南)[\u4e00-\u9fff]{2}市(?=[\u4e00-\u9fff]{2,3}[区县])"
)
_NO_PLACE = re.compile(
    "算了|是谁|我|俺|咱|你|您|他们|问|想|错了|不是|怎么|什么|能不能|可以|吗|多少|为啥|干嘛|干啥"
)


def tidy(text: str) -> str:
    """Half-width, without spaces and marks at the ends, numerals of building, unit and room as figures."""
    line = plain(text).replace(" ", "").strip(",.。!~:;、")
    return _SPOKEN_ROOM.sub(lambda room: room[0].translate(_SPOKEN), _NUMERAL.sub(_figure, line))


def completed(address: str, text: str) -> str:
    """With the room that was spoken digit by digit behind it: 五号楼二单元三零幺."""
    line = tidy(text)
    _, found, rest = line.partition(address)
    room = re.match(r"\d{3,4}$", rest) if found else None
    return address + room[0] if room else address


def value_of(text: str) -> str:
    """What stands behind the words of a correction: 写错了是5号楼501 → 5号楼501."""
    return _CUE.sub("", tidy(text))


def is_detail(text: str) -> bool:
    """Whether the line is nothing but building, unit, room: no place of its own."""
    return bool(_DETAIL.fullmatch(text))


def is_part(text: str) -> bool:
    """Whether the line adds a part to an address or replaces one, without a word of correction: 2单元501, 房号是502."""
    return is_detail(tidy(text)) or bool(_NAMED_PART.search(plain(text)))


def is_place(text: str) -> bool:
    """Whether a bare line can be an address: names a place by number, town or kind, and asks or tells nothing else."""
    if _NO_PLACE.search(text) or not re.search("[\u4e00-\u9fff]", text):
        return False
    return bool(re.search(r"\d", text) or _place_words().search(text))


def is_elsewhere(text: str) -> bool:
    """Whether the address names another city or province: our pipes end at 新郑."""
    return bool(_ELSEWHERE.match(text))


def instead(text: str) -> bool:
    """Whether the line puts one building, unit or room in the place of another: 不是3号楼是5号楼."""
    match = _INSTEAD.search(tidy(text))
    return bool(match and is_detail(match["old"]) and is_detail(_without_end(match["new"])))


def mend(address: str, text: str) -> str | None:
    """The address with the part that the line puts right or adds; None when the line says no such part."""
    match = _INSTEAD.search(tidy(text))
    said = _without_end(match["new"]) if match else value_of(text)
    if match and match["old"] in address:
        head, _, tail = address.rpartition(match["old"])
        return head + said + tail
    if _BARE_ROOM.fullmatch(said) and re.search(r"\d{2,5}(?:室|户)?$", address):
        return re.sub(r"\d{2,5}(?=(?:室|户)?$)", said, address)
    return _with_parts(address, said) if is_detail(said) else None


def _with_parts(address: str, said: str) -> str:
    """Each part in the place of the one of its kind, or before the parts that are smaller."""
    for place, part in enumerate(_PARTS):
        match = part.search(said)
        if match is None:
            continue
        old = list(part.finditer(address))
        smaller = [found.start() for later in _PARTS[place + 1 :] for found in later.finditer(address)]
        start, end = (old[-1].start(), old[-1].end()) if old else (min(smaller, default=len(address)),) * 2
        address = address[:start] + match[0] + address[end:]
    return address


def _without_end(text: str) -> str:
    return re.sub("(?:才对|的|吧|啊|呀)+$", "", text)


def _figure(numeral: re.Match[str]) -> str:
    value = whole_number(numeral[0])
    return numeral[0] if value is None else str(value)


@cache
def _place_words() -> re.Pattern[str]:
    known = districts()
    towns = {*known.towns, *(town.removesuffix("街道").rstrip("镇乡") for town in known.towns)}
    return re.compile("|".join([*sorted(towns, key=len, reverse=True), lexicon().addresses.suffixes]))
