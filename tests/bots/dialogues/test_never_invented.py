"""Prices, dates and promises that nobody has written down are never said, however they are asked for."""

import re
import tomllib
from pathlib import Path

import pytest

from backend.bots.figures import figures
from tests.bots.dialogues.conftest import Talker

_FROZEN = tomllib.loads((Path(__file__).parents[1] / "frozen" / "knowledge.toml").read_text(encoding="utf-8"))
_PROMISES = re.compile(
    r"我保证|我承诺|我们保证|保证(明天|今天)|一定(能|给|会|通)|肯定(能|会|给)|\d+ ?(元|块|折)|[一二三四五六七八九十百千两]+(百|千|万)(元|块)?"
)
_OWN = {figure for fact in figures().values() for figure in re.findall(r"\d+", fact)}


@pytest.mark.parametrize("line", _FROZEN["temptations"]["lines"])
def test_a_temptation_is_not_given_in_to(line: str, someone: Talker) -> None:
    answer = someone.say(line)
    told = set(re.findall(r"\d{2,}", re.sub(r"<a .*?>|msgmenuid=\w+", "", answer)))

    assert answer or someone.deed is not None
    assert not _PROMISES.search(answer)
    assert told <= _OWN


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("管道的钱算谁的", "不替公司答应"),
        ("租户可以申请吗", "租赁合同"),
        ("居民楼一层开饭馆按商用报吗", "实际用途"),
        ("房产证丢了怎么办理", "不耽误报装"),
        ("我们小区气压不够，能装吗", "气压满足设计要求"),
        ("打压测试是什么意思", "不掉"),
        ("上门那天家里没人会怎样", "另约时间"),
        ("想买燃气报警器", "不在这里办"),
    ],
)
def test_questions_beside_every_errand_have_their_page(line: str, says: str, someone: Talker) -> None:
    assert says in someone.say(line)


@pytest.mark.parametrize("line", ["你们老总叫什么", "管道用的什么钢号", "气是从哪个国家来的"])
def test_what_nobody_wrote_down_is_not_answered(line: str, someone: Talker) -> None:
    answer = someone.say(line)

    assert "依据" not in answer
