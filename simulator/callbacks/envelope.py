"""Fields → the signed request a callback is made of."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from simulator.seal import Seal
from simulator.settings import Account, Kind
from simulator.xml import to_xml


class Mode(StrEnum):
    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    query: dict[str, str]
    body: bytes
    content_type: str


def seal_of(account: Account) -> Seal:
    """The account's own key and token."""
    return Seal(token=account.token, aes_key=account.aes_key, app_id=account.app_id)


def wrap(account: Account, fields: Mapping[str, Any], *, mode: Mode, as_json: bool, stamp: int) -> Envelope:
    """Sign, and encrypt as the mode says. Only a mini-program's callbacks may be JSON."""
    seal = seal_of(account)
    timestamp, nonce = str(stamp), str(secrets.randbelow(10**10))
    query = {"signature": seal.signature(timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
    if person := fields.get("FromUserName"):
        query["openid"] = str(person)
    shaped = _shape(fields, as_json=as_json)
    if mode is not Mode.PLAIN:
        encrypted = seal.close(_write(shaped, as_json=as_json))
        query["encrypt_type"] = "aes"
        query["msg_signature"] = seal.message_signature(timestamp, nonce, encrypted)
        open_fields = shaped if mode is Mode.COMPATIBLE else {"ToUserName": fields["ToUserName"]}
        shaped = {**open_fields, "Encrypt": encrypted}
    return Envelope(
        query=query,
        body=_write(shaped, as_json=as_json),
        content_type="application/json" if as_json else "text/xml",
    )


def _shape(fields: Mapping[str, Any], *, as_json: bool) -> dict[str, Any]:
    """Lists of subscribe events: wrapped in XML; in JSON bare, and an object instead of an array of one."""
    shaped = dict(fields)
    entries = shaped.pop("List", None)
    if entries is None:
        return shaped
    if as_json:
        return {**shaped, "List": entries[0] if len(entries) == 1 else entries}
    wrapper = "".join(part.capitalize() for part in str(fields["Event"]).split("_"))
    return {**shaped, wrapper: {"List": entries}}


def _write(fields: Mapping[str, Any], *, as_json: bool) -> bytes:
    return orjson.dumps(fields) if as_json else to_xml(fields).encode()


def speaks_json(account: Account, mini_program_format: str) -> bool:
    """Whether this account's callbacks are JSON."""
    return account.kind is Kind.MINI_PROGRAM and mini_program_format == "json"
