"""Each case keeps the policy under which it began (§3-2)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from backend.actions import pauses
from backend.models import CaseClock, ConnectionApplication
from backend.queries import progress
from config import policy, tables
from config.tables import ConfigurationFault
from tests.support.builders import MONDAY_15, a_member_of_staff, an_accepted_site, an_act, an_application


@pytest.fixture
def next_year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A later version gives two days for ignition; the first one lies in the archive."""
    first = (tables.FOLDER / "policy.toml").read_text(encoding="utf-8")
    (tmp_path / policy.ARCHIVE).mkdir()
    (tmp_path / policy.ARCHIVE / f"{policy.current().version}.toml").write_text(first, encoding="utf-8")
    ignition = first.index("[clocks.ignition]")
    later = first[:ignition] + first[ignition:].replace('limit = "1d"', 'limit = "2d"', 1)
    later = later.replace(f'version = "{policy.current().version}"', 'version = "2027-1"')
    (tmp_path / "policy.toml").write_text(later, encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)


def come_into_force() -> None:
    policy.current.cache_clear()
    policy.of.cache_clear()


@pytest.fixture(autouse=True)
def restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    come_into_force()


async def test_a_case_begun_before_the_change_keeps_its_limit(
    database: str, request: pytest.FixtureRequest
) -> None:
    await an_accepted_site()
    await a_member_of_staff("customer_manager")
    old = await an_application()
    request.getfixturevalue("next_year")
    come_into_force()
    new = await an_application(address="新郑市龙湖镇龙湖锦园5号楼101")

    assert (old.policy_version, new.policy_version) == ("2021-51", "2027-1")
    act = an_act("customer_manager", MONDAY_15 + timedelta(hours=2))
    for case in (old, new):
        await pauses.pause(case.number, "customer_reason", "客户出差", act=act)
        later = an_act("customer_manager", MONDAY_15 + timedelta(hours=5))
        await pauses.resume(case.number, None, act=later)
    assert await due(old) == MONDAY_15 + timedelta(days=1, hours=3)
    assert await due(new) == MONDAY_15 + timedelta(days=2, hours=3)
    shown = await progress.get(old.number, now=MONDAY_15 + timedelta(hours=5))
    assert shown.clock is not None
    assert shown.clock.remaining == timedelta(hours=22)


async def due(case: ConnectionApplication) -> object:
    return (await CaseClock.get(application_id=case.id, kind="ignition")).due_at


def test_a_version_nobody_archived_is_a_fault() -> None:
    with pytest.raises(ConfigurationFault, match="1999"):
        policy.of("1999")
