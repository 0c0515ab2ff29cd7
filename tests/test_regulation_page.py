"""The page about the regulation says what the software does."""

import subprocess
import sys

import pytest

from backend.policy.page import TABLES, page
from backend.rules.stages import Table
from config import policy
from config.settings import PROJECT_ROOT


def test_the_page_in_docs_is_what_the_software_prints() -> None:
    """Otherwise: .venv/bin/python -m backend.policy > docs/regulation.md"""
    printed = subprocess.run(
        [sys.executable, "-m", "backend.policy"], cwd=PROJECT_ROOT, capture_output=True, check=True
    ).stdout.decode()
    assert printed == page() == (PROJECT_ROOT / "docs/regulation.md").read_text(encoding="utf-8")


def test_every_limit_has_a_step_that_starts_it_and_one_that_ends_it() -> None:
    exchanged = {"project_large"}  # a small project becomes large when the road is measured
    for kind in policy.current().clocks:
        steps = [step for table in TABLES for step in table.steps]
        assert any(kind in step.meets for step in steps), kind
        assert kind in exchanged or any(kind in step.starts for step in steps), kind


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_move_is_an_arrow_of_the_diagram(table: Table) -> None:
    drawn = page()
    for step in table.steps:
        if step.to is not None:
            assert f"--> {step.to}: {step.event}" in drawn
