"""R1: 工改 and 多规合一 push early information, or an office sends a sheet; the district's manager goes there (§1.1-1, §2.1-1)."""

from datetime import timedelta
from typing import Any

from tests.support import importing
from tests.support.partner import Mailbox, Partner
from tests.support.project import morning
from tests.support.sheets import LEADS, a_csv
from tests.support.town import Town

LEAD: dict[str, Any] = {
    "external_id": "GG-2026-118",
    "site_name": "梨园新城",
    "address": "新郑市薛店镇薛店大道与友谊路交叉口",
    "customer_kind": "resident",
    "developer": "梨园置业",
    "contact_name": "李工",
    "contact_phone": "13700001111",
    "stage": "planning",
    "attachments": ["https://gonggai.example.cn/files/118.pdf"],
}


class TestLeads:
    def test_from_a_platforms_news_to_the_managers_visit(self, mailbox: Mailbox, town: Town) -> None:
        morning(town)
        manager, gonggai, duogui = self._people(town)

        assert gonggai.post("leads", LEAD).json()["outcome"] == "created"
        push = manager.wait_for("一对一上门", "薛店大道")
        assert "李工" in push["text"]
        [task] = town.desk("customer_manager_2").tasks(kind="visit", address=LEAD["address"])
        project = town.desk("customer_manager_2").get(f"/api/staff/projects/{task['project_id']}")
        assert (project["stage"], project["site"]["name"]) == ("lead", "梨园新城")
        assert project["leads"][0]["external_id"] == "GG-2026-118"

        # the same again is no second visit, news is kept, another platform's word on the site joins it
        assert gonggai.post("leads", LEAD).json()["outcome"] == "unchanged"
        assert gonggai.post("leads", {**LEAD, "stage": "approval"}).json()["outcome"] == "changed"
        assert duogui.post("leads", {**LEAD, "external_id": "DG-7"}).json()["outcome"] == "created"
        assert town.desk("customer_manager_2").tasks(kind="visit", address=LEAD["address"]) == [task]

        # days later the visit is booked: both platforms hear of it
        town.advance(days=2)
        at = {"at": (town.now() + timedelta(hours=3)).isoformat()}
        town.desk("customer_manager_2").post(f"/api/staff/projects/{task['project_id']}/visits", at)
        for external_id in ("GG-2026-118", "DG-7"):
            told = mailbox.wait_for(event="visit_booked", external_id=external_id)
            assert (told["number"], told["stage_name"]) == (project["number"], "前期了解")

    def test_from_a_sheet_with_a_bad_row_none_is_lost(self, town: Town) -> None:
        morning(town)
        manager, gonggai, _ = self._people(town)
        assert gonggai.post("leads", LEAD).status_code == 201
        manager.wait_for("一对一上门", "薛店大道")
        rows = [
            (
                "工改",
                "GG-2026-118",
                "梨园新城",
                LEAD["address"],
                "居民",
                "审批",
                "梨园置业",
                "李工",
                "13700001111",
            ),
            ("多规合一", "DG-1", "枣林商务中心", "新郑市孟庄镇枣林商务中心", "工商业", "规划", "", "", ""),
            ("多规合一", "DG-2", "枣林二期", "新郑市孟庄镇枣林二期", "火星人", "规划", "", "", "12"),
        ]
        supervisor = town.desk("supervisor")
        town.advance(minutes=2)  # a second task of one minute would come as a digest
        seen = importing.preview(supervisor, "leads", a_csv(LEADS, rows), file_name="线索.csv")
        assert (seen["total"], seen["good"], seen["state"]) == (3, 2, "preview")
        [bad] = seen["bad_rows"]
        assert bad["row"] == 4
        assert len(bad["reasons"]) == 2

        done = importing.run(supervisor, seen["id"])
        assert (done["created"], done["changed"], done["bad"]) == (1, 1, 1)
        manager.wait_for("枣林商务中心")
        again = importing.preview(supervisor, "leads", a_csv(LEADS, rows[:2]))
        assert importing.run(supervisor, again["id"])["unchanged"] == 2

    def _people(self, town: Town) -> tuple[Any, Partner, Partner]:
        """The manager of 薛店镇 and 孟庄镇, and both platforms."""
        gonggai, duogui = (Partner(key=key, backend=town.backend) for key in ("gonggai", "duogui"))
        return town.phone_of("customer_manager_2"), gonggai, duogui
