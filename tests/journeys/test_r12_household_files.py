"""R12, its end: the archive sheet becomes one file per household (一户一档), thousands at a time, whatever happens (§2.1-3)."""

import pytest

from tests.support import importing
from tests.support.desk import Refused
from tests.support.processes import RunningProcess
from tests.support.project import Works
from tests.support.sheets import HOUSEHOLDS, a_csv, a_household, a_workbook
from tests.support.town import Town

PAPERS = ["竣工图", "施工记录", "压力试验记录", "质量验收记录"]
MANY = 4000


class TestHouseholdFiles:
    def test_a_community_in_one_sheet(self, town: Town, scheduler_process: RunningProcess) -> None:
        works = Works.begin(town, "resident")
        works.finish()
        clerk = town.desk("counter_clerk")
        rows = [*map(a_household, range(MANY)), a_household(MANY, meter_number="")]
        sheet = a_workbook(HOUSEHOLDS, rows)
        with pytest.raises(Refused, match="终审"):
            importing.preview(clerk, "households", sheet, project_id=works.id)
        self._settle(works)

        seen = importing.preview(clerk, "households", sheet, project_id=works.id, file_name="户表.xlsx")
        assert (seen["total"], seen["good"]) == (MANY + 1, MANY)
        assert seen["bad_rows"] == [{"row": MANY + 2, "reasons": ["缺少表号"]}]

        # power fails in the middle: the next scheduler goes on
        clerk.post(f"/api/staff/imports/{seen['id']}/start")
        scheduler_process.kill()
        scheduler_process.start()
        done = importing.run(clerk, seen["id"])
        assert (done["done"], done["created"]) == (MANY, MANY)
        project = works.seen()
        assert project["archived_at"]
        assert not works.tasks("counter_clerk", "household_files")
        households = f"/api/staff/projects/{works.id}/households"
        [one] = clerk.get(households, query="M002345")["items"]
        assert (one["contact_name"], one["contact_phone"]) == ("业主2345", "137****2345")

        # the mended row and a new owner come in a second sheet: only they change
        mended = [a_household(0), a_household(1, contact_name="新业主"), a_household(MANY)]
        again = importing.preview(clerk, "households", a_csv(HOUSEHOLDS, mended), project_id=works.id)
        counts = importing.run(clerk, again["id"])
        assert (counts["created"], counts["changed"], counts["unchanged"]) == (1, 1, 1)

    def _settle(self, works: Works) -> None:
        paper = works.upload("contractor", "completion_paper")
        body = {"amount_yuan": 128000, "papers": PAPERS, "document_ids": [paper]}
        statement = works.do("contractor", "settlements", **body)["settlements"][-1]
        review = {"approved": True, "note": "同意"}
        works.desk("supervisor").post(f"/api/staff/settlements/{statement['id']}/review", review)
