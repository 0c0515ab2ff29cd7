"""Whether the database answers."""

from tortoise import connections


async def check_database() -> None:
    """Raises what the driver raises when it does not."""
    await connections.get("default").execute_query("SELECT 1 FROM applications LIMIT 1")
