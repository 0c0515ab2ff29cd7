"""Passwords are checked beside the event loop, few at a time: each check is slow by design."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from backend.actions import staff_access
from backend.queries import callers
from backend.queries.callers import Member
from backend.rules.errors import WrongCredentials

_AT_ONCE = 2
_checkers = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="password")


async def make_hash(password: str) -> str:
    """What is stored of a password."""
    return await asyncio.get_running_loop().run_in_executor(_checkers, staff_access.hash_password, password)


async def check(login: str, password: str) -> Member:
    """The active member of staff with this login and password. Raises WrongCredentials."""
    known = await staff_access.find_password_hash(login)
    loop = asyncio.get_running_loop()
    if not await loop.run_in_executor(_checkers, staff_access.matches, known, password):
        raise WrongCredentials
    member = await callers.find_member((await staff_access.get_active(login)).id)
    if member is None:
        raise WrongCredentials
    return member
