"""/openapi.json and /docs, from the same types that validate."""

from collections.abc import Sequence

from sanic import Blueprint

from backend.handlers.doors import Doors
from backend.handlers.services import App

blueprint = Blueprint("documentation")


def describe(app: App, doors: Sequence[Doors]) -> None:
    """Keeps what the doors say of themselves."""
    app.ctx.doors = doors
