"""Questions that are one statement in the database's own language."""

import logging
from typing import Any

from tortoise import connections

from backend.database import find_replica, is_away

_log = logging.getLogger(__name__)


async def rows(sql: str, *values: object) -> list[dict[str, Any]]:
    """The answer's rows by column."""
    found: list[dict[str, Any]] = await connections.get("default").execute_query_dict(sql, list(values))
    return found


async def rows_of_late(sql: str, *values: object) -> list[dict[str, Any]]:
    """The same from the replica, where there is one and it answers: for what may be a second old.

    Never for a read after one's own write: the replica may not have it yet.
    """
    replica = find_replica()
    if replica is None:
        return await rows(sql, *values)
    try:
        return [dict(row) for row in await replica.fetch(sql, *values)]
    except Exception as error:
        if not is_away(error):
            raise
        _log.warning("the replica is away; the primary answers", extra={"error": type(error).__name__})
        return await rows(sql, *values)
