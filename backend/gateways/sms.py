"""Text messages through a gateway behind a setting, for customers who have no WeChat (domain §7).

The company's provider stands behind a small service of its own choice that takes `POST <SMS_API_BASE>/messages` with
`{"id", "to", "text"}` and a bearer token, and answers 2xx with `{"id"}` once the provider has the message.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import httpx

from backend.gateways.wechat.refusals import (
    AccountProblem,
    Meaning,
    OutcomeUnknown,
    TryLater,
    Unreachable,
    WeChatTrouble,
    WrongData,
)

_CONNECT, _ANSWER = 2.0, 5.0  # seconds

_REFUSALS: Mapping[int, Meaning] = {
    400: Meaning(WrongData, "sms_rejected", "bad request"),
    401: Meaning(AccountProblem, "sms_token", "unauthorized"),
    402: Meaning(AccountProblem, "sms_balance", "payment required"),
    403: Meaning(AccountProblem, "sms_forbidden", "forbidden"),
    404: Meaning(AccountProblem, "sms_address", "not found"),
    410: Meaning(Unreachable, "sms_number_gone", "number out of service"),
    413: Meaning(WrongData, "sms_too_long", "too large"),
    422: Meaning(Unreachable, "sms_number", "number cannot be reached"),
    429: Meaning(TryLater, "sms_too_often", "too many requests", timedelta(seconds=30)),
}
"""HTTP status → our word; 5xx is another try, anything else not in the table is the account's trouble."""


class SmsGateway:
    """One connection pool to the gateway."""

    def __init__(self, *, api_base: str, token: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=api_base,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(_ANSWER, connect=_CONNECT),
            trust_env=False,
        )

    async def send(self, phone: str, text: str, *, message_id: str) -> str | None:
        """The gateway's id of the message. `message_id` lets it tell a repeat. Raises WeChatTrouble's kinds."""
        body = {"id": message_id, "to": phone, "text": text}
        try:
            async with asyncio.timeout(_CONNECT + _ANSWER):
                answer = await self._client.post("/messages", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL) as fault:
            raise TryLater("sms_away") from fault
        except (httpx.HTTPError, TimeoutError) as fault:
            raise OutcomeUnknown("sms_no_answer") from fault
        if not answer.is_success:
            raise _refusal(answer.status_code)
        return _id_of(answer)

    async def close(self) -> None:
        """Gives the connections back."""
        await self._client.aclose()


def _refusal(status: int) -> WeChatTrouble:
    if status >= 500:
        return TryLater("sms_away", errcode=status)
    meaning = _REFUSALS.get(status, Meaning(AccountProblem, "sms_refused", "other"))
    return meaning.trouble(meaning.reason, errcode=status, retry_after=meaning.retry_after)


def _id_of(answer: httpx.Response) -> str | None:
    """Its receipt's name, where it gives one; a message that was taken is not sent again for want of it."""
    try:
        told = answer.json()
    except ValueError:
        return None
    known = told.get("id") if isinstance(told, dict) else None
    return str(known)[:64] if known is not None else None
