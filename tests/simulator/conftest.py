"""The platform as a process of its own, with a backend of a few lines at the other end."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.simulator.fake_backend import FakeBackend
from tests.simulator.platform_client import PlatformClient
from tests.support import processes
from tests.support.processes import RunningProcess

# a slow moment of a shared machine is no finding of a property test
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def backend_port() -> int:
    return processes.free_port()


@pytest.fixture(scope="session")
async def listening_backend(backend_port: int) -> AsyncIterator[FakeBackend]:
    backend = FakeBackend()
    server = await asyncio.start_server(backend.serve, "127.0.0.1", backend_port)
    yield backend
    server.close()
    await backend.hang_up()


@pytest.fixture(scope="session")
def platform_process(backend_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProcess]:
    port = processes.free_port()
    log: Path = tmp_path_factory.mktemp("platform") / "simulator.log"
    process = RunningProcess(
        module="simulator",
        environment={
            "SIMULATOR_PORT": str(port),
            "BACKEND_URL": f"http://127.0.0.1:{backend_port}",
            "SIMULATOR_BIND_DEMO_STAFF": "0",
        },
        log=log,
        url=f"http://127.0.0.1:{port}",
        ready_path="/sim/users",
    )
    process.start()
    yield process
    process.stop()


@pytest.fixture
async def backend(listening_backend: FakeBackend) -> FakeBackend:
    """Answers `success` to everything until a test says otherwise."""
    listening_backend.fresh()
    return listening_backend


@pytest.fixture
async def platform(platform_process: RunningProcess, backend: FakeBackend) -> AsyncIterator[PlatformClient]:
    """The platform without faults, messages or open windows."""
    client = PlatformClient(platform_process.url)
    await client.http.post("/sim/reset")
    await client.callbacks(pause_seconds=0)
    yield client
    await client.http.aclose()
