"""A shop applies on the eve of a holiday at a place without gas; what its people do, and when."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bench.timelapse.days import Days
from bench.timelapse.people import Desk, Phones
from bench.timelapse.place import Place
from config import calendar, policy

BOUND = ("customer_manager", "designer", "inspector", "supervisor")
"""Who scanned the account's code; the contractor did not, and is reached by WeCom."""

_CUSTOMER = "shop"
_SUBSCRIBE = "SM-CASE-PROGRESS"
_PARTIES = ("owner", "designer", "contractor", "gas_company")
_LOOK_AHEAD = 400  # days


@dataclass(kw_only=True)
class Cast:
    """Everybody, and what they have in hand."""

    place: Place
    phones: Phones
    days: Days
    eve: date
    desks: dict[str, Desk] = field(default_factory=dict)
    number: str = ""
    project: int = 0
    visit: int = 0

    async def desk(self, login: str) -> Desk:
        if login not in self.desks:
            self.desks[login] = await Desk.of_staff(self.place, login)
        return self.desks[login]

    def at(self, day: int, hour: time) -> datetime:
        """So many days after the eve."""
        return datetime.combine(self.eve + timedelta(days=day), hour, policy.current().tz)

    async def on_project(self, login: str, what: str, **body: Any) -> Any:
        return await (await self.desk(login)).post(f"/api/staff/projects/{self.project}/{what}", **body)

    async def on_order(self, what: str, **body: Any) -> None:
        contractor = await self.desk("contractor")
        seen = await contractor.get(f"/api/staff/projects/{self.project}")
        number = seen["work_orders"][0]["number"]
        await contractor.post(f"/api/staff/work-orders/{number}/1/{what}", **body)

    async def on_application(self, what: str, **body: Any) -> Any:
        manager = await self.desk("customer_manager")
        return await manager.post(f"/api/staff/applications/{self.number}/{what}", **body)


async def gather(cast: Cast) -> None:
    """Phones are bound; nobody has applied yet."""
    for login in BOUND:
        scene = await (await cast.desk(login)).post("/api/staff/wechat-binding")
        await cast.phones.act(login, "scan", scene=scene["scene"])
    await cast.phones.make(_CUSTOMER, "赵记老店")
    await cast.phones.act(_CUSTOMER, "follow")


async def apply(cast: Cast) -> None:
    program = await Desk.of_customer(cast.place, await cast.phones.login_code(_CUSTOMER))
    cast.desks[_CUSTOMER] = program
    await _consent(cast)
    filed = await program.post(
        "/api/mp/applications",
        customer_kind="non_resident",
        contact_name="赵记老店",
        contact_phone="13712345678",
        address="新郑市龙湖镇兴隆食街8号",
        hourly_flow_m3=18,
    )
    cast.number = filed["number"]
    case = await (await cast.desk("customer_manager")).get(f"/api/staff/applications/{cast.number}")
    cast.project = case["project_id"]
    seen = await (await cast.desk("supervisor")).get(f"/api/staff/projects/{cast.project}")
    cast.days.numbers |= {cast.number, seen["number"]}


async def book(cast: Cast) -> None:
    visit = await cast.on_application("visits", at=cast.at(0, time(11)).isoformat())
    cast.visit = visit["id"]


async def hand_off(cast: Cast) -> None:
    manager = await cast.desk("customer_manager")
    await manager.post(f"/api/staff/visits/{cast.visit}/check-in")
    papers = [await manager.upload(kind) for kind in ("business_licence", "preliminary_plan")]
    await cast.on_project("customer_manager", "hand-off", document_ids=papers)


async def survey(cast: Cast) -> None:
    found = {"pressure_ok": True, "excavation_metres": 260, "hourly_flow_m3": 18}
    await cast.on_project("designer", "survey", **found)


async def draw(cast: Cast) -> None:
    drawing = await (await cast.desk("designer")).upload("drawing")
    await cast.on_project("designer", "drawings", document_ids=[drawing], quantities="管道260米")


async def unfollow(cast: Cast) -> None:
    await cast.phones.act(_CUSTOMER, "unfollow")
    await _consent(cast)


async def follow_again(cast: Cast) -> None:
    await cast.phones.act(_CUSTOMER, "follow")


async def _consent(cast: Cast) -> None:
    """The shop allows one more subscribe message."""
    await cast.phones.act(_CUSTOMER, "subscribe", results={_SUBSCRIBE: "accept"})


async def pause(cast: Cast) -> None:
    await cast.on_project("customer_manager", "pause", reason="uncontrollable", note="主管部门节日期间不收件")


async def resume(cast: Cast) -> None:
    await cast.on_project("customer_manager", "resume", note="主管部门已收件")


async def permit(cast: Cast) -> None:
    paper = await (await cast.desk("customer_manager")).upload("permit_paper")
    await cast.on_project("customer_manager", "permit-papers", document_ids=[paper])
    await cast.on_project("customer_manager", "permit", reference="新城管许可18号")


async def build(cast: Cast) -> None:
    await cast.on_order("accept", crew="一队")
    await cast.on_order("start")


async def complete(cast: Cast) -> None:
    await cast.on_order("complete")


async def convene(cast: Cast) -> None:
    await cast.on_project("inspector", "acceptance-rounds", meets_at=cast.at(4, time(10)).isoformat())


async def accept(cast: Cast) -> None:
    inspector = await cast.desk("inspector")
    seen = await inspector.get(f"/api/staff/projects/{cast.project}")
    where = f"/api/staff/acceptance-rounds/{seen['acceptance_rounds'][-1]['id']}"
    for party in _PARTIES:
        await inspector.post(f"{where}/sign-offs", party=party, signed_by="张三", agrees=True)
    await inspector.post(f"{where}/pass")


async def book_ignition(cast: Cast) -> None:
    visit = await cast.on_application("visits", at=cast.at(5, time(9, 30)).isoformat())
    cast.visit = visit["id"]


async def move_visit(cast: Cast) -> None:
    await cast.desks[_CUSTOMER].post(
        f"/api/mp/applications/{cast.number}/reschedule",
        visit_id=cast.visit,
        at=cast.at(5, time(15)).isoformat(),
    )


async def ignite(cast: Cast) -> None:
    manager = await cast.desk("customer_manager")
    await manager.post(f"/api/staff/visits/{cast.visit}/check-in")
    case = await manager.get(f"/api/staff/applications/{cast.number}")
    missing = [paper["key"] for paper in case["missing_documents"] if paper["essential"]]
    papers = [await manager.upload(key) for key in missing]
    await cast.on_application("ignition", meter_number="M-2027-1", document_ids=papers)


async def rate(cast: Cast) -> None:
    await cast.desks[_CUSTOMER].post(f"/api/mp/applications/{cast.number}/rating", score=5)


Act = Callable[[Cast], Awaitable[None]]

ACTS: tuple[tuple[int, time, Act], ...] = (
    (0, time(9), apply),
    (0, time(10), book),
    (0, time(11), hand_off),
    (0, time(15), survey),
    (1, time(10), draw),
    (1, time(14), unfollow),
    (1, time(16), pause),
    (2, time(9), resume),
    (2, time(10), follow_again),
    (2, time(15), permit),
    (2, time(16), build),
    (3, time(17), complete),
    (4, time(9), convene),
    (4, time(10, 30), accept),
    (4, time(11), book_ignition),
    (4, time(12), move_visit),
    (5, time(15), ignite),
    (5, time(16), rate),
)
"""Days after the eve, the hour in Shanghai, and what is done; the caption has the act's name."""


def next_eve(after: datetime) -> date:
    """The last working day before a holiday that falls on a weekday."""
    today = after.astimezone(policy.current().tz).date()
    ahead = (today + timedelta(days=count) for count in range(1, _LOOK_AHEAD))
    return next(day for day in ahead if calendar.is_workday(day) and _is_holiday(day + timedelta(days=1)))


def _is_holiday(day: date) -> bool:
    return day.weekday() < 5 and not calendar.is_workday(day)
