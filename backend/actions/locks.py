"""Rows and names that one transaction holds alone."""

from collections.abc import Sequence

from tortoise import connections

from backend.models import Case, ConnectionApplication, PreServiceProject
from backend.rules.errors import NotFound

_LOCK_ALL = """
SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) WITH ORDINALITY AS n (name, place)
"""


async def lock_name(name: str) -> None:
    """Holds a name until the surrounding transaction ends; who comes second waits."""
    await connections.get("default").execute_query(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name]
    )


async def lock_names(names: Sequence[str]) -> None:
    """Holds several names until the surrounding transaction ends, always in one order."""
    if names:
        await connections.get("default").execute_query(_LOCK_ALL, [sorted(names)])


async def share_name(name: str) -> None:
    """Holds a name together with others who share it; whoever locks it alone waits, and is waited for."""
    await connections.get("default").execute_query(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [name]
    )


async def lock_application(number: str) -> ConnectionApplication:
    """The application, its row held. Always locked before its clocks, tasks and visits. Raises NotFound."""
    row = await ConnectionApplication.select_for_update().get_or_none(number=number)
    if row is None:
        raise NotFound
    return row


async def lock_project(project_id: int) -> PreServiceProject:
    """The project, its row held. An application of it is locked before it, never after. Raises NotFound."""
    row = await PreServiceProject.select_for_update().get_or_none(id=project_id)
    if row is None:
        raise NotFound
    return row


async def lock_case(case: Case) -> Case:
    """The case as it stands now, its row held."""
    return await type(case).select_for_update().get(id=case.id)
