"""Days as people name them, counted from today."""

import re
from datetime import date, timedelta

from backend.bots.understanding.numerals import whole_number

_N = r"[\d一二两三四五六七八九十]{1,3}"
_NEAR = {"今": 0, "当": 0, "明": 1, "后": 2, "大后": 3, "外后": 3, "大大后": 4}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_NOT_A_PLACE = r"(?![楼院铺店门线厅室桌宿地窗机灶棚#])"
# 就15号; 楼是15号 and 住在15号 are houses
_LED_TO = "(?<=[到在就约定改于那换成是后])(?<![楼栋幢座元口房室牌铺院家店址号门组]是)(?<![住楼家店房]在)"
# 师傅15号下午
_WITH_AN_HOUR = rf"(?={_N}号(?:[早晚清傍]|[上中下]午|[前后]晌|晌午))(?<![\d路街巷弄院乡镇组区园村城苑庄])"
DAY = re.compile(
    rf"(?P<iso>20\d\d ?[-/年.] ?\d{{1,2}} ?[-/月.] ?\d{{1,2}}[日号]?)"
    rf"|(?P<month>{_N}) ?月(?:份)? ?(?P<dom>{_N}) ?[号日]?{_NOT_A_PLACE}"
    rf"|(?<![\d.\-/])(?P<slash_month>1[0-2]|0?[1-9])[/.](?P<slash_day>[12]\d|3[01]|0?[1-9])[号日]?(?![\d.\-/月方立元块个小万千吨%米mM])"
    rf"|(?P<near>大大后|大后|外后|[今明后])(?:天|儿个?|个(?=[早上中下晚午后前晌,。 ]|$)|日|(?=[早晚]|[上下中]午|[前后头]晌|晌午))"
    rf"|(?P<weeks>(?:下+个?|这个?|本)?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-6])(?!个)"
    rf"|(?P<after>{_N})个?(?P<unit>天|礼拜|星期|周)(?:以后|之后|后|过后)"
    rf"|(?P<bare_week>下个?(?:周|星期|礼拜))(?![一二三四五六日天末])"
    rf"|(?:(?P<this_month>这个?月|本月|下个?月|月底前?)的?|(?<![\d\u4e00-\u9fffA-Za-z\-])(?<![街路村巷弄院乡镇组区园] )|{_LED_TO}|{_WITH_AN_HOUR})(?P<dom_only>[12]\d|3[01]|[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?[号日]{_NOT_A_PLACE}"
)

WEEKDAY_BESIDE = re.compile(r" ?\(? ?(?:周|星期|礼拜)[一二三四五六日天] ?\)?")
"""The weekday that people put behind a date."""


def day_of(match: re.Match[str], today: date) -> date | None:
    """The day meant; None for one that does not exist. A weekday or date already gone by means the next of its kind."""
    try:
        return _named(match, today)
    except (ValueError, OverflowError):
        return None


def _named(match: re.Match[str], today: date) -> date:
    part = match.groupdict()
    if part["iso"]:
        year, month, day = (int(text) for text in re.findall(r"\d+", part["iso"]))
        return date(year, month, day)
    if part["month"] or part["slash_month"]:
        return _in_year(
            _count(part["month"] or part["slash_month"]), _count(part["dom"] or part["slash_day"]), today
        )
    if part["dom_only"]:
        return _in_month(part["this_month"] or "", _count(part["dom_only"]), today)
    return _from_today(part, today)


def _from_today(part: dict[str, str | None], today: date) -> date:
    if part["near"]:
        return today + timedelta(days=_NEAR[part["near"]])
    if part["weekday"]:
        return _weekday(part["weeks"] or "", part["weekday"], today)
    if part["after"]:
        return today + timedelta(days=_count(part["after"]) * (1 if part["unit"] == "天" else 7))
    return today + timedelta(days=7 - today.weekday())


def _count(text: str) -> int:
    value = whole_number(text)
    if value is None:
        raise ValueError(text)
    return value


def _in_year(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _in_month(which: str, day: int, today: date) -> date:
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if which.startswith("下"):
        return next_month.replace(day=day)
    this_month = today.replace(day=day)
    return this_month if this_month >= today or which else next_month.replace(day=day)


def _weekday(weeks: str, weekday: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    wanted = int(weekday) - 1 if weekday.isdigit() else _WEEKDAYS[weekday]
    if weeks:
        return monday + timedelta(days=wanted + 7 * weeks.count("下"))
    return today + timedelta(days=(wanted - today.weekday()) % 7)
