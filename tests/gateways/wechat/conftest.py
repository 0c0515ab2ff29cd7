"""The three gateways as the service builds them, against the local platform."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import hypothesis
import pytest
from redis.asyncio import Redis

from backend.gateways.wechat.mini_program import MiniProgram
from backend.gateways.wechat.official_account import OfficialAccount
from backend.gateways.wechat.threads import PlatformThreads
from backend.gateways.wechat.wecom import WeCom
from tests.support.processes import RunningProcess

OA_APPID, OA_SECRET = "wxdev0000000000oa", "dev-oa-secret"
MP_APPID, MP_SECRET = "wxdev0000000000mp", "dev-mp-secret"
CORP_ID, AGENT_ID, CORP_SECRET = "wwdev0000000000", 1000002, "dev-wecom-secret"
TEMPLATE = "dev-visit"


# a slow moment of a shared machine is no finding of a property test
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")


class Platform:
    """The local platform's control side, as a test uses it."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._http = httpx.Client(base_url=root, timeout=20)

    def person(self, **fields: object) -> dict[str, Any]:
        return self._json("POST", "/sim/users", {"follows": True, **fields})

    def code(self, person: dict[str, Any], kind: str) -> str:
        return str(self._json("POST", f"/sim/users/{person['key']}/{kind}-code", {})["code"])

    def act(self, person: dict[str, Any], act: str, **body: object) -> None:
        self._json("POST", f"/sim/users/{person['key']}/{act}", body)

    def image(self, person: dict[str, Any], content: bytes) -> str:
        """The person sends a picture; the id under which the platform keeps it."""
        answer = self._http.post(f"/sim/users/{person['key']}/image", content=content)
        answer.raise_for_status()
        return str(answer.json()["fields"]["MediaId"])

    def messages(self, person: dict[str, Any], *channels: str) -> list[dict[str, Any]]:
        answer = self._json("GET", f"/sim/users/{person['key']}/messages?channel={','.join(channels)}")
        return list(answer["items"])

    def fault(self, pattern: str, kind: str, **more: object) -> None:
        self._json("POST", "/sim/faults", {"pattern": pattern, "kind": kind, **more})

    def follow(self, person: dict[str, Any]) -> None:
        """Opens the window in which three customer-service messages may be sent."""
        self.act(person, "follow")

    def do_not_wait_for_the_backend(self) -> None:
        """Nobody answers callbacks in these tests; repeats then follow at once."""
        self._json("PATCH", "/sim/callbacks", {"pause_seconds": 0})

    def revoke_tokens(self) -> None:
        self._json("POST", "/sim/tokens/revoke", {})

    def calls(self, path: str) -> list[dict[str, Any]]:
        return list(self._json("GET", f"/sim/calls?path={path}&limit=500")["items"])

    def close(self) -> None:
        self._http.close()

    def _json(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        answer = self._http.request(method, path, json=body)
        answer.raise_for_status()
        return dict(answer.json())


@pytest.fixture
def platform(simulator: RunningProcess) -> Iterator[Platform]:
    """As after its start, with tokens nobody has seen: a token outlives a test there, as it does at the real one."""
    platform = Platform(simulator.url)
    platform.revoke_tokens()
    platform.do_not_wait_for_the_backend()
    yield platform
    platform.close()


@pytest.fixture
async def threads() -> AsyncIterator[PlatformThreads]:
    threads = PlatformThreads()
    yield threads
    await threads.close()


@pytest.fixture
def openid(platform: Platform) -> str:
    """Somebody who follows the account."""
    return str(platform.person()["oa_openid"])


@pytest.fixture
def account(platform: Platform, redis: Redis, threads: PlatformThreads) -> OfficialAccount:
    return an_account(platform.root, redis, threads)


@pytest.fixture
def mini_program(platform: Platform, redis: Redis, threads: PlatformThreads) -> MiniProgram:
    return MiniProgram(appid=MP_APPID, secret=MP_SECRET, redis=redis, threads=threads, api_base=platform.root)


@pytest.fixture
def wecom(platform: Platform, redis: Redis, threads: PlatformThreads) -> WeCom:
    return WeCom(
        corp_id=CORP_ID,
        agent_id=AGENT_ID,
        secret=CORP_SECRET,
        redis=redis,
        threads=threads,
        api_base=platform.root,
    )


def an_account(
    root: str, redis: Redis, threads: PlatformThreads, *, secret: str = OA_SECRET
) -> OfficialAccount:
    return OfficialAccount(
        appid=OA_APPID,
        secret=secret,
        redis=redis,
        threads=threads,
        mini_program_appid=MP_APPID,
        api_base=root,
    )
