"""Where it is measured: durable PostgreSQL, the backend and the simulator as an operator starts them, and the references."""

import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes, token_hex, token_urlsafe

from backend import embedded
from backend.bots.understanding.store import load_model
from config.settings import PROJECT_ROOT, Settings

_READY_WITHIN = 60.0  # seconds
REFERENCES = PROJECT_ROOT / "bench" / "references"
REFERENCE_PYTHON = PROJECT_ROOT / "bench" / ".venv" / "bin" / "python"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`environment` is what every process of the service was started with."""

    settings: Settings
    environment: Mapping[str, str]
    backend: int
    simulator: int
    logs: Path

    @property
    def postgres(self) -> str:
        """The database's address as asyncpg takes it."""
        return str(self.settings.database_url).replace("asyncpg://", "postgresql://", 1)


@contextmanager
def opened(folder: Path) -> Iterator[Place]:
    """Everything of ours, with demo data, until the block ends."""
    folder.chmod(0o755)  # the database of a root run is somebody else
    load_model()  # learned now, if it has to be: not beside what is measured
    given = Settings(var_dir=folder, database_url=None, redis_url=None)
    with ExitStack() as stack:
        urls = stack.enter_context(embedded.services(given))
        backend, simulator = free_port(), free_port()
        platform = f"http://127.0.0.1:{simulator}"
        environment = {
            **_production_secrets(),
            "VAR_DIR": str(folder),
            "DATABASE_URL": urls.database_url,
            "REDIS_URL": urls.redis_url,
            "WECHAT_API_BASE": platform,
            "WECOM_API_BASE": platform,
            "BACKEND_PORT": str(backend),
            "PUBLIC_BASE_URL": "https://bench.example",
            "SIMULATOR_PORT": str(simulator),
            "BACKEND_URL": f"http://127.0.0.1:{backend}",
            "SIMULATOR_BIND_DEMO_STAFF": "0",
        }
        settings = given.model_copy(update=_as_fields(environment))
        demo = [sys.executable, "-m", "backend.demo_data"]
        subprocess.run(demo, cwd=PROJECT_ROOT, env={**os.environ, **environment}, check=True)  # noqa: S603  our own command
        for module, port in (("simulator", simulator), ("backend", backend)):
            command = [sys.executable, "-m", module]
            installed = {**environment, "APP_ENV": "production"}
            stack.enter_context(_process(command, installed, folder / f"{module}.log", port))
        yield Place(
            settings=settings, environment=environment, backend=backend, simulator=simulator, logs=folder
        )


@contextmanager
def database_alone(folder: Path) -> Iterator[Settings]:
    """Durable PostgreSQL and nothing else, until the block ends."""
    folder.chmod(0o755)
    given = Settings(var_dir=folder, database_url=None, redis_url=None)
    with embedded.services(given) as urls:
        yield given.model_copy(update={"database_url": urls.database_url})


def _production_secrets() -> dict[str, str]:
    """What an installation has: in production the service refuses the development's, and reads no development clock."""
    secrets_of = ("SECRET_KEY", "WECHAT_OA_SECRET", "WECHAT_MP_SECRET", "WECOM_SECRET")
    tokens = {name: token_urlsafe(32) for name in (*secrets_of, "DEMO_PASSWORD")}
    keys = {f"WECHAT_{app}_AES_KEY": _aes_key() for app in ("OA", "MP")}
    callbacks = {f"WECHAT_{app}_TOKEN": token_hex(16) for app in ("OA", "MP")}
    names = {
        "WECHAT_OA_APPID": "wx00000000000bench",
        "WECHAT_MP_APPID": "wx0000000000benchm",
        "WECOM_CORP_ID": "ww0bench",
    }
    return {**tokens, **keys, **callbacks, **names}


def _aes_key() -> str:
    return b64encode(token_bytes(32)).decode().rstrip("=").replace("+", "A").replace("/", "A")


def _as_fields(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings' fields among them."""
    fields = {name.lower(): value for name, value in environment.items()}
    return {name: fields[name] for name in Settings.model_fields if name in fields and name != "var_dir"}


@contextmanager
def flask_reference(place: Place, name: str) -> Iterator[int]:
    """One gunicorn process with 32 threads; its port."""
    port = free_port()
    options = ["-w", "1", "--threads", "32", "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    command = [str(REFERENCE_PYTHON), "-m", "gunicorn", *options, f"{name}:app"]
    with _process(command, _secrets(place), place.logs / f"{name}.log", port):
        yield port


@contextmanager
def second_backend(place: Place) -> Iterator[int]:
    """Another process of the service on the same database; its port."""
    port = free_port()
    installed = {**place.environment, "APP_ENV": "production", "BACKEND_PORT": str(port)}
    command = [sys.executable, "-m", "backend"]
    with _process(command, installed, place.logs / "second.log", port):
        yield port


def pid_listening(port: int) -> int:
    """Whose port it is. Raises LookupError."""
    line = next(
        line
        for line in Path("/proc/net/tcp").read_text().splitlines()
        if f":{port:04X} 00000000:0000 0A" in line
    )
    socket_name = f"socket:[{line.split()[9]}]"
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if str(link.readlink()) == socket_name:
                return int(link.parts[2])
    raise LookupError(port)


@contextmanager
def fastapi_reference(place: Place, name: str) -> Iterator[int]:
    """One uvicorn process; its port."""
    port = free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error", "--no-access-log"]
    command = [str(REFERENCE_PYTHON), "-m", "uvicorn", *options, f"{name}:app"]
    with _process(command, _secrets(place), place.logs / f"{name}.log", port):
        yield port


@contextmanager
def sanic_reference(place: Place, *, answer_bytes: int) -> Iterator[int]:
    """One Sanic process answering so many bytes, or the rows of an application; its port."""
    port = free_port()
    environment = {**_secrets(place), "ANSWER_BYTES": str(answer_bytes), "POSTGRES": place.postgres}
    command = [str(REFERENCE_PYTHON), "bare_sanic.py", str(port)]
    with _process(command, environment, place.logs / "bare_sanic.log", port):
        yield port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _secrets(place: Place) -> dict[str, str]:
    chosen = place.settings
    return {
        "TOKEN": chosen.wechat_oa_token,
        "AES_KEY": chosen.wechat_oa_aes_key,
        "APP_ID": chosen.wechat_oa_appid,
    }


@contextmanager
def _process(command: list[str], environment: Mapping[str, str], log: Path, port: int) -> Iterator[None]:
    folder = PROJECT_ROOT if command[0] == sys.executable else REFERENCES
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603  our own commands
            command, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=output
        )
    try:
        _await_port(process, log, port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await_port(process: "subprocess.Popen[bytes]", log: Path, port: int) -> None:
    give_up = time.monotonic() + _READY_WITHIN
    while process.poll() is None and time.monotonic() < give_up:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not get ready:\n{log.read_text(errors='replace')[-3000:]}")
