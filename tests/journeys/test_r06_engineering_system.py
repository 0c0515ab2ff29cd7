"""R6: survey and design become a work order in the engineering system, which reports back what is built (§1.1-2, §2.1-2)."""

from typing import Any

import httpx

from tests.support.partner import Mailbox, Partner
from tests.support.project import Works
from tests.support.town import Town


class TestEngineeringSystem:
    def test_the_work_order_goes_out_and_its_progress_comes_back(self, mailbox: Mailbox, town: Town) -> None:
        works = Works.begin(town)
        works.hand_off()
        town.advance(hours=3)
        works.survey(metres=0, flow=18.5)
        works.draw()
        pushed = mailbox.wait_for(kind="work_order", state="issued")
        assert (pushed["revision"], pushed["project"]) == (1, works.seen()["number"])
        assert pushed["survey"]["hourly_flow_m3"] == "18.50"
        assert pushed["design"]["quantities"] == "管道50米"

        # in order, each once; a repeat is answered alike and nobody is told twice
        assert self._report(town, pushed, "started").status_code == 409
        for state in ("accepted", "accepted", "started", "started"):
            answer = self._report(town, pushed, state)
            assert (answer.status_code, answer.json()["state"]) == (200, state)
        works.customer.wait_for("已开工", "工程管理系统")

        # a change of quantity: the new revision goes out, the old one may not be worked on any more
        works.do("contractor", "change-requests", note="多20米")
        works.draw("revised-drawings", quantities="管道70米")
        mailbox.wait_for(kind="work_order", revision=1, state="superseded")
        newest = mailbox.wait_for(kind="work_order", revision=2, state="issued")
        assert newest["design"]["quantities"] == "管道70米"
        assert self._report(town, pushed, "completed").status_code == 409

        town.advance(days=1)
        for state in ("accepted", "started", "completed"):
            assert self._report(town, newest, state, note="二队").status_code == 200
        works.customer.wait_for("施工完成")
        assert works.seen()["stage"] == "inspecting"
        assert works.tasks("inspector", "inspect")
        echoes = [one for one in mailbox.told(kind="work_order") if one["state"] in {"started", "completed"}]
        assert echoes == []

    def test_a_system_that_is_away_gets_every_revision_later(self, mailbox: Mailbox, town: Town) -> None:
        mailbox.answers = [503, 503]
        works = Works.begin(town)
        works.hand_off()
        works.survey()
        works.draw()

        mailbox.wait_for(kind="work_order", state="issued", revision=1)
        assert len(mailbox.requests) >= 3

    def _report(self, town: Town, order: dict[str, Any], state: str, **more: str) -> httpx.Response:
        body = {"work_order": order["work_order"], "revision": order["revision"], "state": state, **more}
        return Partner(key="engineering", backend=town.backend).post("work-orders", body)
