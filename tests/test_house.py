"""Rules of the house that no linter keeps: the size of rooms, and nothing about the machine it was written on."""

import ast
import os
import re
import statistics
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import PROJECT_ROOT

_ROOMS = ("backend", "scheduler", "config", "simulator", "run", "bench", "tests")
_NOT_OURS = {"node_modules", "var", "__pycache__", "migrations"}
_LARGEST_FILE, _LARGE_FILE, _MEDIAN_FILE, _LARGEST_FUNCTION = 400, 250, 90, 60  # lines


def _files(*places: Path) -> Iterator[Path]:
    for place in places:
        for folder, folders, names in os.walk(place):
            folders[:] = [
                name for name in folders if name not in _NOT_OURS and (name == ".ci" or name[0] != ".")
            ]
            yield from (Path(folder, name) for name in names if name != ".env")


def _named(path: Path) -> str:
    return str(path.relative_to(PROJECT_ROOT))


@pytest.fixture(scope="module")
def code() -> dict[Path, str]:
    rooms = [PROJECT_ROOT / room for room in _ROOMS]
    return {
        path: path.read_text(encoding="utf-8")
        for path in _files(*rooms)
        if path.suffix in {".py", ".js", ".css"}
    }


@pytest.fixture(scope="module")
def texts() -> dict[Path, str]:
    """Every text file of the project."""
    found = {}
    for path in _files(PROJECT_ROOT):
        try:
            found[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
    return found


def test_no_file_is_too_long(code: dict[Path, str]) -> None:
    lengths = {_named(path): text.count("\n") for path, text in code.items()}

    large = {name: lines for name, lines in lengths.items() if lines > _LARGE_FILE}
    if large:
        warnings.warn(f"files over {_LARGE_FILE} lines, each worth a look: {large}", stacklevel=1)
    assert {name: lines for name, lines in lengths.items() if lines > _LARGEST_FILE} == {}
    assert statistics.median(lines for lines in lengths.values() if lines) <= _MEDIAN_FILE


def test_every_function_fits_a_screen(code: dict[Path, str]) -> None:
    long = {
        f"{_named(path)}:{node.name}": lines
        for path, text in code.items()
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > _LARGEST_FUNCTION
    }
    assert long == {}


def test_nothing_names_the_machine_it_was_written_on(texts: dict[Path, str]) -> None:
    own = {str(place) for place in (PROJECT_ROOT, Path.home()) if len(place.parts) > 2}
    registries = {
        os.environ.get(name, "")
        for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_INDEX_URL")
    }
    foreign = re.compile("|".join(map(re.escape, sorted(own | (registries - {""})))) or r"(?!)")

    assert [_named(path) for path, text in texts.items() if foreign.search(text)] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "package-lock.json"])
def test_lock_files_name_no_registry(lock: str) -> None:
    assert (
        re.findall(r'\S*(?:https?|file)://\S+|"resolved"', (PROJECT_ROOT / lock).read_text(encoding="utf-8"))
        == []
    )


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_dependency_has_its_digest(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (PROJECT_ROOT / lock).read_text(encoding="utf-8").strip())

    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_locks_agree() -> None:
    service, tools = (
        dict(re.findall(r"^(\S+)==(\S+)", (PROJECT_ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert {name: version for name, version in service.items() if tools.get(name) != version} == {}


def test_every_exception_to_a_rule_carries_its_reason(code: dict[Path, str]) -> None:
    bare = re.compile(
        r"^[^#\n]*#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?)\s*$", re.MULTILINE
    )

    assert [_named(path) for path, text in code.items() if bare.search(text)] == []
