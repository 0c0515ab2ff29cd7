"""One application at a site that is ready, as its people carry it through the public doors."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from tests.support.desk import Desk
from tests.support.phone import Phone
from tests.support.town import Town

MANAGERS = ("customer_manager", "customer_manager_2")
SITES = {"resident": "新郑市龙湖镇龙湖锦园", "non_resident": "新郑市中兴路商业街"}
_numbers = count(21)


@dataclass(kw_only=True)
class Case:
    """`program` is the customer's mini-program, None for somebody without WeChat."""

    town: Town
    number: str
    manager_login: str
    customer: Phone | None = None
    program: Desk | None = None

    @classmethod
    def of_follower(cls, town: Town, kind: str = "resident", **more: Any) -> "Case":
        """A follower of the account applies in the mini-program."""
        customer = town.somebody()
        customer.act("follow")
        program = customer.open_mini_program()
        filed = program.post("/api/mp/applications", body(kind, **more))
        return cls._of(filed, town, customer=customer, program=program)

    @classmethod
    def filed_by(cls, town: Town, login: str, channel: str, kind: str = "resident", **more: Any) -> "Case":
        """Staff file for somebody."""
        wanted = {**body(kind), "channel": channel, **more}
        return cls._of(town.desk(login).post("/api/staff/applications", wanted), town)

    @classmethod
    def _of(cls, filed: Any, town: Town, **more: Any) -> "Case":
        name = filed["manager"]["name"]
        login = next(login for login in MANAGERS if town.desk(login).staff["name"] == name)
        return cls(town=town, number=filed["number"], manager_login=login, **more)

    @property
    def manager(self) -> Desk:
        return self.town.desk(self.manager_login)

    def seen(self) -> Any:
        """The whole file, as the supervisor has it."""
        return self.town.desk("supervisor").get(f"/api/staff/applications/{self.number}")

    def clock(self, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = next(one for one in self.seen()["clocks"] if one["kind"] == kind)
        return found

    def do(self, what: str, login: str | None = None, **fields: Any) -> Any:
        """One call on this application's own doors, by its manager unless somebody else is named."""
        desk = self.town.desk(login) if login else self.manager
        return desk.post(f"/api/staff/applications/{self.number}/{what}", fields)

    def book(self, hours: float = 1) -> int:
        at = (self.town.now() + timedelta(hours=hours)).isoformat()
        visit_id: int = self.do("visits", at=at)["id"]
        return visit_id

    def check_in(self, visit_id: int) -> None:
        self.manager.post(f"/api/staff/visits/{visit_id}/check-in", {"latitude": 34.4, "longitude": 113.7})

    def missing(self) -> list[str]:
        """Papers that nothing can be done without."""
        return [paper["key"] for paper in self.seen()["missing_documents"] if paper["essential"]]

    def ignite(self, meter: str = "M-1") -> Any:
        """The essential papers, and the flame."""
        papers = [self.manager.upload("/api/staff/documents", key) for key in self.missing()]
        return self.do("ignition", meter_number=meter, document_ids=papers)

    def visit_and_ignite(self) -> Any:
        self.check_in(self.book())
        return self.ignite()


def body(kind: str = "resident", **more: Any) -> dict[str, Any]:
    """What is filed at a site whose project has passed acceptance; every call at another door."""
    door = next(_numbers)
    return {
        "customer_kind": kind,
        "contact_name": "张小满",
        "contact_phone": a_phone(),
        "address": f"{SITES[kind]}{door}号",
        **({"hourly_flow_m3": 12} if kind == "non_resident" else {}),
        **more,
    }


def a_phone() -> str:
    """A number nobody has yet."""
    return f"137{str(uuid4().int)[:8]}"
