"""python -m bench.profile: where the time of one safe-mode message goes, step by step, and how many statements it sends."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from backend import clock, database
from backend.actions import people, talks
from backend.actions.talks import Said, Talk, Whose
from backend.bots import assistant, vigilance, wording
from backend.bots.dialogues import talk as dialogue
from backend.bots.heard import Heard
from backend.bots.opinion.consultant import Consultant
from backend.bots.understanding.store import load_model
from backend.gateways.wechat import codec, crypto
from backend.gateways.wechat.crypto import Account
from backend.gateways.wechat.replies import TextReply
from backend.handlers.wechat.hearing import hear
from backend.queries import standings
from bench import place, statements
from bench.sayings import saying
from config.settings import Settings

_MESSAGES, _WARM = 300, 30
_XML = (
    "<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[profile]]></FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
    "<MsgId>{number}</MsgId></xml>"
)
# Name of a step, and where the function is looked up that does it.
_STEPS: tuple[tuple[str, Any, str], ...] = (
    ("signatures", codec, "is_signed"),
    ("AES, message", codec, "decrypt"),
    ("XML, envelope and message", codec, "read_fields"),
    ("fields to message", codec, "read_message"),
    ("danger, both readers", vigilance, "watch"),
    ("SQL: where the talk stands", standings, "read"),
    ("understanding", assistant, "understand_all"),
    ("dialogue", dialogue, "turn"),
    ("wording", wording, "render"),
    ("SQL: keep turn and answer", talks._keepers, "ask"),  # noqa: SLF001  a message waits here, whoever shares the statement
    ("reply, sealed", codec, "seal_reply"),
)
_spent: defaultdict[str, list[float]] = defaultdict(list)


def main() -> None:
    """Prints µs and statements."""
    with (
        tempfile.TemporaryDirectory(prefix="lantian-profile-", ignore_cleanup_errors=True) as folder,
        place.database_alone(Path(folder)) as settings,
    ):
        asyncio.run(_profile(settings))


async def _profile(settings: Settings) -> None:
    url = str(settings.database_url)
    await database.migrate(url)
    await database.open_database(url)
    known = people.Identity(app="official_account", openid="profile", unionid="profile")
    await people.identify(known, now=clock.now())
    account = Account(
        appid=settings.wechat_oa_appid, token=settings.wechat_oa_token, aes_key=settings.wechat_oa_aes_key
    )
    async with statements.logged() as log:
        with ExitStack() as stack:
            for name, module, function in _STEPS:
                stack.enter_context(_watched(name, module, function))
            for number in range(_WARM + _MESSAGES):
                if number == _WARM:
                    _spent.clear()
                    log.texts.clear()
                await _take(account, saying(number), number)
    await database.close_database()
    _print(len(log) / _MESSAGES)


async def _take(account: Account, text: str, number: int) -> None:
    """What the callback does, without HTTP."""
    at, nonce = str(int(time.time())), str(number)
    sealed = crypto.encrypt(account, _XML.format(at=at, text=text, number=number).encode())
    query = {
        "signature": crypto.sign(account.token, at, nonce),
        "timestamp": at,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": crypto.sign(account.token, at, nonce, sealed),
    }
    body = f"<xml><ToUserName>gh</ToUserName><Encrypt>{sealed}</Encrypt></xml>".encode()
    began = time.perf_counter()
    message = codec.open_callback(
        account, app="official_account", query=query, body=body, now=clock.real_now()
    )
    heard = hear(message)
    if heard is None or vigilance.watch(heard.text, load_model()) is not None:
        raise RuntimeError("an ordinary message was expected")
    answer = await _answer(heard)
    codec.seal_reply(account, TextReply(text=answer), message, now=clock.real_now(), nonce=nonce)
    _spent["all of it"].append(time.perf_counter() - began)


async def _answer(heard: Heard) -> str:
    async def respond(talk: Talk) -> Said:
        return await assistant.answer(
            heard,
            talk,
            model=load_model(),
            consultant=Consultant(None),
            link_of=str,
            now=clock.now(),
            real_now=clock.real_now(),
        )

    async def ask_nobody() -> Whose:
        return Whose()

    now, real_now = clock.now(), clock.real_now()
    return await talks.once(heard, respond, ask_whose=ask_nobody, now=now, real_now=real_now) or ""


@contextmanager
def _watched(name: str, module: Any, function: str) -> Iterator[None]:
    """Times a function wherever this module's name of it is called."""
    original = getattr(module, function)
    timed = _timed_async if asyncio.iscoroutinefunction(original) else _timed
    with patch.object(module, function, timed(name, original)):
        yield


def _timed(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, **more: Any) -> Any:
        began = time.perf_counter()
        try:
            return original(*values, **more)
        finally:
            _spent[name].append(time.perf_counter() - began)

    return call


def _timed_async(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*values: Any, **more: Any) -> Any:
        began = time.perf_counter()
        try:
            return await original(*values, **more)
        finally:
            _spent[name].append(time.perf_counter() - began)

    return call


def _print(sent: float) -> None:
    whole = _spent.pop("all of it")
    rest = statistics.median(whole) * 1e6
    for name, _, _ in _STEPS:
        calls = len(_spent[name]) / _MESSAGES
        each = statistics.median(_spent[name]) * calls * 1e6 if _spent[name] else 0.0
        rest -= each
        sys.stdout.write(f"{name}: {each:.0f} µs ({calls:.0f} calls)\n")
    sys.stdout.write(f"the rest between them: {rest:.0f} µs\n")
    sys.stdout.write(f"one message, without HTTP: {statistics.median(whole) * 1e6:.0f} µs\n")
    sys.stdout.write(f"SQL statements: {sent:.2f}\n")


if __name__ == "__main__":
    main()
