"""One text message in safe mode, through the whole service: inbox, understanding, conversation, reply, durable commit."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count
from urllib.parse import urlencode

import httpx

from backend.gateways.wechat import crypto
from backend.gateways.wechat.crypto import Account
from bench import load, place
from bench.load import Batch
from bench.place import Place
from bench.row import Row
from bench.sayings import saying

LANES = 32
DOOR = "/wechat/official-account"
_EACH = 12  # messages of one connection in one round
_ROUNDS = 5
_ALONE = 120  # messages of one round one at a time
_XML = (
    "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
    "<MsgId>{number}</MsgId></xml>"
)
_numbers = count(time.time_ns())


async def rows(here: Place) -> list[Row]:
    """Requests a second over 32 connections beside the references, then the time of one alone."""
    people = make_people(here)
    with ExitStack() as stack:
        sized = (await load.run(here.backend, sealed(here, people, 2))).answer_bytes
        doors = {"service": (here.backend, DOOR), **_references(here, stack, sized)}
        rates: dict[str, list[float]] = {name: [] for name in doors}
        for turn in range(_ROUNDS + 1):
            for name, (port, path) in doors.items():
                batch = await load.run(port, sealed(here, people, _EACH, path=path))
                if turn:  # the first round warms up
                    rates[name].append(batch.per_second)
    ours = rates.pop("service")
    beside = [
        Row(name="safe-mode message, 32 connections", unit="/s", ours=ours, reference=name, theirs=theirs)
        for name, theirs in rates.items()
    ]
    return beside + _alone([await load.run(here.backend, sealed(here, people[:1], _ALONE)) for _ in range(3)])


def _references(here: Place, stack: ExitStack, sized: int) -> dict[str, tuple[int, str]]:
    """Port and path of each; the echoes store nothing."""
    sanic = stack.enter_context(place.sanic_reference(here, answer_bytes=sized))
    return {
        "WeRoBot echo, Flask, stores nothing": (
            stack.enter_context(place.flask_reference(here, "werobot_echo")),
            DOOR,
        ),
        "wechatpy echo, Flask, stores nothing": (
            stack.enter_context(place.flask_reference(here, "wechatpy_echo")),
            DOOR,
        ),
        "wechatpy echo, FastAPI, stores nothing": (
            stack.enter_context(place.fastapi_reference(here, "fastapi_echo")),
            DOOR,
        ),
        "wechatpy echo, Sanic, stores nothing": (sanic, "/echo"),
        "bare Sanic, same bytes, no work": (sanic, DOOR),
    }


def _alone(batches: Sequence[Batch]) -> list[Row]:
    return [
        Row(name="safe-mode message alone, median", unit="ms", ours=[batch.median_ms for batch in batches]),
        Row(name="safe-mode message alone, p99", unit="ms", ours=[batch.p99_ms for batch in batches]),
    ]


def make_people(here: Place) -> list[str]:
    """Open ids of people the platform knows."""
    with httpx.Client(base_url=f"http://127.0.0.1:{here.simulator}", trust_env=False) as platform:
        made = [platform.post("/sim/users", json={}).raise_for_status().json() for _ in range(LANES)]
    return [person["oa_openid"] for person in made]


def sealed(here: Place, people: Sequence[str], each: int, *, path: str = DOOR) -> list[list[bytes]]:
    """Signed and sealed beforehand, so that only the server's work is timed."""
    chosen = here.settings
    account = Account(
        appid=chosen.wechat_oa_appid, token=chosen.wechat_oa_token, aes_key=chosen.wechat_oa_aes_key
    )
    return [[_seal(account, openid, next(_numbers), path) for _ in range(each)] for openid in people]


def _seal(account: Account, openid: str, number: int, path: str) -> bytes:
    at, nonce = str(int(time.time())), str(number)
    xml = _XML.format(openid=openid, at=at, text=saying(number), number=number)
    sealed = crypto.encrypt(account, xml.encode())
    query = {
        "signature": crypto.sign(account.token, at, nonce),
        "timestamp": at,
        "nonce": nonce,
        "openid": openid,
        "encrypt_type": "aes",
        "msg_signature": crypto.sign(account.token, at, nonce, sealed),
    }
    body = f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return load.request("POST", f"{path}?{urlencode(query)}", body.encode())
