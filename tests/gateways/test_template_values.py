"""Values as the platform's typed fields take them: never refused, and never misleading."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.gateways.template_values import shape, values_of
from config.messages.texts import PlatformTemplate, notices, templates

MOMENT = "2026年11月23日 15:00"
anything = st.text(max_size=60) | st.from_regex(r"[一-鿿0-9A-Za-z。，\n ]{0,60}", fullmatch=True)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(anything)
def test_a_thing_always_fits(text: str) -> None:
    value = shape("thing1", text, moment=MOMENT)
    assert 1 <= units(value) <= 20
    assert not re.search(r"[\x00-\x1f]", value)


@given(anything)
def test_what_was_cut_says_so(text: str) -> None:
    line = re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()
    value = shape("thing1", text, moment=MOMENT)
    if line and value != line:
        assert value.endswith("…")
        assert line.startswith(value.removesuffix("…"))


@given(anything)
def test_a_character_string_has_no_chinese(text: str) -> None:
    assert re.fullmatch(r"[\x20-\x7e]{1,32}", shape("character_string2", text, moment=MOMENT))


@given(anything)
def test_a_time_is_always_a_time(text: str) -> None:
    value = shape("time4", text, moment=MOMENT)
    assert re.fullmatch(r"(\d{4}年\d{1,2}月\d{1,2}日( \d{1,2}:\d{2})?|\d{1,2}:\d{2})", value)


@given(anything)
def test_a_phone_number_is_whole_or_left_out(text: str) -> None:
    value = shape("phone_number3", text, moment=MOMENT)
    assert re.fullmatch(r"[\d+() -]{1,17}", value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("受理号XZ202611230018。客户经理王经理", "受理号XZ202611230018。客…"),
        ("客户经理王建国的电话是这个号13800000001请拨打", "客户经理王建国的电话是这个号…"),
        ("恰好二十个字的内容不需要截断所以原样显示", "恰好二十个字的内容不需要截断所以原样显示"),
        ("第一行\n第二行", "第一行 第二行"),
        ("", "无"),
    ],
)
def test_no_number_is_cut_in_two(text: str, shown: str) -> None:
    assert shape("thing1", text, moment=MOMENT) == shown


def test_a_phrase_that_does_not_fit_is_not_shortened_into_another() -> None:
    assert shape("phrase1", "已受理", moment=MOMENT) == "已受理"
    assert shape("phrase1", "等待工程验收", moment=MOMENT) == "无"


def test_the_hour_of_the_event_is_said_with_its_year_in_shanghai() -> None:
    template = PlatformTemplate(id="T", fields={"time1": "{at}", "thing2": "{title}"})
    told = values_of(
        template,
        {"title": "报装已受理", "at": "11月23日 15:00"},
        at=datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
        zone=ZoneInfo("Asia/Shanghai"),
    )
    assert told == {"time1": MOMENT, "thing2": "报装已受理"}


def test_every_notice_has_its_template() -> None:
    assert {notice.template for notice in notices().values()} <= set(templates())
