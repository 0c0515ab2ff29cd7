"""Rows and names that one transaction holds alone."""

from tortoise import connections

from backend.models import ConnectionApplication
from backend.rules.errors import NotFound


async def lock_name(name: str) -> None:
    """Holds a name until the surrounding transaction ends; who comes second waits."""
    await connections.get("default").execute_query(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name]
    )


async def lock_application(number: str) -> ConnectionApplication:
    """The application, its row held. Always locked before its clocks, tasks and visits. Raises NotFound."""
    row = await ConnectionApplication.select_for_update().get_or_none(number=number)
    if row is None:
        raise NotFound
    return row
