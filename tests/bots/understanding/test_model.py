"""The model is learned from the text alone, kept below build/, and made anew when its file is damaged."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.bots.understanding import store
from backend.bots.understanding.danger_text import danger_examples
from backend.bots.understanding.features import letters, wide_features
from backend.bots.understanding.learned import from_bytes, to_bytes
from backend.bots.understanding.model import Model
from backend.bots.understanding.page_text import page_examples
from backend.bots.understanding.teaching import teach
from backend.bots.understanding.training_text import examples

_FEW = examples()[::40]
_FEW_DANGERS = danger_examples()[::20]
_FEW_QUESTIONS = page_examples(_FEW)


class TestTrainingText:
    def test_every_choice_is_written_out(self) -> None:
        assert not [one.text for one in examples() if set("{}|?") & set(one.text)]

    def test_every_intent_is_taught_in_hundreds_of_ways(self) -> None:
        assert min(Counter(one.intent for one in examples()).values()) >= 300


class TestFeatures:
    def test_what_stands_near_is_seen_whatever_the_order_and_what_stands_far_is_not(self) -> None:
        assert {"催&急"} <= {*wide_features("急得很，催")} & {*wide_features("催一下，急")}
        assert "催&急" not in wide_features("急" + "一二三四五六七八" + "催")

    def test_ideas_are_seen_in_their_order(self) -> None:
        assert "<install>|<money>" in wide_features("安装多少钱")
        assert "<install>|<money>" not in wide_features("多少钱安装")

    def test_signs_that_are_words_are_read_and_others_left_out(self) -> None:
        assert letters("🙏 👻装气") == "谢谢装气"


class TestModel:
    def test_the_same_text_gives_the_same_model(self) -> None:
        assert to_bytes(teach(_FEW, _FEW_DANGERS, _FEW_QUESTIONS)) == to_bytes(
            teach(_FEW, _FEW_DANGERS, _FEW_QUESTIONS)
        )

    def test_it_says_the_same_after_it_was_stored(self) -> None:
        kept = from_bytes(to_bytes(teach(_FEW, _FEW_DANGERS, _FEW_QUESTIONS)))

        again = from_bytes(to_bytes(kept))
        assert Model(again).opinion("我家想装天然气") == Model(kept).opinion("我家想装天然气")


class TestStore:
    def test_a_damaged_file_is_replaced_and_nothing_else_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "subprocess.run",
            lambda *_, **__: SimpleNamespace(stdout=to_bytes(teach(_FEW, _FEW_DANGERS, _FEW_QUESTIONS))),
        )
        folder = tmp_path / "assistant"
        folder.mkdir()
        (folder / "of-older-text.npz").write_bytes(b"old")

        first = store.load_model.__wrapped__(folder)
        (kept,) = folder.iterdir()
        kept.write_bytes(kept.read_bytes()[:1000])
        second = store.load_model.__wrapped__(folder)

        assert [path.name for path in folder.iterdir()] == [kept.name]
        assert first.opinion("催一下") == second.opinion("催一下")
