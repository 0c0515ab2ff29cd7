"""Logging in with a password, the same on the phone and at the desk."""

from sanic import Request

from backend.handlers.pages import forms
from backend.handlers.services import services_of
from backend.handlers.staff import passwords
from backend.handlers.staff.sessions import LoginBody
from backend.handlers.tries import counted
from backend.queries.callers import Member
from backend.rules.errors import WrongCredentials


async def check_password(request: Request) -> Member:
    """Who sent the login form. Raises WrongCredentials, RateLimited, InvalidRequest."""
    body = forms.read(LoginBody, request)
    async with counted(
        services_of(request).gateways.redis,
        name=f"staff:{body.login}",
        address=request.client_ip,
        failures=(WrongCredentials,),
    ):
        return await passwords.check(body.login, body.password)


def own_path(path: str, *, under: str, home: str) -> str:
    """A page of ours below `under` to go to after the login; anything else is `home`."""
    plain = path.isascii() and path.isprintable() and not set(path) & set('\\ ;,"')
    return path if plain and path.startswith(f"{under}/") and not path.startswith(f"{under}/log") else home
