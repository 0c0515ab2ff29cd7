"""Members of staff by their token, which a program sends as a bearer token and a browser as a cookie."""

from backend.handlers import tokens
from backend.handlers.tokens import Holder
from backend.queries import callers
from backend.queries.callers import Member
from backend.rules.errors import Unauthenticated
from config.settings import Settings


async def member_of(token: str, settings: Settings) -> Member:
    """The active member of staff who holds this token. Raises Unauthenticated, also when their logins were ended since."""
    holder = tokens.find_holder("staff", token, settings)
    member = await callers.find_member(holder.id) if holder else None
    if holder is None or member is None or member.session_version != holder.version:
        raise Unauthenticated
    return member


def token_for(member: Member, settings: Settings) -> str:
    """What `member_of` takes, until it is too old or the member's logins are ended."""
    return tokens.issue("staff", Holder(id=member.id, version=member.session_version), settings)
