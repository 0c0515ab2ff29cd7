"""R15: the community's pipework is accepted; each application there has its day from then on (§2.2-1)."""

from tests.support.case import Case
from tests.support.project import Works
from tests.support.town import Town


class TestAfterTheProject:
    def test_the_day_begins_with_acceptance_and_the_same_manager_lights_the_flame(self, town: Town) -> None:
        works = Works.begin(town, "resident")
        waiting = works.case()
        assert (waiting["stage"], waiting["project"]["kind"]) == ("awaiting_project", "resident")
        assert [clock["kind"] for clock in waiting["clocks"]] == ["first_visit", "deferred_documents"]

        works.finish()
        works.customer.wait_for("可以通气了")
        ready = works.case()
        assert (ready["clock"]["kind"], ready["clock"]["state"]) == ("ignition", "running")
        assert ready["clock"]["remaining_seconds"] <= 24 * 3600

        case = Case(town=town, number=works.number, manager_login=works.manager_login)
        town.advance(hours=3)
        case.visit_and_ignite()
        works.customer.wait_for("已点火通气")
        lit = works.case()
        assert lit["manager"]["name"] == waiting["manager"]["name"]
        assert (lit["clock"]["kind"], lit["clock"]["state"], lit["clock"]["late"]) == (
            "ignition",
            "met",
            False,
        )
