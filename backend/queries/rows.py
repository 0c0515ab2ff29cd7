"""Questions that are one statement in the database's own language."""

from typing import Any

from tortoise import connections


async def rows(sql: str, *values: object) -> list[dict[str, Any]]:
    """The answer's rows by column."""
    found: list[dict[str, Any]] = await connections.get("default").execute_query_dict(sql, list(values))
    return found
