"""/api/mp/…: what the customer's mini-program asks and does."""

from backend.handlers.doors import Doors

ALL: tuple[Doors, ...] = ()
