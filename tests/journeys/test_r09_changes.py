"""R9: a change of quantity makes revised drawings and a new work order; nobody builds to the old one (§1.1-5, §2.1-3)."""

import pytest

from tests.support.desk import Refused
from tests.support.project import Works
from tests.support.town import Town


class TestAChangeOfQuantity:
    def test_only_the_newest_work_order_may_be_worked_on(self, town: Town) -> None:
        designer = town.phone_of("designer")
        for kind, reporter in (("non_resident", "contractor"), ("resident", "site_manager")):
            works = Works.begin(town, kind)
            works.hand_off()
            works.survey()
            works.draw()
            works.order("accept", crew="一队")
            works.order("start")
            with pytest.raises(Refused, match="409"):  # nobody has asked for one
                works.draw("revised-drawings")

            works.do(
                reporter, "change-requests", note="红线内多出20米", document_ids=[works.upload(reporter)]
            )
            designer.wait_for("变更设计", works.seen()["number"])
            assert works.tasks("designer", "revise_design")
            with pytest.raises(Refused, match="还没有出新图"):
                works.order("complete")

            works.draw("revised-drawings", quantities="管道70米")
            file = works.seen()
            assert [
                (order["revision"], order["stage"], order["newest"]) for order in file["work_orders"]
            ] == [
                (1, "superseded", False),
                (2, "issued", True),
            ]
            assert [design["quantities"] for design in file["designs"]] == ["管道50米", "管道70米"]
            assert file["change_requests"][0]["drawn"] is True
            for step, body in (("progress", {"note": "继续"}), ("complete", {})):
                with pytest.raises(Refused, match="按最新一版施工"):
                    works.order(step, 1, **body)
            assert works.build(revision=2)["stage"] == "inspecting"
            assert "design_revised" in [entry["event"] for entry in works.case()["timeline"]]
