"""For whoever watches the service: alive, ready, measures."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable

from redis.exceptions import RedisError
from sanic import Blueprint, HTTPResponse, Request
from sanic import json as answer_json

from backend.database import is_away
from backend.gateways import heartbeat
from backend.handlers import measures
from backend.handlers.services import services_of
from backend.queries import readiness
from backend.rules.errors import NotFound

blueprint = Blueprint("health")

_log = logging.getLogger(__name__)
_PATIENCE = 3.0  # seconds; who asks wants to know soon
_LOOPBACK = frozenset({"127.0.0.1", "::1"})


@blueprint.get("/healthz")
async def alive(_: Request) -> HTTPResponse:
    """The process answers."""
    return answer_json({"status": "ok"})


@blueprint.get("/readyz")
async def ready(request: Request) -> HTTPResponse:
    """Database and Redis answer too."""
    redis = services_of(request).gateways.redis
    parts = {
        "database": await _answers("database", readiness.check_database()),
        "redis": await _answers("redis", redis.ping()),
    }
    well = all(parts.values())
    told = {name: "ok" if answers else "away" for name, answers in parts.items()}
    return answer_json({"status": "ok" if well else "away", **told}, status=200 if well else 503)


@blueprint.get("/metrics")
async def metrics(request: Request) -> HTTPResponse:
    """The measures; in production only for this machine, or with SECRET_KEY as the bearer token."""
    settings = services_of(request).settings
    token = (request.token or "").encode()
    trusted = _is_local(request) or hmac.compare_digest(token, settings.secret_key.encode())
    if settings.production and not trusted:
        raise NotFound
    beat = await heartbeat.last_word(services_of(request).gateways.redis)
    return HTTPResponse(measures.export(beat), content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_local(request: Request) -> bool:
    """From this machine itself, not through a proxy that happens to run on it."""
    forwarded = {"x-forwarded-for", "forwarded", "x-real-ip"} & set(request.headers)
    return request.ip in _LOOPBACK and not forwarded


async def _answers(part: str, question: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            await question
    except Exception as error:  # noqa: BLE001  whatever it is, we are not ready; told in the log
        if not (is_away(error) or isinstance(error, RedisError)):
            _log.exception("a service we need answers with an error", extra={"part": part})
        return False
    return True
