"""Defers so many empty jobs and prints the seconds one worker takes to run them all."""

import asyncio
import sys
import time

import psycopg
from procrastinate import App, PsycopgConnector

_DATABASE = "procrastinate"


async def main(server: str, jobs: int) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {_DATABASE}")
    app = App(connector=PsycopgConnector(conninfo=server, kwargs={"dbname": _DATABASE}))

    @app.task(queue="empty", name="nothing")
    async def nothing():
        return None

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await nothing.batch_defer_async(*[{} for _ in range(jobs)])
        began = time.perf_counter()
        await app.run_worker_async(wait=False, concurrency=16, install_signal_handlers=False)
        sys.stdout.write(str(time.perf_counter() - began))


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
