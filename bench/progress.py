"""The mini-program's look at applications, beside the same rows by hand-written SQL."""

from uuid import uuid4

import httpx

from bench import load, place
from bench.place import Place
from bench.row import Row

_DOOR = "/api/mp/applications"
_ROUNDS, _LANES, _EACH = 5, 8, 25


async def rows(here: Place) -> list[Row]:
    """Requests a second over 8 connections: one application, and the list of one's own."""
    number, customer, token = _file(here)
    with place.sanic_reference(here, answer_bytes=1) as port:
        return [
            await _beside(here, port, f"{_DOOR}/{number}", customer, token, "progress of one application"),
            await _beside(here, port, _DOOR, customer, token, "list of mine"),
        ]


async def _beside(here: Place, port: int, path: str, customer: int, token: str, name: str) -> Row:
    ours = [[load.request("GET", path, headers=f"Authorization: Bearer {token}\r\n")] * _EACH] * _LANES
    theirs = [[load.request("GET", path, headers=f"X-Customer: {customer}\r\n")] * _EACH] * _LANES
    measured: list[float] = []
    beside: list[float] = []
    for turn in range(_ROUNDS + 1):
        mine, other = await load.run(here.backend, ours), await load.run(port, theirs)
        if turn:  # the first round warms up
            measured.append(mine.per_second)
            beside.append(other.per_second)
    reference = "the same rows by hand, asyncpg in Sanic, without tokens or texts"
    return Row(
        name=f"{name}, {_LANES} connections", unit="/s", ours=measured, reference=reference, theirs=beside
    )


def _file(here: Place) -> tuple[str, int, str]:
    """A fresh application at a site that is ready: its number, whose it is, and their token."""
    platform = httpx.Client(base_url=f"http://127.0.0.1:{here.simulator}", trust_env=False)
    service = httpx.Client(base_url=f"http://127.0.0.1:{here.backend}", trust_env=False, timeout=30)
    with platform, service:
        person = platform.post("/sim/users", json={}).raise_for_status().json()
        code = (
            platform.post(f"/sim/users/{person['key']}/login-code", json={}).raise_for_status().json()["code"]
        )
        session = service.post("/api/mp/session", json={"code": code}).raise_for_status().json()
        body = {
            "customer_kind": "resident",
            "contact_name": "张三",
            "contact_phone": "13812345678",
            "address": f"新郑市龙湖镇龙湖锦园{uuid4().int % 10**6}号",
        }
        headers = {"Authorization": f"Bearer {session['token']}", "Idempotency-Key": uuid4().hex}
        filed = service.post("/api/mp/applications", json=body, headers=headers).raise_for_status().json()
    return filed["number"], session["customer"]["id"], session["token"]
