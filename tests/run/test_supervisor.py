"""What `make run` does with the processes it started, seen with small programs in their place."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from run import plan
from run.children import GaveUp, keep_running, run_once
from run.plan import Member
from run.supervisor import run_all
from tests.support.waiting import alive, wait_until


def program(text: str) -> tuple[str, ...]:
    return (sys.executable, "-u", "-c", text)


async def appears(path: Path) -> str:
    """The content a program writes to `path`."""
    await asyncio.to_thread(
        wait_until, lambda: path.exists() and bool(path.read_text()), f"{path.name} is written"
    )
    return path.read_text()


class TestOneChild:
    async def test_its_lines_carry_its_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        code = await run_once(
            "backend", program("print('第一行'); print('第二行'); raise SystemExit(3)"), os.environ
        )

        assert code == 3
        assert capsys.readouterr().out == "backend   | 第一行\nbackend   | 第二行\n"

    async def test_stopping_waits_for_it(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = "import signal, time\ndef bye(*_): print('清理完毕'); raise SystemExit\nsignal.signal(signal.SIGTERM, bye)\n"
        text += f"open({str(tmp_path / 'up')!r}, 'w').write('1')\ntime.sleep(60)"
        running = asyncio.create_task(run_once("scheduler", program(text), os.environ))
        await appears(tmp_path / "up")

        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert "清理完毕" in capsys.readouterr().out

    async def test_workers_it_leaves_behind_end_too(self, tmp_path: Path) -> None:
        """They hold its port and its output open."""
        worker = f"import os, time; open({str(tmp_path / 'worker')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
        text = f"import subprocess, sys, time, os\nsubprocess.Popen([sys.executable, '-c', {worker!r}])\n"
        text += f"while not os.path.exists({str(tmp_path / 'worker')!r}): time.sleep(0.01)\nos._exit(1)"

        async with asyncio.timeout(20):
            assert await run_once("backend", program(text), os.environ) == 1
        pid = int(await appears(tmp_path / "worker"))
        await asyncio.to_thread(wait_until, lambda: not alive(pid), "the worker has ended")

    async def test_one_that_dies_is_started_again(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        text = f"import os, time\nif not os.path.exists({str(first)!r}): open({str(first)!r}, 'w').close(); os._exit(7)\n"
        text += f"open({str(second)!r}, 'w').write('1'); time.sleep(60)"
        running = asyncio.create_task(keep_running(Member(name="backend", command=program(text)), os.environ))

        await appears(second)
        running.cancel()
        assert "backend 意外退出（代码 7）" in capsys.readouterr().out

    async def test_one_that_keeps_dying_is_given_up(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("run.children._RESTARTS", 1)

        with pytest.raises(GaveUp):
            await keep_running(Member(name="backend", command=program("raise SystemExit(1)")), os.environ)
        assert "多次意外退出" in capsys.readouterr().out


class TestAll:
    @pytest.fixture
    def settings(self, free_port: int) -> Settings:
        return Settings(backend_port=free_port, simulator_port=free_port)

    async def test_a_taken_port_is_named_before_anything_starts(
        self, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", settings.backend_port)
        async with server:
            assert await run_all(settings, os.environ) == 1

        assert f"端口 {settings.backend_port} 已被占用" in capsys.readouterr().out

    async def test_nothing_starts_when_the_preparation_fails(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(plan, "preparation", lambda _: program("raise SystemExit(1)"))

        assert await run_all(settings, os.environ) == 1
        assert "数据库没有准备好" in capsys.readouterr().out


class TestPlan:
    def test_a_named_platform_replaces_the_simulator(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WECHAT_API_BASE", raising=False)
        assert [member.name for member in plan.members(Settings())] == ["simulator", "backend", "scheduler"]

        monkeypatch.setenv("WECHAT_API_BASE", "http://127.0.0.1:9999")
        assert [member.name for member in plan.members(Settings())] == ["backend", "scheduler"]
