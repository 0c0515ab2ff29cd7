"""The service as it runs for everybody: server, scheduler, platform, demo data, and a clock to turn."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from tests.support.desk import Desk, taken
from tests.support.phone import Phone


@dataclass(kw_only=True)
class Town:
    """`backend` and `platform` are addresses; desks and phones are made on demand and kept."""

    backend: str
    platform: str
    _desks: dict[str, Desk] = field(default_factory=dict)

    def desk(self, login: str) -> Desk:
        """The demo member of staff with this login."""
        if login not in self._desks:
            self._desks[login] = Desk.of_staff(self.backend, login)
        return self._desks[login]

    def somebody(self) -> Phone:
        """A person nobody knows yet."""
        return Phone(self.platform, self.backend)

    def phone_of(self, login: str) -> Phone:
        """A demo member of staff's own phone, bound to the account by a scene."""
        phone = Phone(self.platform, self.backend, key=login)
        scene = self.desk(login).post("/api/staff/wechat-binding")["scene"]
        phone.act("scan", scene=scene)
        return phone

    def now(self) -> datetime:
        """The regulation's time."""
        answer = httpx.get(f"{self.backend}/api/dev/clock", timeout=10, trust_env=False)
        return datetime.fromisoformat(taken(answer)["now"])

    def advance(self, **span: Any) -> None:
        """Turns the regulation's clock forward, e.g. hours=12."""
        self._turn({"advance_seconds": sum(value * _SECONDS[unit] for unit, value in span.items())})

    def move_to(self, at: datetime) -> None:
        """Turns the regulation's clock forward to an instant."""
        self._turn({"at": at.isoformat()})

    def _turn(self, body: dict[str, Any]) -> None:
        taken(httpx.post(f"{self.backend}/api/dev/clock", json=body, timeout=10, trust_env=False))


_SECONDS = {"minutes": 60, "hours": 3600, "days": 86400}
