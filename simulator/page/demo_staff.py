"""Demo staff get their pushes without anyone setting up anything: log in, ask for a scene, scan it."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus

import httpx

from simulator.acts.following import ExpiredScene, scan
from simulator.memory.people import Person
from simulator.world import World

_RETRY_SECONDS = 2.0
_TIMEOUT_SECONDS = 10.0


class NotReady(Exception):
    """The backend is not there yet, or does not know the demo staff yet."""


async def bind_when_ready(world: World) -> None:
    """Try quietly until the backend is up and has its demo data, then bind every phone once."""
    while True:
        try:
            await bind_all(world)
        except NotReady:
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            return


async def bind_all(world: World) -> Mapping[str, str]:
    """Login → `bound` or why not. Raises NotReady when the backend, or the first login, is not there."""
    staff = [person for person in world.people.everyone() if person.role != "customer"]
    results: dict[str, str] = {}
    async with httpx.AsyncClient(
        base_url=world.settings.backend_url, timeout=_TIMEOUT_SECONDS, trust_env=False
    ) as http:
        for person in staff:
            try:
                results[person.key] = await _bind(world, http, person)
            except httpx.HTTPError as error:
                raise NotReady(type(error).__name__) from error
            if results[person.key] == "no login" and len(results) == 1:
                raise NotReady("the demo staff are not there yet")
    world.live.tell("staff", results)
    return results


async def _bind(world: World, http: httpx.AsyncClient, person: Person) -> str:
    login = {"login": person.key, "password": world.settings.demo_password}
    session = await http.post("/api/staff/session", json=login)
    while session.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        await asyncio.sleep(float(session.headers.get("Retry-After", _RETRY_SECONDS)))
        session = await http.post("/api/staff/session", json=login)
    if not session.is_success:
        return "no login"
    bearer = {"Authorization": f"Bearer {session.json()['token']}"}
    binding = await http.post("/api/staff/wechat-binding", headers=bearer, json={})
    if not binding.is_success:
        return f"no scene: {binding.status_code}"
    try:
        outcome = await scan(world, person, str(binding.json()["scene"]))
    except ExpiredScene:
        return "scene too old"
    return "bound" if outcome.delivered.answer is not None else "not answered"
