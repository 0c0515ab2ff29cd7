"""A configuration that does not fit together stops the start, by file and line."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend import start_checks
from backend.rules import table_checks
from backend.rules.stages import APPLICATION, Step
from config import calendar, checks, policy, tables
from config.lines import line_of
from config.tables import FOLDER, ConfigurationFault

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Changes a text in a copy of config/, which is then the one that counts."""
    copy = tmp_path / "config"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(tables, "FOLDER", copy)
    monkeypatch.setattr(checks, "FOLDER", copy)

    def put(file: str, before: str, after: str) -> None:
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        _forget()

    yield put
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for load in (*checks._FILES, policy.of, calendar.known_days):
        load.cache_clear()  # type: ignore[attr-defined]  # each is cached


def refusal() -> str:
    with pytest.raises(ConfigurationFault) as refused:
        start_checks.check_configuration()
    return str(refused.value)


def test_what_we_ship_fits_together() -> None:
    start_checks.check_configuration()


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("policy.toml", '[clocks.ignition]\nname = "点火通气"\nlimit = "1d"', '[clocks.ignition]\nname = "点火通气"\nlimit = "soon"', "clocks.ignition.limit"),
        ("limits.toml", "[pages]", "[pages]\nfewest = 1", "pages.fewest"),
        ("messages/notices.toml", 'template = "staff_task"', 'template = "staff_tsk"', "unknown template staff_tsk"),
        ("messages/notices.toml", "{visit_at}上门", "{vist_at}上门", "no code fills {vist_at}"),
        ("messages/words.toml", 'detail = "{papers}"', 'detail = "{papers"', "events.documents_received.detail"),
        ("messages/templates.toml", '"{contact_phone}"', '"{contact_fone}"', "no code fills {contact_fone}"),
        ("messages/facts.toml", "[events]", "[events]\nnobody = []", "events.nobody: there is no such text"),
        ("delivery.toml", '"sms"]', '"pigeon"]', "unknown channel pigeon"),
        ("demo.toml", '"龙湖镇", ', '"龙湖", ', "龙湖 is not in districts.toml"),
        ("messages/words.toml", 'visit = "一对一上门"\n', "", "task_names.visit has no name"),
        ("messages/problems.toml", "forbidden =", "forbiden =", "forbidden is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_line(
    change: Change, file: str, before: str, after: str, said: str
) -> None:
    change(file, before, after)
    told = refusal()
    assert said in told
    assert file in told


def test_the_line_is_the_line(change: Change) -> None:
    change("messages/notices.toml", 'template = "staff_task"', 'template = "none"')
    line = int(refusal().split(":")[1])
    text = (tables.FOLDER / "messages/notices.toml").read_text(encoding="utf-8")
    assert text.splitlines()[line - 1] == 'template = "none"'


def test_a_notice_a_step_tells_must_be_there(change: Change) -> None:
    change("messages/notices.toml", "[manager_changed]", "[manager_replaced]")
    assert "application.reassigned: tells manager_changed" in refusal()


def test_an_archived_policy_bears_the_name_of_its_version(change: Change) -> None:
    archive = tables.FOLDER / policy.ARCHIVE
    archive.mkdir()
    text = (tables.FOLDER / "policy.toml").read_text(encoding="utf-8")
    (archive / "2019-7.toml").write_text(text.replace('version = "2021-51"', 'version = "2019-6"'), "utf-8")
    assert "policies/2019-7.toml:4: version: the file's name says 2019-7" in refusal()


class TestTables:
    def test_a_stage_nobody_can_come_to_is_found(self) -> None:
        lonely = replace(APPLICATION, off_path=APPLICATION.off_path | {"nowhere"})
        found = table_checks.faults((lonely,))
        assert "application: no way leads to nowhere" in found
        assert "application: no way leads out of nowhere" in found

    def test_two_answers_to_one_question_are_found(self) -> None:
        twice = Step(event="urged", sources=frozenset({"accepted"}), by=frozenset({"customer"}))
        found = table_checks.faults((replace(APPLICATION, steps=(*APPLICATION.steps, twice)),))
        assert found == ["application.urged: two rows for accepted by customer"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a",), 1),
        (("b", "c"), 3),
        (("b", "d"), 2),
        (("list", 0, "x"), 5),
        (("list", 1, "x"), 7),
        (("list", 1, "missing"), 6),
        (("text",), 9),
        (("last",), 13),
        (("nowhere",), None),
    ],
)
def test_places_are_found_in_the_text(place: tuple[str | int, ...], line: int | None) -> None:
    assert line_of(_TEXT, place) == line


_TEXT = '''a = 1
[b]
c = 2
[[list]]
x = 1
[[list]]
x = 2
# the end
[text]
said = """
[no]
header = 1"""
[last]
'''
