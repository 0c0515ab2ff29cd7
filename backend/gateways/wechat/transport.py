"""How a call leaves the house: another base address, time limits, and failures of the line in our words."""

import logging
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.exceptions import ChunkedEncodingError, ContentDecodingError
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProxyError, SSLError
from wechatpy.client import WeChatClient
from wechatpy.enterprise import WeChatClient as WeComClient
from wechatpy.exceptions import WeChatClientException

from backend.gateways.wechat.refusals import OutcomeUnknown, Table, TryLater, WeChatTrouble, read_refusal

PLATFORM = "https://api.weixin.qq.com"
WECOM_PLATFORM = "https://qyapi.weixin.qq.com"

_TIME_LIMITS = (2.0, 4.0)  # seconds to connect, and to the next byte of the answer
_BEFORE_SENDING = (ConnectTimeoutError, NewConnectionError, ProxyError, SSLError)
_LOST = (requests.ConnectionError, requests.Timeout, ChunkedEncodingError, ContentDecodingError)
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}

# at DEBUG urllib3 writes every address with its query, and there the tokens and secrets are
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class RebasedSession(requests.Session):
    """Sends every call to one root, whatever address wechatpy has built in.

    Follows no redirect: the platform sends none, and one would carry the token elsewhere.
    """

    def __init__(self, root: str) -> None:
        super().__init__()
        self._root = root.rstrip("/")
        self.max_redirects = 0
        # a simulator beside us is not behind the proxy that the environment may name
        self.trust_env = urlsplit(root).hostname not in _LOOPBACK

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        parts = urlsplit(str(request.url))
        request.url = self._root + parts._replace(scheme="", netloc="").geturl()
        return super().prepare_request(request)


def connect_app(appid: str, secret: str, root: str) -> Any:
    """wechatpy's client of the account or the mini-program. Not for use by two threads at once."""
    return _rebased(WeChatClient(appid, secret, timeout=_TIME_LIMITS, auto_retry=False), root)


def connect_wecom(corp_id: str, secret: str, root: str) -> Any:
    """wechatpy's client of WeCom. Not for use by two threads at once."""
    return _rebased(WeComClient(corp_id, secret, timeout=_TIME_LIMITS, auto_retry=False), root)


def read_failure(error: requests.RequestException, *, effect: bool) -> WeChatTrouble:
    """A line that failed: OutcomeUnknown when the call may have been carried out, else TryLater.

    `effect` says whether the call does something at the platform, or only asks.
    """
    if _never_sent(error):
        return TryLater("no_connection")
    if not isinstance(error, _LOST):
        return TryLater("unreadable_answer")
    word = "timed_out" if isinstance(error, requests.Timeout) else "connection_lost"
    return OutcomeUnknown(word) if effect else TryLater(word)


def read_answer(error: WeChatClientException, table: Table, *, effect: bool) -> WeChatTrouble:
    """A refusal of the platform, or an HTTP status that says it did not get to us or to itself."""
    if error.errcode is not None:
        return read_refusal(table, error.errcode, str(error.errmsg))
    status = error.response.status_code if error.response is not None else 0
    if status == requests.codes.gateway_timeout and effect:
        return OutcomeUnknown("timed_out")
    return TryLater(f"http_{status}")


def _rebased(client: Any, root: str) -> Any:
    client._http = RebasedSession(root)  # noqa: SLF001 - wechatpy has no other place for a session
    return client


def _never_sent(error: requests.RequestException) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), _BEFORE_SENDING)
