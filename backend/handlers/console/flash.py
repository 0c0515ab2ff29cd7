"""What is said once, on the page after an act: a name of [flash] and its facts travel in a short-lived cookie."""

import json
from urllib.parse import quote, unquote

from sanic import HTTPResponse, Request
from sanic.response import redirect

from config.messages.console_texts import console_texts
from config.messages.texts import fill

_COOKIE, _LIFE = "flash", 60  # seconds


def done(address: str, name: str, **facts: str) -> HTTPResponse:
    """On to `address` (a path of ours), where the act is confirmed."""
    response = redirect(address, status=303)
    response.add_cookie(
        _COOKIE,
        quote(json.dumps({"name": name, "facts": facts})),
        path="/console",
        max_age=_LIFE,
        httponly=True,
        samesite="Lax",
        secure=False,  # a name of ours and what the member just did; it must work where the login does
    )
    return response


def take(request: Request) -> str:
    """The sentence to say now, empty when there is none."""
    try:
        said = json.loads(unquote(request.cookies.get(_COOKIE) or ""))
        return fill(console_texts()["flash"][said["name"]], {k: str(v) for k, v in said["facts"].items()})
    except (ValueError, TypeError, KeyError, AttributeError):
        return ""  # somebody else's cookie of this name


def forget(response: HTTPResponse) -> None:
    """It was said."""
    response.delete_cookie(_COOKIE, path="/console")
