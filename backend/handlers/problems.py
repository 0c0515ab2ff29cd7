"""The only place where a refusal becomes problem+json (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Any

import orjson
from sanic import HTTPResponse, Request
from sanic.exceptions import SanicException, ServiceUnavailable

from backend.database import is_away
from backend.gateways.wechat.refusals import BlockedUser, CodeInvalid, WeChatTrouble
from backend.handlers.services import App
from backend.rules.errors import DomainError, DuplicateApplication, InvalidField, RateLimited
from config.messages.texts import fill, problems

_log = logging.getLogger(__name__)

_STATUS = {
    "invalid_json": 400,
    "wechat_code_invalid": 400,
    "idempotency_key_required": 400,
    "bad_request": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "request_timeout": 408,
    "not_allowed": 409,
    "duplicate_application": 409,
    "missing_essential_document": 409,
    "idempotency_key_reused": 409,
    "too_large": 413,
    "unsupported_type": 415,
    "invalid_request": 422,
    "rate_limited": 429,
    "server_error": 500,
    "wechat_unavailable": 503,
    "service_unavailable": 503,
}
_CODE_OF_STATUS = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "too_large",
    415: "unsupported_type",
}


class InvalidRequest(DomainError):
    """The body does not fit; `faults` are (field, sentence) pairs ready to be read."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__()
        self.faults = faults


class InvalidJson(DomainError):
    code = sentence = "invalid_json"


class UnsupportedBody(DomainError):
    code = "unsupported_type"
    sentence = "unsupported_body"


class BodyTooLarge(DomainError):
    code = sentence = "too_large"


def register(app: App) -> None:
    """Every error of this app that nobody else answers is answered here."""
    app.error_handler.add(Exception, answer)


def answer(request: Request, error: Exception) -> HTTPResponse:
    """The answer to whatever went wrong; what nobody foresaw is logged and told to nobody."""
    if isinstance(error, DomainError):
        return refuse(error)
    if isinstance(error, WeChatTrouble):
        return _platform_problem(error)
    if isinstance(error, SanicException) and error.status_code < 500:
        code = _CODE_OF_STATUS.get(error.status_code, "bad_request")
        return problem(code, headers={name: str(value) for name, value in error.headers.items()})
    if is_away(error) or isinstance(error, ServiceUnavailable):
        _log.error(
            "a service we need is away", extra={"error": type(error).__name__, "route": _route(request)}
        )
        return problem("service_unavailable")
    _log.error("unforeseen", exc_info=error, extra={"route": _route(request)})
    return problem("server_error")


def refuse(error: DomainError) -> HTTPResponse:
    """A domain error as the contract words it."""
    detail = sentence_of(error)
    if isinstance(error, InvalidRequest):
        return problem(error.code, detail, errors=[_fault(*fault) for fault in error.faults])
    if isinstance(error, InvalidField):
        return problem(error.code, errors=[_fault(error.field, detail)])
    if isinstance(error, DuplicateApplication):
        return problem(error.code, detail, number=error.number)
    if isinstance(error, RateLimited):
        return problem(error.code, detail, headers={"Retry-After": str(error.retry_after)})
    return problem(error.code, detail)


def sentence_of(error: DomainError) -> str:
    """What a person is told."""
    return fill(problems()[error.sentence], {name: str(value) for name, value in error.facts.items()})


def problem(
    code: str, detail: str | None = None, *, headers: dict[str, str] | None = None, **more: Any
) -> HTTPResponse:
    """One problem document; `more` are its own members."""
    status = _STATUS[code]
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail or problems()[code],
        **more,
    }
    return HTTPResponse(orjson.dumps(document), status, headers, "application/problem+json")


def _platform_problem(error: WeChatTrouble) -> HTTPResponse:
    facts = {"reason": error.reason, "errcode": error.errcode, "rid": error.rid}
    _log.warning("the platform refused", extra=facts)
    if isinstance(error, CodeInvalid):
        return problem("wechat_code_invalid")
    return problem("forbidden" if isinstance(error, BlockedUser) else "wechat_unavailable")


def _fault(field: str, detail: str) -> dict[str, str]:
    return {"field": field, "detail": detail}


def _route(request: Request) -> str:
    """The route's pattern: a path may hold personal data."""
    return request.route.path if request.route else "none"
