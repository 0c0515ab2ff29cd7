"""Prepare, start, watch, say when it is ready, stop."""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress

import httpx

from config.settings import Settings
from run import plan
from run.children import GaveUp, keep_running, run_once
from run.plan import Member
from run.wording import say, sentence

_READY_WITHIN = 90.0  # seconds; the assistant may train its model at the first start
_POLL = 0.2


async def run_all(settings: Settings, environment: Mapping[str, str]) -> int:
    """Run everything until cancelled. An exit code when it cannot go on."""
    wanted = plan.members(settings)
    if not _ports_are_free(wanted):
        return 1
    say("preparing_in_production" if settings.production else "preparing")
    if await run_once("prepare", plan.preparation(settings), environment) != 0:
        say("not_prepared")
        return 1
    code = 0
    try:
        async with asyncio.TaskGroup() as group:
            for member in wanted:
                group.create_task(keep_running(member, environment))
            await _wait_until_ready(wanted)
            _announce(settings)
    except* GaveUp:
        code = 1
    return code


def _ports_are_free(wanted: list[Member]) -> bool:
    taken = [member for member in wanted if member.port is not None and _answers(member.port)]
    for member in taken:
        say("port_taken", port=member.port, name=member.name, setting=member.port_setting)
    return not taken


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


async def _wait_until_ready(wanted: list[Member]) -> None:
    """Raises GaveUp for the first member that is not ready in time."""
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        for url, member in ((member.ready_url, member) for member in wanted if member.ready_url):
            try:
                await asyncio.wait_for(_poll_until_ready(client, url), _READY_WITHIN)
            except TimeoutError:
                say("not_ready", name=member.name, seconds=int(_READY_WITHIN))
                raise GaveUp(member.name) from None


async def _poll_until_ready(client: httpx.AsyncClient, url: str) -> None:
    while True:
        with suppress(httpx.TransportError):
            if (await client.get(url)).status_code == 200:
                return
        await asyncio.sleep(_POLL)


def _announce(settings: Settings) -> None:
    backend = f"http://127.0.0.1:{settings.backend_port}"
    if settings.production:
        say("ready_in_production", backend=backend)
        return
    named = sentence("no_simulator", wechat=settings.wechat_api_base)
    simulator = f"http://127.0.0.1:{settings.simulator_port}" if plan.wants_simulator(settings) else named
    secrets = {"password": settings.demo_password, "partner_secret": settings.demo_partner_secret}
    say("ready", simulator=simulator, backend=backend, **secrets)
