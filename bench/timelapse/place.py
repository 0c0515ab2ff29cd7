"""The whole service in a folder of its own that nobody else sees: real processes on free ports."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from dotenv import dotenv_values

from backend import embedded
from backend.embedded.children import end_with_parent
from config.settings import PROJECT_ROOT, Settings

_READY_WITHIN = 60.0  # seconds
_STOPS_WITHIN = 10.0  # seconds
_POLL = 0.05
_OUTSIDE = ("WECHAT_", "WECOM_", "PARTNER_", "SMS_")
_ADDRESS = ("_URL", "_API_BASE")
_ACCOUNTS = (
    "wechat_oa_appid",
    "wechat_oa_secret",
    "wechat_oa_token",
    "wechat_oa_aes_key",
    "wechat_mp_appid",
    "wechat_mp_secret",
    "wechat_mp_token",
    "wechat_mp_aes_key",
    "wecom_corp_id",
    "wecom_agent_id",
    "wecom_secret",
    "secret_key",
    "demo_password",
)


class NotReady(Exception):
    """A process did not start; the text is what it wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the service, the local platform and the database are reached."""

    backend: str
    platform: str
    database_url: str
    password: str = str(Settings.model_fields["demo_password"].default)


@asynccontextmanager
async def open_place() -> AsyncIterator[Place]:
    """Started with demo data, gone without a trace at the end. Raises NotReady, EmbeddedServicesUnavailable."""
    with tempfile.TemporaryDirectory(prefix="timelapse-", ignore_cleanup_errors=True) as folder:
        var_dir = Path(folder)
        var_dir.chmod(0o755)  # noqa: ASYNC240  one call before anything runs; the servers of a root run as somebody else
        own = Settings(var_dir=var_dir, app_env="development", database_url=None, redis_url=None)
        async with embedded.services(own, durable=False) as urls, AsyncExitStack() as running:
            environment = _environment(var_dir, urls)
            await _prepare(environment, var_dir)
            for module, url in (
                ("simulator", environment["WECHAT_API_BASE"] + "/sim/calls"),
                ("backend", environment["PUBLIC_BASE_URL"] + "/readyz"),
                ("scheduler", ""),
            ):
                await running.enter_async_context(_running(module, environment, var_dir, url))
            yield Place(
                backend=environment["PUBLIC_BASE_URL"],
                platform=environment["WECHAT_API_BASE"],
                database_url=urls.database_url,
            )


def _environment(var_dir: Path, urls: embedded.ServiceUrls) -> dict[str, str]:
    """Ours alone: whatever platform, gateway or partner this installation has is not spoken to."""
    backend, platform = (f"http://127.0.0.1:{_free_port()}" for _ in range(2))
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_OUTSIDE)}
    elsewhere = [name.upper() for name in dotenv_values(PROJECT_ROOT / ".env")]
    # an empty value would not hide what `.env` says
    dead_ends = {
        name: platform for name in elsewhere if name.startswith(_OUTSIDE) and name.endswith(_ADDRESS)
    }
    accounts = {name.upper(): str(Settings.model_fields[name].default) for name in _ACCOUNTS}
    return {
        **kept,
        **dead_ends,
        **accounts,
        "APP_ENV": "development",
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": urls.database_url,
        "REDIS_URL": urls.redis_url,
        "BACKEND_HOST": "127.0.0.1",
        "BACKEND_PORT": backend.rpartition(":")[2],
        "BACKEND_URL": backend,
        "PUBLIC_BASE_URL": backend,
        "SIMULATOR_HOST": "127.0.0.1",
        "SIMULATOR_PORT": platform.rpartition(":")[2],
        "SIMULATOR_BIND_DEMO_STAFF": "0",
        "WECHAT_API_BASE": platform,
        "WECOM_API_BASE": platform,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _prepare(environment: Mapping[str, str], var_dir: Path) -> None:
    log = var_dir / "demo_data.log"
    process = await _start("backend.demo_data", environment, log)
    if await process.wait() != 0:
        raise NotReady(log.read_text(errors="replace"))


async def _start(module: str, environment: Mapping[str, str], log: Path) -> Process:
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            cwd=PROJECT_ROOT,
            env=dict(environment),
            stdin=DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),
        )


@asynccontextmanager
async def _running(
    module: str, environment: Mapping[str, str], var_dir: Path, ready_url: str
) -> AsyncIterator[None]:
    log = var_dir / f"{module}.log"
    process = await _start(module, environment, log)
    try:
        if ready_url and not await _answers(process, ready_url):
            raise NotReady(f"{module}\n{log.read_text(errors='replace')}")
        yield
    finally:
        await _stop(process)


async def _answers(process: Process, url: str) -> bool:
    """Whether it answers 200 in time."""
    give_up = asyncio.get_running_loop().time() + _READY_WITHIN
    async with httpx.AsyncClient(timeout=5, trust_env=False) as http:
        while process.returncode is None and asyncio.get_running_loop().time() < give_up:
            with suppress(httpx.TransportError):
                if (await http.get(url)).status_code == 200:
                    return True
            await asyncio.sleep(_POLL)
    return False


async def _stop(process: Process) -> None:
    with suppress(ProcessLookupError, TimeoutError):
        process.terminate()
        await asyncio.wait_for(process.wait(), _STOPS_WITHIN)
    with suppress(ProcessLookupError):  # workers it left behind
        os.killpg(process.pid, signal.SIGKILL)
