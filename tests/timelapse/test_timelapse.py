"""The timelapse's first day, on the service's real processes: every push at its hour, with its rule, on its phone."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded import ServiceUrls
from bench.timelapse.place import Place, _environment
from bench.timelapse.play import play
from bench.timelapse.story import ACTS
from config.messages.texts import notices
from config.settings import PROJECT_ROOT
from config.timelapse import timelapse
from tests.support.processes import RunningProcess


@pytest.fixture
def demo_data(environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "backend.demo_data"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        check=True,
    )


class TestTheTimelapse:
    async def test_a_day_and_its_night(
        self,
        demo_data: None,
        backend_server: RunningProcess,
        scheduler_process: RunningProcess,
        simulator: RunningProcess,
        database_url: str,
    ) -> None:
        place = Place(backend=backend_server.url, platform=simulator.url, database_url=database_url)
        said: list[str] = []
        played = await asyncio.wait_for(play(place, said.append, ACTS[:5]), timeout=90)

        hours = [(push.message, f"{push.at:%H:%M}") for push in played.pushes]
        assert ("evening_digest", "10:30") in hours  # 18:30 in Shanghai
        assert ("reminder_half", "13:55") in hours  # the night would have covered 23:00
        assert ("reminder_before_deadline", "01:00") in hours  # the holiday counts
        assert [push.at for push in played.pushes] == sorted(push.at for push in played.pushes)
        assert any("§1.1-2 [clocks.design]" in line and "夜" in line for line in said)
        assert played.totals.lost == 0
        assert played.arrived == played.totals.sent


def test_it_speaks_to_nobody_outside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, services: ServiceUrls
) -> None:
    monkeypatch.setenv("SMS_API_BASE", "https://sms.example.cn")
    monkeypatch.setenv("PARTNER_ZWFW_URL", "https://partner.example.cn")
    monkeypatch.setenv("WECHAT_API_BASE", "https://api.weixin.qq.com")
    monkeypatch.setenv("DATABASE_URL", "postgres://real.example.cn/lantian")
    environment = _environment(tmp_path, services)
    addresses = [value for name, value in environment.items() if name.endswith(("_URL", "_API_BASE"))]
    own = ("http://127.0.0.1:", services.database_url, services.redis_url)
    foreign = [one for one in addresses if "example.cn" in one or "weixin" in one]
    assert foreign == []
    assert environment["WECHAT_API_BASE"].startswith(own[0])
    assert (environment["DATABASE_URL"], environment["REDIS_URL"]) == own[1:]


def test_every_rule_is_one_of_a_message_that_exists_and_every_act_has_its_words() -> None:
    say = timelapse()
    assert set(say.rules) | set(say.clock_rules) <= set(notices())
    assert {act.__name__ for _, _, act in ACTS} == set(say.acts)
