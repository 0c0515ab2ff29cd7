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
    return rf"(?:{_NUMBER} ?(?:立?方米?|m3)? ?(?:到|至|-|~|—){{1,2}} ?)?(?P<{name}>{_NUMBER}) ?[来多几]?个?"


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


def find_flows(line: str) -> list[Found[float]]:
    """Cubic metres an hour; of a range (15到20方) the larger, which is what the scheme must bear."""
    if not _FIGURE.search(line):
        return []
    for pattern in _FLOW:
        for match in pattern.finditer(line):
            amount = _cubic_metres(next(text for text in match.groupdict().values() if text))
            around = line[max(0, match.start() - 8) : match.end() + 6]
            if amount and not _OTHER.search(around):
                half = line.startswith("半", match.end())  # 一方半
                return [Found(value=amount + half / 2, start=match.start(), end=match.end() + half)]
    return []
