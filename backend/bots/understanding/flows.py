"""Hourly gas flow in cubic metres."""

import re

from backend.bots.understanding.found import Found
from backend.bots.understanding.numerals import CHINESE, number

_NUMBER = rf"(?:\d{{1,6}}(?:\.\d{{1,3}})?|[{CHINESE}]{{1,8}}(?:点[{CHINESE}]{{1,3}})?)"
_FIGURE = re.compile(rf"[\d{CHINESE}]")
_UNIT = r"(?:(?:标准?|工况)?立方米?|标方|标米|nm3|立方|立米|方气|方(?![便案面向法式言联位才验])|m3|m\^3|(?<=\d)m(?=/h))"
_HOUR = r"(?:(?:每|一|1|单|/) ?个?(?:小?时|钟头)|小时(?=流|用|最))"


def _amount(name: str) -> str:
    """A number, or the larger of a range."""
    return rf"(?:{_NUMBER} ?(?:立?方米?|m3)? ?(?:到|至|-|~|—){{1,2}} ?)?(?P<{name}>{_NUMBER}) ?[来多几]?(?:个半?)?"


_RATES = (
    rf"{_HOUR}[^。!?;,]{{0,10}}?{_amount('a')} ?{_UNIT}",
    rf"{_amount('b')} ?{_UNIT}(?:左右|上下)?(?:气)? ?(?:/|每|一|1|per)? ?个?(?:h(?![a-z])|小时|时(?!候|间)|钟头)",
    rf"(?:流量|用气量|气量|用量)[^。!?;,0-9]{{0,8}}?{_amount('c')} ?(?:{_UNIT})?(?![\d月天年])",
    rf"(?<![\d一二两三四五六七八九十百千万每.]){_amount('d')} ?{_UNIT}",
)
_FLOW = [re.compile(rate, re.IGNORECASE) for rate in _RATES]
# A volume by month, a price and a floor area are no flow.
_OTHER = re.compile(r"月|[每一]天|每日|[每一]年|钱|块|元|毛|价|收费|面积|房间|充|买|欠|平(?!均)")


_ABOUT = re.compile("([一二三四五六七八九]?十)?([一二两三四五六七八])([二三四五六七八九])(十|百)?")


def _cubic_metres(text: str) -> float | None:
    """The number; of 八九, 二三十, 十五六 the larger."""
    about = _ABOUT.fullmatch(text)
    if about is None:
        return number(text)
    tens, _, larger, unit = about.groups(default="")
    return number(tens + larger + unit)


# Before or behind a number that only bounds what is asked about: 二十方以内算不算小餐饮.
_BEYOND = re.compile("(?:超过|大于|小于|高于|低于|不到)$")
_WITHIN = re.compile(" ?(?:/|每|一)?(?:h|小?时)?(?:以[内下上]|之[内下上])")
_ASKED = re.compile("算|属于|是不是|套餐|标准|规定|几天|多少天|多久")
_CHANGED = re.compile("原[来先]|之前|以前|先前|改|换|不是|错|更正")
_BEFORE_CHANGE = re.compile(
    "(?:原[来先]|之前|以前|先前|上次)(?:(?!改|换|现)[^,。;!?]){0,16}$|(?<!是)不是(?:(?!是)[^,。;!?]){0,10}$"
)


def find_flows(line: str) -> list[Found[float | None]]:
    """Cubic metres an hour; of a range (15到20方) the larger, which is what the scheme must bear.

    One of them, and where something was changed (原先30方，改成18方) each; None for one that is only asked about.
    """
    if not _FIGURE.search(line):
        return []
    found: list[Found[float | None]] = []
    for pattern in _FLOW:
        for match in pattern.finditer(line):
            flow = _read(line, match)
            if flow is None or any(one.start < flow.end and flow.start < one.end for one in found):
                continue
            found.append(flow)
            if not _CHANGED.search(line):
                return found
    found.sort(key=lambda one: one.start)
    return [one for one in found if not _BEFORE_CHANGE.search(line[: one.end])] or found


def _read(line: str, match: re.Match[str]) -> Found[float | None] | None:
    name, text = next((name, text) for name, text in match.groupdict().items() if text)
    amount = _cubic_metres(text)
    around = line[max(0, match.start() - 8) : match.end() + 6]
    if not amount or _OTHER.search(around):
        return None
    behind = line.startswith("半", match.end())  # 一方半
    half = behind or line.startswith("个半", match.end(name))  # 九个半立方
    value = None if _is_asked(line, match) else amount + half / 2
    return Found(value=value, start=match.start(), end=match.end() + behind)


def _is_asked(line: str, match: re.Match[str]) -> bool:
    bounds = _WITHIN.match(line, match.end()) or _BEYOND.search(line[: match.start()])
    return bool(bounds and _ASKED.search(line))
