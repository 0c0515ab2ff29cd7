"""R19: three departments answer for the rules; each supervisor sees their own figures and escalations (§3-3)."""

from tests.support.case import Case
from tests.support.desk import Desk
from tests.support.phone import eventually
from tests.support.project import morning
from tests.support.staffing import add_like
from tests.support.town import Town


class TestThreeDepartments:
    async def test_figures_digest_and_escalations_are_each_department_s_own(
        self, town: Town, database_url: str
    ) -> None:
        await add_like(database_url, "supervisor", "chief_of_service", "customer_service")
        await add_like(database_url, "customer_manager", "service_manager", "customer_service")
        morning(town)
        market, service = town.desk("supervisor"), town.desk("chief_of_service")
        market_phone = town.phone_of("supervisor")
        day = town.now().date().isoformat()

        lit = Case.of_follower(town)
        late = Case.of_follower(town, "non_resident")
        lit.visit_and_ignite()
        before = service.get("/api/staff/figures", **{"from": day, "to": day})
        moved = late.do("reassign", "supervisor", manager_id=self._id(town, "service_manager"), note="转部门")
        assert moved["manager"]["name"] == "service_manager"

        figures = market.get("/api/staff/figures", **{"from": day, "to": day})
        assert figures["department"] == "market_development"
        assert (figures["ignited"], figures["on_time"]) == (1, 1)
        theirs = service.get("/api/staff/figures", **{"from": day, "to": day})
        assert theirs["department"] == "customer_service"
        assert (theirs["ignited"], theirs["filed"]) == (0, before["filed"] + 1)

        # the evening's digest, once for each supervisor
        town.advance(hours=10)
        market_phone.wait_for("今日通气1户")
        assert eventually(lambda: digests_naming(service, late.number)) == ["今日通气0户"]

        # what is late is told where it belongs
        town.advance(hours=15)
        eventually(lambda: breaches(service, late.number), why=lambda: "the department's own breach")
        assert not breaches(market, late.number)
        assert service.get("/api/staff/board")["late"][0]["number"] == late.number
        assert all(one["number"] != late.number for one in market.get("/api/staff/board")["late"])

    @staticmethod
    def _id(town: Town, login: str) -> int:
        member_id: int = town.desk(login).staff["id"]
        return member_id


def breaches(desk: Desk, number: str) -> list[str]:
    """What the inbox says of this application's missed deadlines."""
    items = desk.get("/api/staff/inbox", limit=100)["items"]
    return [item["title"] for item in items if "超时" in item["title"] and number in item["body"]]


def digests_naming(desk: Desk, number: str) -> list[str]:
    """The titles of the evening's digests that name this application, among those of earlier evenings."""
    items = desk.get("/api/staff/inbox", limit=100)["items"]
    return [item["title"] for item in items if "今日通气" in item["title"] and number in item["body"]]
