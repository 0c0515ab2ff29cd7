"""People's lines with what they state, each read right; and what holds of any line whatever."""

import re
import tomllib
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.bots.understanding.addresses import find_addresses
from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.facts_examination import StatedLine, examine_facts
from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.phones import find_phones, usable
from backend.bots.understanding.plain_text import plain

_LINES = tomllib.loads((Path(__file__).parent / "unseen_facts.toml").read_text(encoding="utf-8"))["line"]
_NUMERALS = "0123456789零〇一幺二两三四五六七八九十百千"
_PIECES = (
    "我叫", "联系人", "姓", "翟志强", "欧阳建业", "老秦", "我住", "在", "薛店镇", "大吴庄村", "三组", "锦绣江南", "三期", "22栋",
    "1单元", "五零一", "人民路", "117号", "对面", "电话", "不是", "13938562077", "幺三九三八五六二零七七", "0371-62681559", "每小时",
    "十二点五方", "明天", "下下周二", "月底", "30号", "上午", "三点一刻", "XZ202611230018", "店", "小区", "的", "了", ",", " ", "。", "(", "-", "\n", "🙂",
)  # fmt: skip


@pytest.mark.parametrize("stated", _LINES, ids=lambda stated: stated["text"][:30])
def test_what_a_line_states_is_read_and_nothing_else(stated: dict[str, object]) -> None:
    scores = examine_facts([StatedLine.model_validate(stated)])

    assert {name: score.wrong for name, score in scores.items() if score.wrong} == {}


def test_a_fact_nobody_stated_is_told_apart_from_one_that_was_missed() -> None:
    lines = [
        StatedLine(text="我叫张三", contact_name="李四"),
        StatedLine(text="我叫王五"),
        StatedLine(text="你好", contact_name="赵六"),
    ]

    name = examine_facts(lines)["contact_name"]

    assert (name.right, name.stated, name.found, name.false, name.missed) == (0, 2, 2, 2, 1)


_MOBILES = st.from_regex("1[3-9][0-9]{9}", fullmatch=True)


@given(
    phone=_MOBILES,
    gap=st.sampled_from(["", " ", "-", "—", ".", "·"]),
    groups=st.sampled_from([(3, 7), (3, 6), (4, 8), (11,)]),
    spelling=st.sampled_from(["figures", "wide", *range(4)]),
    around=st.sampled_from(
        [("", ""), ("电话", ""), ("我叫张伟", "住龙湖锦园"), ("打", "，谢谢"), ("+86 ", "")]
    ),
)
def test_a_mobile_is_found_in_any_spelling(
    phone: str, gap: str, groups: tuple[int, ...], spelling: str | int, around: tuple[str, str]
) -> None:
    cuts = (0, *groups, len(phone)) if groups != (11,) else (0, len(phone))
    spaced = gap.join(phone[start:end] for start, end in pairwise(cuts))

    found = find_phones(plain(around[0] + _spelled(spaced, spelling) + around[1]))

    assert [one.value for one in found] == [phone]


def _spelled(text: str, spelling: str | int) -> str:
    if spelling == "figures":
        return text
    if spelling == "wide":
        return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text)
    words = ("零一二三四五六七八九", "〇幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "零幺二三四五六七八九")
    return "".join(words[int(spelling)][int(sign)] if sign.isdigit() else sign for sign in text)


@given(old=_MOBILES, new=_MOBILES, said=st.sampled_from(
    ["别打{old}了，打{new}", "不是{old}，是{new}", "原来的{old}停机了，现在用{new}", "{new}才对，{old}不用了", "以后联系{new}，{old}丢了"]
))  # fmt: skip
def test_a_number_taken_back_is_never_the_one_to_call(old: str, new: str, said: str) -> None:
    line = plain(said.format(old=old, new=new))

    assert [one.value for one in usable(line, find_phones(line))] == [new]


@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=14))
def test_any_line_is_read_and_a_place_stands_in_it_as_it_was_said(pieces: list[str]) -> None:
    line = plain("".join(pieces))

    for one in find_addresses(line):
        assert not _spoken(one.value) - _spoken(line[one.start : one.end])


def _spoken(text: str) -> Counter[str]:
    """The characters in any order, for parts said inside out are put right; without numerals, written as figures."""
    return Counter(re.sub(f"[{_NUMERALS} ,]", "", text))


@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=14))
@example(pieces=["13938562077", "22栋", "13938562077"])
def test_no_figure_is_read_twice(pieces: list[str]) -> None:
    facts = read_facts(plain("".join(pieces)), datetime.fromisoformat("2026-11-23T10:30+08:00")).entities

    for phone in re.findall("13938562077|62681559", facts.contact_phone or ""):
        assert phone not in (facts.address or "")
    if facts.application_number:
        assert "20261123" not in (facts.address or "") + (facts.contact_phone or "")


@given(text=st.text(max_size=80))
@example(text="零七七十二点五方")
def test_no_text_is_too_strange(text: str) -> None:
    read_facts(plain(text), datetime.fromisoformat("2026-11-23T10:30+08:00"))


def test_no_word_of_the_lexicon_is_listed_twice() -> None:
    words = lexicon().names

    for singles in (words.surnames, words.rare):
        assert len(set(singles)) == len(singles)
    assert not set(words.surnames) & set(words.rare)
