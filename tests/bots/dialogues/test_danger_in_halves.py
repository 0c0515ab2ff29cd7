"""A danger sent in two short messages, neither of which is one."""

from datetime import timedelta

import pytest

from backend.bots import wording
from backend.bots.dialogues import doubts
from backend.bots.dialogues.turns import Alarm
from tests.bots.dialogues.conftest import Talker

_ASKED = wording.render([doubts.doubt()])


@pytest.mark.parametrize(("first", "second"), [("软管", "老鼠咬"), ("阀门", "坏了"), ("smell", "gas")])
def test_is_asked_about_with_the_safety_words(someone: Talker, first: str, second: str) -> None:
    assert someone.say(first) != _ASKED
    assert someone.say(second) == _ASKED

    someone.say("有")
    assert someone.deed == Alarm(words=f"{first} {second}")


def test_is_forgotten_after_two_minutes(someone: Talker) -> None:
    someone.say("软管")
    someone.wait(timedelta(minutes=3))

    assert someone.say("老鼠咬") != _ASKED


def test_a_no_is_not_joined_with_what_it_denies(someone: Talker) -> None:
    someone.say("软管")
    someone.say("老鼠咬")

    assert someone.say("没有") == wording.say("danger_denied")


def test_short_answers_to_the_form_are_none(someone: Talker) -> None:
    said = [
        someone.say(line)
        for line in ("我想装天然气", "居民", "张三", "13812345678", "龙湖锦园", "3号楼", "501", "跳过")
    ]

    assert _ASKED not in said
