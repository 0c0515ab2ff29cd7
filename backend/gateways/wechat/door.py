"""One app of the platform as seen from here: calls go out with its shared token and come back in our words."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import requests
from redis.asyncio import Redis
from wechatpy.exceptions import WeChatClientException

from backend.gateways.wechat.answers import File, need
from backend.gateways.wechat.bodies import as_text
from backend.gateways.wechat.refusals import AccountProblem, Table, TokenRefused, TryLater, WrongData
from backend.gateways.wechat.threads import PlatformThreads
from backend.gateways.wechat.token import FetchedToken, SharedToken, Token
from backend.gateways.wechat.transport import read_answer, read_failure

Act = Callable[[Any], Any]  # what to do with wechatpy's client, in a thread


class Door:
    """Every call of one app passes here: a thread with its own client, one token for all, one retry with a new one."""

    def __init__(
        self,
        *,
        name: str,
        connect: Callable[[], Any],
        fetch: Act,
        refusals: Table,
        redis: Redis,
        threads: PlatformThreads,
    ) -> None:
        self._connect = connect
        self._fetch = fetch
        self._refusals = refusals
        self._threads = threads
        self._mine = threading.local()
        self._token = SharedToken(name=name, fetch=self._fetch_token, redis=redis)

    async def ask(self, act: Act, *, with_token: bool = True) -> Mapping[str, Any]:
        """The answer to a question, or to a call whose repetition does no harm. Raises WeChatTrouble."""
        return _as_mapping(await self._call(act, effect=False, urgent=False, with_token=with_token))

    async def do(self, act: Act, *, urgent: bool = False) -> Mapping[str, Any]:
        """The answer to a call that does something; `urgent` is for emergencies. Raises WeChatTrouble.

        OutcomeUnknown among them: the platform may have done it.
        """
        return _as_mapping(await self._call(act, effect=True, urgent=urgent))

    async def download(self, act: Act) -> File:
        """A file, where the platform answers with one. Raises WeChatTrouble."""
        answer = await self._call(act, effect=False, urgent=False)
        if not isinstance(answer, requests.Response):
            raise WrongData("not_a_file")
        return File(
            content=answer.content,
            content_type=answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            disposition=answer.headers.get("Content-Disposition", ""),
        )

    async def _call(self, act: Act, *, effect: bool, urgent: bool, with_token: bool = True) -> Any:
        token = await self._token.get() if with_token else None
        try:
            return await self._run(act, token, effect=effect, urgent=urgent)
        except TokenRefused:
            if token is None:
                raise
        # once and no more: a platform that refuses its own new token is asked again by the caller's back-off
        return await self._run(act, await self._token.renew(token), effect=effect, urgent=urgent)

    async def _run(self, act: Act, token: Token | None, *, effect: bool, urgent: bool) -> Any:
        return await self._threads.run(lambda: self._perform(act, token, effect=effect), urgent=urgent)

    def _perform(self, act: Act, token: Token | None, *, effect: bool) -> Any:
        client = self._client()
        client.session.set(client.access_token_key, token.value if token else None)
        try:
            return act(client)
        except WeChatClientException as error:
            trouble = read_answer(error, self._refusals, effect=effect)
        except requests.RequestException as error:
            trouble = read_failure(error, effect=effect)
        # outside the handlers: the library's own error holds the address with token and secret, and must not be chained
        raise trouble

    def _client(self) -> Any:
        if not hasattr(self._mine, "client"):
            self._mine.client = self._connect()
        return self._mine.client

    async def _fetch_token(self) -> FetchedToken:
        # among the urgent: an emergency must not wait for a token behind ordinary calls
        try:
            answer = _as_mapping(await self._run(self._fetch, None, effect=False, urgent=True))
        except TokenRefused as refused:
            # there is no token in this call: the platform means the secret
            raise AccountProblem(
                "secret_wrong", errcode=refused.errcode, errmsg=refused.errmsg, rid=refused.rid
            ) from None
        life = timedelta(seconds=int(as_text(answer.get("expires_in")) or 0))
        return FetchedToken(value=need(answer, "access_token"), life=life)


def _as_mapping(answer: object) -> Mapping[str, Any]:
    if not isinstance(answer, Mapping):
        raise TryLater("unreadable_answer")
    return answer
