"""Hands our reports to the partners' registered addresses, signed as they sign to us."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import orjson

from backend.gateways import signatures
from backend.gateways.signatures import Signed
from config.partners import Reports

_AT_ITS_LIMIT = frozenset({408, 425, 429})
_NOT_OURS_TO_MEND_BY_WAITING = frozenset({401, 403, 404, 405, 407, 410})


class PartnerTrouble(Exception):
    """The report was not taken; `reason` says why, for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PartnerBusy(PartnerTrouble):
    """No answer, or a limit: the same report will do later, not before `retry_after` if the partner named a span."""

    def __init__(self, reason: str, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class PartnerRefuses(PartnerTrouble):
    """Address or secret are wrong: a person has to mend that."""


class ReportRejected(PartnerTrouble):
    """This one report is not wanted, today or tomorrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where a partner is told, and the secret that both share."""

    url: str
    secret: str


class PartnerLine:
    """The way to every partner with an address."""

    def __init__(self, contacts: Mapping[str, Contact], rules: Reports) -> None:
        self._contacts = contacts
        self._patience = rules.connect_seconds + rules.answer_seconds
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(rules.answer_seconds, connect=rules.connect_seconds), trust_env=False
        )

    def reaches(self, partner: str) -> bool:
        """Whether the partner has an address."""
        return partner in self._contacts

    async def send(
        self, partner: str, report_id: str, body: Mapping[str, Any], *, real_now: datetime
    ) -> None:
        """Hands over one report; `report_id` lets the partner tell a repeat. Raises PartnerTrouble."""
        contact = self._contacts[partner]
        content = orjson.dumps({"id": report_id, **body})
        headers = _headers(partner, contact, content, report_id, real_now)
        try:
            # Its own end of the whole call: the client's time-outs begin anew with every byte.
            async with (
                asyncio.timeout(self._patience),
                self._client.stream("POST", contact.url, content=content, headers=headers) as answer,
            ):
                _judge(answer)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as fault:
            raise PartnerBusy(type(fault).__name__) from fault

    async def close(self) -> None:
        """Gives the connections back."""
        await self._client.aclose()


def _headers(
    partner: str, contact: Contact, content: bytes, report_id: str, real_now: datetime
) -> dict[str, str]:
    signed = Signed(
        method="POST",
        path=urlsplit(contact.url).path or "/",
        timestamp=str(int(real_now.timestamp())),
        nonce=uuid4().hex,
    )
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": report_id,
        signatures.KEY: partner,
        signatures.TIMESTAMP: signed.timestamp,
        signatures.NONCE: signed.nonce,
        signatures.SIGNATURE: signatures.sign(contact.secret, signed, content),
    }


def _judge(answer: httpx.Response) -> None:
    """Only the status counts; whatever else the partner says is not read."""
    status, reason = answer.status_code, f"HTTP {answer.status_code}"
    if 200 <= status < 300:
        return
    if status >= 500 or status in _AT_ITS_LIMIT:
        raise PartnerBusy(reason, _span(answer.headers.get("retry-after", "")))
    if status < 400 or status in _NOT_OURS_TO_MEND_BY_WAITING:  # a redirect is a wrong address
        raise PartnerRefuses(reason)
    raise ReportRejected(reason)


def _span(retry_after: str) -> timedelta | None:
    """A Retry-After in seconds; its other form, a date, is left to our own pauses."""
    return timedelta(seconds=int(retry_after)) if retry_after.isascii() and retry_after.isdigit() else None
