"""Migrations make what the models say, once, whoever starts at the same time."""

import asyncio
import sys

import asyncpg
import pytest
from tortoise.cli import cli
from tortoise.cli.cli import CLIContext
from tortoise.migrations.writer import MigrationWriter

from backend import database
from backend.embedded import ServiceUrls
from config.settings import PROJECT_ROOT
from tests.support.services import for_asyncpg

_MIGRATE = "import asyncio, sys; from backend import database; asyncio.run(database.migrate(sys.argv[1]))"


def _refuse(writer: object) -> str:
    raise AssertionError(f"a model has changed without a migration: {writer}")


async def test_models_and_migrations_agree(
    migrated_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed model without its migration would be found here."""
    monkeypatch.setattr(cli, "_load_config", lambda _: database.configuration(migrated_database_url))
    monkeypatch.setattr(MigrationWriter, "write", _refuse)
    await cli.makemigrations(CLIContext(None, None), (), False, None)
    assert "No changes detected" in capsys.readouterr().out


async def test_four_processes_that_start_at_once_migrate_together(services: ServiceUrls) -> None:
    connection = await asyncpg.connect(for_asyncpg(services.database_url))
    await connection.execute('DROP DATABASE IF EXISTS "four" WITH (FORCE)')
    await connection.execute('CREATE DATABASE "four"')
    await connection.close()
    url = services.database_url.replace("/postgres?", "/four?", 1)
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", _MIGRATE, url, cwd=PROJECT_ROOT, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(4)
    ]
    for process in processes:
        _, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()
    connection = await asyncpg.connect(for_asyncpg(url))
    assert await connection.fetchval("SELECT count(*) FROM applications") == 0
    await connection.close()
