"""The duty officers as they were a minute ago at most: known even when the database is gone."""

import asyncio
import logging

from backend import clock
from backend.database import is_away
from backend.queries import duty_officers
from backend.queries.duty_officers import DutyOfficer

_log = logging.getLogger(__name__)
_RENEWED_EVERY = 60.0  # seconds
_TRIED_AGAIN_AFTER = 5.0


class Rota:
    """Keeps the list; an empty one is kept only when the books say so."""

    def __init__(self) -> None:
        self.officers: tuple[DutyOfficer, ...] = ()

    async def live(self) -> None:
        """Renews the list until cancelled."""
        while True:
            known = await self.renew() and self.officers
            await asyncio.sleep(_RENEWED_EVERY if known else _TRIED_AGAIN_AFTER)

    async def renew(self) -> bool:
        """Reads the list anew; False when it could not be read."""
        try:
            self.officers = await duty_officers.list_on_duty(now=clock.now())
        except Exception as error:  # noqa: BLE001  the list of a minute ago is better than none
            if not is_away(error):
                _log.exception("the rota cannot be read")
            return False
        return True
