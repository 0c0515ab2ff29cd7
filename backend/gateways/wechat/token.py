"""The access token of one app, shared by all processes through Redis."""

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from redis import RedisError
from redis.asyncio import Redis

_log = logging.getLogger(__name__)

_EARLY = timedelta(
    minutes=2
)  # we let go of a token so long before its end; the platform renews it 5 minutes before
_REDIS_PATIENCE = 0.5  # seconds; a Redis that hangs must not hold up an emergency
_LOCK_LIFE = 10.0  # seconds; a fetch takes at most six
_LOCK_PATIENCE = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedToken:
    """A token as the platform gave it, and how long it lives."""

    value: str = field(repr=False)
    life: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token and the fetch it came from: the platform may hand out the same one again."""

    value: str = field(repr=False)
    fetch: str


class SharedToken:
    """Gives the token, and renews it once for all who were refused with it.

    Without Redis each process keeps its own copy until the platform refuses it: the stable token is the same for all
    who ask, so messages go on.
    """

    def __init__(self, *, name: str, fetch: Callable[[], Awaitable[FetchedToken]], redis: Redis) -> None:
        self._key = f"wechat:token:{name}"
        self._fetch = fetch
        self._redis = redis
        self._copy: Token | None = None
        self._one_at_a_time = asyncio.Lock()

    async def get(self) -> Token:
        """The token in use. Raises WeChatTrouble when none can be had."""
        return await self._find() or await self.renew(None)

    async def renew(self, refused: Token | None) -> Token:
        """A token from a later fetch than the refused one; asks the platform only if nobody else has meanwhile."""
        async with self._one_at_a_time, self._one_process_at_a_time():
            token = await self._find()
            if token and (refused is None or token.fetch != refused.fetch):
                return token
            return await self._keep(await self._fetch())

    async def _find(self) -> Token | None:
        try:
            async with asyncio.timeout(_REDIS_PATIENCE):
                kept = await self._redis.get(self._key)
        except (RedisError, TimeoutError):
            return self._copy
        self._copy = Token(**json.loads(kept)) if kept else None
        return self._copy

    async def _keep(self, fetched: FetchedToken) -> Token:
        token = self._copy = Token(value=fetched.value, fetch=secrets.token_hex(8))
        life = max(fetched.life - _EARLY, fetched.life / 2)
        try:
            kept = json.dumps({"value": token.value, "fetch": token.fetch})
            async with asyncio.timeout(_REDIS_PATIENCE):
                await self._redis.set(self._key, kept, px=max(life, timedelta(seconds=1)))
        except (RedisError, TimeoutError):
            _log.warning("Redis is away: this process keeps the token of %s for itself", self._key)
        return token

    @asynccontextmanager
    async def _one_process_at_a_time(self) -> AsyncIterator[None]:
        """Held where it can be had in time; without it two may fetch, which costs a call and spoils nothing."""
        lock = self._redis.lock(
            f"{self._key}:lock", timeout=_LOCK_LIFE, blocking_timeout=_LOCK_PATIENCE, sleep=0.05
        )
        held = False
        with suppress(RedisError):
            held = await lock.acquire()
        try:
            yield
        finally:
            if held:
                with suppress(RedisError):
                    await lock.release()


def fetch_stable_token(client: Any) -> Any:
    """Asks for the token of an account or mini-program, in the way that leaves everybody else's valid.

    Never by force: the platform allows that 20 times a day, for a leak. wechatpy knows only the other kind of token,
    which ends the last one.
    """
    data = {"grant_type": "client_credential", "appid": client.appid, "secret": client.secret}
    return client.post("stable_token", data=data, params={"access_token": None})


def fetch_wecom_token(client: Any) -> Any:
    """Asks for WeCom's token, which it repeats to all who ask while it lives."""
    params = {"corpid": client.corp_id, "corpsecret": client.secret, "access_token": None}
    return client.get("gettoken", params=params)
