"""The backend's pages inside the phones, and the demo staff's phones bound without anyone's help."""

import asyncio
import json
from pathlib import Path
from urllib.parse import urlencode

import httpx

from tests.simulator.fake_backend import Answer, FakeBackend, Request
from tests.simulator.platform_client import OA, PlatformClient
from tests.support import processes
from tests.support.processes import RunningProcess


def login_page(platform: PlatformClient, own: str) -> Answer:
    query = {
        "appid": OA["appid"],
        "redirect_uri": f"{own}/m/login",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "s",
    }
    to = f"{platform.root}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"
    return Answer(status=302, body=b"", headers={"Location": to})


class TestLinkInAPhone:
    async def open(self, platform: PlatformClient, own: str, person: str) -> str:
        async with httpx.AsyncClient(
            base_url=platform.root, follow_redirects=True, trust_env=False
        ) as browser:
            page = await browser.get("/phone/open", params={"as": person, "url": f"{own}/m/tasks/7"})
            assert "x-frame-options" not in page.headers
            return page.text

    async def test_each_phone_logs_in_as_its_holder_and_stays_so(
        self, platform: PlatformClient, backend: FakeBackend, backend_port: int
    ) -> None:
        own = f"http://127.0.0.1:{backend_port}"

        async def respond(request: Request) -> Answer:
            if request.path == "/m/login":
                query = {**OA, "code": request.query["code"], "grant_type": "authorization_code"}
                known = (await platform.http.get("/sns/oauth2/access_token", params=query)).json()
                cookie = f"who={known['openid']}; Path=/; HttpOnly"
                return Answer(status=302, body=b"", headers={"Location": "/m/tasks/7", "Set-Cookie": cookie})
            if "cookie" not in request.headers:
                return login_page(platform, own)
            return Answer(body=request.headers["cookie"].encode(), headers={"X-Frame-Options": "DENY"})

        backend.respond = respond
        manager, other = [
            (await platform.http.get(f"/sim/users/{key}")).json()
            for key in ("customer_manager", "supervisor")
        ]

        seen = [
            await self.open(platform, own, key)
            for key in ("customer_manager", "supervisor", "customer_manager")
        ]

        assert seen == [f"who={person['oa_openid']}" for person in (manager, other, manager)]
        assert sum(request.path == "/m/login" for request in backend.requests) == 2

    async def test_an_unknown_platform_address_never_reaches_the_backend(
        self, platform: PlatformClient, backend: FakeBackend
    ) -> None:
        answer = await platform.http.get("/cgi-bin/no/such/door")
        assert (answer.status_code, backend.requests) == (404, [])


async def test_demo_staff_are_bound_as_soon_as_the_backend_is_there(tmp_path: Path) -> None:
    backend_port, port = processes.free_port(), processes.free_port()
    process = RunningProcess(
        module="simulator",
        environment={"SIMULATOR_PORT": str(port), "BACKEND_URL": f"http://127.0.0.1:{backend_port}"},
        log=tmp_path / "simulator.log",
        url=f"http://127.0.0.1:{port}",
        ready_path="/sim/users",
    )
    backend = FakeBackend()

    async def respond(request: Request) -> Answer:
        if request.path == "/api/staff/session":
            login = json.loads(request.body)
            token = json.dumps({"token": login["login"]}).encode()
            return Answer(body=token) if login["password"] == "lantian-demo" else Answer(status=401)
        if request.path == "/api/staff/wechat-binding":
            who = request.headers["authorization"].removeprefix("Bearer ")
            return Answer(body=json.dumps({"scene": f"bind-{who}"}).encode())
        return Answer()

    backend.respond = respond
    await asyncio.to_thread(process.start)
    server = await asyncio.start_server(backend.serve, "127.0.0.1", backend_port)
    try:
        bound = await _first_scene(backend)
    finally:
        server.close()
        await backend.hang_up()
        await asyncio.to_thread(process.stop)
    assert bound == "qrscene_bind-customer_manager"


async def _first_scene(backend: FakeBackend) -> str:
    return str((await backend.wait_for("subscribe"))["EventKey"])
