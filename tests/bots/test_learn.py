"""What supervisors marked comes back as training text: new lines are added, all others refused with their reason."""

import shutil
import sys
from pathlib import Path

import pytest

from backend.bots import learn
from backend.bots.learn import Marked
from backend.bots.report import HeldOut
from backend.bots.understanding.training_text import TRAINING

NEW = "催了好几回了你们倒是给个准信"


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the training text that may be written to."""
    copy = shutil.copytree(TRAINING, tmp_path / "training")
    monkeypatch.setattr(learn, "TRAINING", copy)
    return copy


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["learn", *map(str, arguments)])
    learn.main()


def fault_of(text: str, intent: str = "urge", held_out: tuple[HeldOut, ...] = ()) -> str | None:
    (one,) = learn.judge([Marked(text=text, intent=intent)], held_out)  # type: ignore[arg-type]  # an intent by name
    return one.fault


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (NEW, None),
        ("{人名}催了好几回了，回我电话{号}", None),
        ("催一下", "known"),
        ("我要投诉", "contradicts"),
        ("我叫张小满，催了好几回了", "personal"),
        ("回我电话13712345678，催了好几回", "personal"),
        ("我电话幺三八幺二三四五六七八，催了好几回", "personal"),
        ("龙湖锦园3号楼2单元501催了好几回了", "personal"),
        ("XZ202611230018催了好几回了", "personal"),
        ("李师傅催了好几回都不来", "personal"),
        ("{不知道是什么}催了", "empty"),
        ("。。。", "empty"),
    ],
)
def test_only_what_is_new_and_names_nobody_is_taught(line: str, fault: str | None) -> None:
    assert fault_of(line) == fault


def test_a_line_kept_for_examination_is_never_taught() -> None:
    held_out = HeldOut.model_validate({"lines": {"urge": [NEW]}})
    assert fault_of(NEW, held_out=(held_out,)) == "held_out"


def test_of_two_marks_the_first_counts(text: Path) -> None:
    again = [
        Marked(text=NEW, intent="urge"),
        Marked(text=NEW, intent="urge"),
        Marked(text=NEW, intent="progress"),
    ]
    assert [one.fault for one in learn.judge(again, ())] == [None, "known", "contradicts"]


def test_exported_files_are_added_below_a_heading_and_what_is_refused_is_told(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exported = tmp_path / "urge.txt"
    exported.write_text(f"{NEW}\n催一下\n", encoding="utf-8")
    before = (text / "urge.txt").read_text(encoding="utf-8")

    run(monkeypatch, exported)

    after = (text / "urge.txt").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert after.splitlines()[-2:] == ["## 客户的话", NEW]
    told = capsys.readouterr().out
    assert "收入1句，未收1句" in told
    assert "未收（已经教过）：urge　催一下" in told

    run(monkeypatch, exported)  # a second time adds nothing
    assert (text / "urge.txt").read_text(encoding="utf-8") == after


def test_the_effect_on_lines_nobody_taught_is_shown(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "urge.txt").write_text(NEW, encoding="utf-8")
    (tmp_path / "asked.toml").write_text('[lines]\nurge = ["快点来人行不行"]\n', encoding="utf-8")

    run(monkeypatch, tmp_path / "urge.txt", "--measure", tmp_path / "asked.toml")

    assert "检验句答对：100.00% → 100.00%" in capsys.readouterr().out


def test_a_file_of_no_intent_changes_nothing(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wishes.txt").write_text(NEW, encoding="utf-8")
    with pytest.raises(SystemExit):
        run(monkeypatch, tmp_path / "wishes.txt")
    assert not any(NEW in path.read_text(encoding="utf-8") for path in text.glob("*.txt"))
