"""The frame round a door that performs once per `Idempotency-Key`."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from pydantic import BaseModel
from sanic import Request

from backend.actions import idempotency
from backend.actions.idempotency import Answer
from backend.handlers.access import Caller
from backend.rules.errors import IdempotencyKeyRequired, InvalidField

_LONGEST = 200


def check_key(request: Request) -> str:
    """The header's value. Raises IdempotencyKeyRequired, InvalidField."""
    key = request.headers.get("idempotency-key", "").strip()
    if not key:
        raise IdempotencyKeyRequired
    if len(key) > _LONGEST or not key.isprintable():
        raise InvalidField(field="Idempotency-Key", sentence="bad_idempotency_key", longest=_LONGEST)
    return key


async def perform(
    request: Request,
    who: Caller,
    body: BaseModel,
    performing: Callable[[], Awaitable[Answer]],
    *,
    real_now: datetime,
) -> Answer:
    """The first answer for this caller, route and key. Raises IdempotencyKeyReused for another body or another case."""
    route = request.route.name.rpartition(".")[2] if request.route else ""
    said = body.model_dump(mode="json", exclude_unset=True)
    content = json.dumps([request.match_info, said] if request.match_info else said, sort_keys=True)
    key = idempotency.Key(
        scope=f"{who.key}:{route}",
        key=check_key(request),
        body_digest=hashlib.sha256(content.encode()).hexdigest(),
    )
    return await idempotency.once(key, performing, real_now=real_now)
