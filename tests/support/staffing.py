"""People whom the demo data does not have, written where an administrator would."""

import asyncpg

from tests.support.services import for_asyncpg

_COPY = """
INSERT INTO staff (login, name, phone, password_hash, roles, department, districts, rota_order, active, created_at)
SELECT $2, $2, phone, password_hash, roles, $3, '{}', rota_order, true, created_at FROM staff WHERE login = $1
"""


async def add_like(database_url: str, login: str, new_login: str, department: str) -> None:
    """A colleague of somebody, with the same roles and password, in a department and without districts."""
    connection = await asyncpg.connect(for_asyncpg(database_url))
    try:
        await connection.execute(_COPY, login, new_login, department)
    finally:
        await connection.close()
