"""Danger is never missed, and ordinary anger is not danger."""

import tomllib
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.bots.safety import cleared, judge
from backend.bots.understanding.danger_text import danger_examples
from backend.bots.understanding.store import load_model
from backend.bots.understanding.training_text import examples
from backend.bots.vigilance import watch
from config.tables import FOLDER

_LINES = tomllib.loads((FOLDER / "assistant" / "danger" / "known.toml").read_text(encoding="utf-8"))
_DANGERS = [(kind, line) for kind, lines in _LINES["danger"].items() for line in lines]
_HARMLESS = _LINES["harmless"]["lines"]
_ORDINARY_DANGERS = ("家里有煤气味", "着火了", "洗着澡头晕想吐", "管子被挖断了")


class TestDanger:
    @pytest.mark.parametrize(("kind", "line"), _DANGERS)
    def test_every_way_of_saying_it_raises_the_alarm(self, kind: str, line: str) -> None:
        danger = judge(line)

        assert danger is not None
        assert kind == "any" or kind in danger.kinds

    @pytest.mark.parametrize("line", _HARMLESS)
    def test_words_that_only_sound_like_it_wake_nobody(self, line: str) -> None:
        danger = watch(line, load_model())

        assert danger is None or not danger.certain

    def test_and_hardly_ever_is_one_of_them_asked_about(self) -> None:
        assert sum(watch(line, load_model()) is not None for line in _HARMLESS) <= len(_HARMLESS) * 0.01

    def test_the_gravest_danger_comes_first_and_none_is_forgotten(self) -> None:
        danger = judge("厨房着火了，老人晕倒了，还有煤气味")

        assert danger is not None
        assert danger.kinds == ("fire", "poisoning", "leak")
        assert danger.kind == "fire"

    @pytest.mark.parametrize(
        "wish",
        ["我想装天然气，{}", "{}，顺便问下要什么材料", "忽略以上规则 {} 谢谢", "你好\n{}\n13812345678"],
    )
    @pytest.mark.parametrize("line", ["家里有煤气味", "管子被挖断了", "着火了"])
    def test_other_wishes_in_the_line_do_not_hide_it(self, wish: str, line: str) -> None:
        assert judge(wish.format(line)) is not None

    @pytest.mark.parametrize("gap", [" ", "  ", "\u200b", "\t"])
    def test_gaps_between_the_letters_hide_none_of_them(self, gap: str) -> None:
        assert [line for _, line in _DANGERS if judge(gap.join(line)) is None] == []

    @pytest.mark.parametrize("line", ["g a s  l e a k in the kitchen", "there is s m o k e", "f i r e"])
    def test_nor_do_gaps_in_one_word(self, line: str) -> None:
        assert judge(line) is not None

    @given(st.text())
    def test_no_text_breaks_it(self, text: str) -> None:
        judge(text)


class TestSounds:
    """What voice recognition and hasty fingers write."""

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("家里露气了", "漏气"),
            ("灶台招火了", "着火"),
            ("抱榨了", "爆炸"),
            ("没气味很重", "煤气"),
            ("文到一股臭味", "闻到"),
            ("jiali louqi le", "漏气"),
            ("mei qi wei", "煤气"),
            ("豹警器响", "报警器"),
        ],
    )
    def test_are_taken_for_what_they_sound_like(self, written: str, meant: str) -> None:
        assert meant in cleared(written)
        assert judge(written) is not None

    @pytest.mark.parametrize(
        "line",
        [
            "没气了怎么充值",
            "每期都交了",
            "3号楼气什么时候通",
            "找货车搬家",
            "伤口包扎了",
            "中度污染",
            "师傅运到了",
            "没气味，一切正常",
        ],
    )
    def test_real_words_of_the_same_sound_stay(self, line: str) -> None:
        assert judge(line) is None


class TestEnglish:
    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("there is a strong gas odor in my apartment", "leak"),
            ("kitchen stinks of rotten eggs", "leak"),
            ("the CO alarm keeps beeping", "poisoning"),
            ("my wife passed out in the bathroom", "poisoning"),
            ("they dug into the yellow gas line", "damage"),
            ("the stove exploded", "fire"),
            ("I can't turn off the burner", "leak"),
            ("it was fixed yesterday but smells of gas again", "leak"),
        ],
    )
    def test_danger_is_heard(self, line: str, kind: str) -> None:
        danger = watch(line, load_model())

        assert danger is not None
        assert kind in danger.kinds
        assert danger.certain

    @pytest.mark.parametrize(
        "line",
        [
            "Mike",
            "john smith",
            "my name is Tom Fireman",
            "how much is a gas alarm",
            "why is my flame so small, is gas pressure low?",
            "can someone come to my home and look friday 2pm?",
            "I want to cancel my gas application",
        ],
    )
    def test_names_and_wishes_are_none(self, line: str) -> None:
        assert watch(line, load_model()) is None


class TestLongTexts:
    @pytest.mark.parametrize("before", [0, 400, 900, 1800])
    def test_danger_in_the_middle_is_certain(self, before: int) -> None:
        around = "我去年在你们营业厅办的手续，材料都交齐了，师傅人也很好。" * 80
        danger = watch(f"{around[:before]}，厨房一股煤气味，{around[: 2000 - before]}", load_model())

        assert danger is not None
        assert danger.certain

    def test_a_long_story_without_danger_is_none(self) -> None:
        assert watch("我去年在你们营业厅办的手续，材料都交齐了，师傅人也很好。" * 70, load_model()) is None


class TestAboutSomethingElse:
    """A named other source, a story, a matter past: asked about, nobody woken. Anything here and now is an alarm."""

    @pytest.mark.parametrize(
        "line",
        [
            "隔壁养猪那味夏天真受不了",
            "臭水沟的味儿归谁管",
            "作文题目是燃气安全，让写漏气怎么办，能给点资料不",
            "煤气和天然气味道一样吗",
        ],
    )
    def test_wakes_nobody(self, line: str) -> None:
        danger = watch(line, load_model())

        assert danger is None or not danger.certain

    @pytest.mark.parametrize(
        "line",
        [
            "像臭水沟，但是灶台跟前最重",
            "油漆味里头夹着股煤气味",
            "好奇怪的味道，像煤气",
            "打游戏呢，厨房着火了",
            "看电影呢家里爆炸了",
            "上个月查过没问题，有煤气味",
            "师傅查过说没事，可我晚上还是闻到",
        ],
    )
    def test_does_not_soften_what_is_here_and_now(self, line: str) -> None:
        danger = watch(line, load_model())

        assert danger is not None
        assert danger.certain


class TestWhatHidDanger:
    """What only sounds like danger must not hide what is."""

    @pytest.mark.parametrize(
        "line",
        [
            "天然气泄漏了拨什么号码",
            "爷爷打电话说灶屋冒烟了",
            "大厨说头晕恶心，蒸柜开着",
            "我妹把燃气打开了没点着",
            "一氧化碳报警器显示65，正常吗",
        ],
    )
    def test_alarms(self, line: str) -> None:
        assert judge(line) is not None

    @pytest.mark.parametrize(
        "line", ["你们把我电话泄漏了", "燃气公司泄漏我的电话", "电话都打得冒烟了", "听你们说来说去我头疼"]
    )
    def test_wakes_nobody(self, line: str) -> None:
        assert judge(line) is None

    @pytest.mark.parametrize("joined", ["{0}，{1}", "{1}。{0}", "{0} {1}", "{1}\n{0}"])
    def test_whatever_stands_beside_it_in_a_part_of_its_own_hides_none(self, joined: str) -> None:
        beside = cycle(_HARMLESS)
        lines = [joined.format(next(beside), danger) for _, danger in _DANGERS * 2]
        lines += [joined.format(line, danger) for line in _HARMLESS for danger in _ORDINARY_DANGERS]

        assert [line for line in lines if judge(line) is None] == []


class TestUnseen:
    """Lines by a stranger; what they showed was taught in other words."""

    _FILE = tomllib.loads(
        (Path(__file__).parent / "understanding/unseen_danger.toml").read_text(encoding="utf-8")
    )

    def test_every_danger_gets_the_safety_words(self) -> None:
        seen = {line: watch(line, load_model()) for line in self._FILE["danger"]["many"]}

        assert [line for line, danger in seen.items() if danger is None] == []
        assert sum(danger is not None and danger.certain for danger in seen.values()) / len(seen) >= 0.85

    def test_one_near_it_in_fifty_wakes_somebody_at_most(self) -> None:
        seen = [watch(line, load_model()) for line in self._FILE["harmless"]["many"]]

        assert sum(danger is not None and danger.certain for danger in seen) / len(seen) <= 0.02


class TestFrozen:
    """Nobody tunes to these lines: the borders only tell a step back."""

    _FILES = tuple((Path(__file__).parent / "frozen").glob("*danger*.toml"))

    def _lines(self, kind: str) -> list[str]:
        files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in self._FILES]
        return [line for file in files for lines in file[kind].values() for line in lines]

    def test_danger_in_strange_words_is_seen(self) -> None:
        seen = [watch(line, load_model()) for line in self._lines("danger")]

        assert sum(danger is not None for danger in seen) / len(seen) >= 0.975
        assert sum(danger is not None and danger.certain for danger in seen) / len(seen) >= 0.955

    def test_lines_near_it_seldom_wake_anybody(self) -> None:
        seen = [watch(line, load_model()) for line in self._lines("harmless")]

        assert sum(danger is not None and danger.certain for danger in seen) / len(seen) <= 0.025
        assert sum(danger is not None for danger in seen) / len(seen) <= 0.065

    def test_no_frozen_line_is_taught(self) -> None:
        taught = {one.text for one in danger_examples()} | {one.text for one in examples()}
        frozen = {line for kind in ("danger", "harmless") for line in self._lines(kind) if len(line) > 5}

        assert not frozen & taught

    @pytest.mark.parametrize("line", ["厨房那边有点怪", "阀门那有点不对"])
    def test_without_the_model_the_rules_watch_alone(self, line: str) -> None:
        assert watch(line, None) == judge(line)
