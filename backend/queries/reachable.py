"""The cases within somebody's reach, as a condition on rows that belong to cases."""

from tortoise.expressions import Subquery

from backend.models import ConnectionApplication, PreServiceProject
from backend.queries import reach
from backend.queries.callers import Member
from backend.queries.reach import Kind
from config.roles import StaffRole


async def ids(member: Member, wanted: tuple[StaffRole, ...], kind: Kind) -> Subquery:
    """Their ids, for `application_id__in` or `project_id__in`."""
    table = ConnectionApplication if kind == "application" else PreServiceProject
    return Subquery(table.filter(await reach.cases_of(member, wanted, kind)).values("id"))
