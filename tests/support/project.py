"""One site's project as its people carry it through the public doors."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.support.desk import Desk
from tests.support.phone import Phone
from tests.support.town import Town

SHANGHAI = ZoneInfo("Asia/Shanghai")
PARTIES = ("owner", "designer", "contractor", "gas_company")
PAPERS = {
    "non_resident": ("business_licence", "preliminary_plan"),
    "resident": ("community_planning_permit",),
}
_MANAGERS = ("customer_manager", "customer_manager_2")


def morning(town: Town) -> None:
    """Turns the clock to nine o'clock of the next day, so that a night never falls into a story."""
    local = town.now().astimezone(SHANGHAI)
    town.move_to(datetime.combine(local.date() + timedelta(days=1), time(9), SHANGHAI))


@dataclass(kw_only=True)
class Works:
    """A customer waits for gas at a site whose project has yet to be done; every step is one person's call.

    `minutes` pass before each step of the project.
    """

    town: Town
    kind: str
    customer: Phone
    program: Desk
    number: str
    id: int
    manager_login: str
    minutes: int = 2

    @classmethod
    def begin(cls, town: Town, kind: str = "non_resident") -> "Works":
        """A follower of the account applies from the mini-program, at a place nobody has built at."""
        morning(town)
        customer = town.somebody()
        customer.act("follow")
        program = customer.open_mini_program()
        filed = program.post("/api/mp/applications", _filing(kind))
        return cls._of(filed, town=town, kind=kind, customer=customer, program=program)

    @classmethod
    def found(cls, town: Town, kind: str = "non_resident") -> "Works":
        """The manager at the door files for somebody without WeChat; the clock stays where it is."""
        manager = town.desk(_MANAGERS[0])
        body = {**_filing(kind), "channel": "manager_visit"}
        filed = manager.post("/api/staff/applications", body)
        nobody = Phone(town.platform, town.backend, key="nobody")
        works = cls._of(filed, town=town, kind=kind, customer=nobody, program=manager)
        works.minutes = 0
        return works

    @classmethod
    def _of(cls, filed: Any, *, town: Town, kind: str, customer: Phone, program: Desk) -> "Works":
        name = filed["manager"]["name"]
        login = next(login for login in _MANAGERS if town.desk(login).staff["name"] == name)
        case = town.desk(login).get(f"/api/staff/applications/{filed['number']}")
        return cls(
            town=town,
            kind=kind,
            customer=customer,
            program=program,
            number=filed["number"],
            id=case["project_id"],
            manager_login=login,
        )

    def desk(self, role: str) -> Desk:
        return self.town.desk(self.manager_login if role == "customer_manager" else role)

    def do(self, role: str, what: str, **body: Any) -> Any:
        """One call on this project's own doors."""
        self._pass_some_time()
        return self.desk(role).post(f"/api/staff/projects/{self.id}/{what}", body)

    def upload(self, role: str, kind: str = "photo") -> int:
        return self.desk(role).upload("/api/staff/documents", kind)

    def seen(self, role: str = "supervisor") -> Any:
        """The project's file."""
        return self.desk(role).get(f"/api/staff/projects/{self.id}")

    def case(self) -> Any:
        """The application as its customer sees it."""
        return self.program.get(f"/api/mp/applications/{self.number}")

    def clock(self, kind: str) -> dict[str, Any]:
        """One clock of the project."""
        found: dict[str, Any] = next(one for one in self.seen()["clocks"] if one["kind"] == kind)
        return found

    def tasks(self, role: str, kind: str) -> list[dict[str, Any]]:
        return self.desk(role).tasks(kind=kind, project_id=self.id)

    def in_hours(self, hours: float) -> str:
        return (self.town.now() + timedelta(hours=hours)).isoformat()

    def _pass_some_time(self) -> None:
        """People need minutes for what tests do in one, and tasks of one minute are pushed as a digest."""
        if self.minutes:
            self.town.advance(minutes=self.minutes)

    def hand_off(self) -> Any:
        """The manager's visit with its papers, and the hand-off (§1.1-1)."""
        visit = self.do("customer_manager", "visits", at=self.in_hours(1))
        self.desk("customer_manager").post(f"/api/staff/visits/{visit['id']}/check-in")
        papers = [self.upload("customer_manager", kind) for kind in PAPERS[self.kind]]
        return self.do("customer_manager", "hand-off", document_ids=papers)

    def survey(self, metres: float = 0, flow: float | None = 12, **more: Any) -> Any:
        body = {"pressure_ok": True, "excavation_metres": metres, "hourly_flow_m3": flow, **more}
        return self.do("designer", "survey", **body)

    def draw(self, what: str = "drawings", quantities: str = "管道50米") -> Any:
        return self.do(
            "designer", what, document_ids=[self.upload("designer", "drawing")], quantities=quantities
        )

    def order(self, step: str, revision: int = 1, **body: Any) -> Any:
        """The contractor's step on one revision of the work order."""
        self._pass_some_time()
        number = self.seen()["work_orders"][0]["number"]
        return self.desk("contractor").post(f"/api/staff/work-orders/{number}/{revision}/{step}", body)

    def build(self, revision: int = 1) -> Any:
        self.order("accept", revision, crew="一队")
        self.order("start", revision)
        return self.order("complete", revision)

    def convene(self) -> int:
        """A new round of acceptance; its id."""
        rounds = self.do("inspector", "acceptance-rounds", meets_at=self.in_hours(1))["acceptance_rounds"]
        round_id: int = rounds[-1]["id"]
        return round_id

    def sign(self, round_id: int, party: str, role: str = "inspector", *, agrees: bool = True) -> Any:
        signature = {"party": party, "signed_by": "张三", "agrees": agrees}
        return self.desk(role).post(f"/api/staff/acceptance-rounds/{round_id}/sign-offs", signature)

    def accept(self) -> Any:
        """Everybody signs and the inspector passes the round."""
        round_id = self.convene()
        for party in PARTIES:
            self.sign(round_id, party)
        return self.desk("inspector").post(f"/api/staff/acceptance-rounds/{round_id}/pass")

    def finish(self) -> Any:
        """From the lead to accepted pipework, without any road to dig up."""
        self.hand_off()
        self.survey()
        self.draw()
        self.build()
        return self.accept()


def _filing(kind: str) -> dict[str, str]:
    place = "锦绣" if kind == "resident" else "兴隆"
    return {
        "customer_kind": kind,
        "contact_name": "赵记老店",
        "contact_phone": "13712345678",
        "address": f"新郑市龙湖镇{place}{_name()}8号楼101",
    }


def _name() -> str:
    """A name of letters only: a site's name ends at the first digit."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(uuid4().int)[:8])
