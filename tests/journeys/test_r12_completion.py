"""R12: completion papers and settlement under final review, then one file per household (§2.1-3)."""

from typing import Any

import pytest

from tests.support.desk import Refused
from tests.support.phone import eventually
from tests.support.project import Works
from tests.support.sheets import HOUSEHOLDS, a_household, a_workbook
from tests.support.town import Town

PAPERS = ["竣工图", "施工记录", "压力试验记录", "质量验收记录"]


class TestCompletion:
    def test_returned_once_then_approved_then_households(self, town: Town) -> None:
        supervisor, clerk = town.phone_of("supervisor"), town.phone_of("counter_clerk")
        works = Works.begin(town, "resident")
        works.finish()
        assert works.tasks("contractor", "settlement")
        assert works.case()["stage"] == "accepted"  # settlement does not hold up ignition

        paper = works.upload("contractor", "completion_paper")
        with pytest.raises(Refused, match="竣工资料还缺：质量验收记录"):
            _submit(works, PAPERS[:3], paper)
        submitted = _submit(works, PAPERS, paper)
        supervisor.wait_for("结算终审")
        with pytest.raises(Refused, match="409"):
            _submit(works, PAPERS, paper)
        _review(works, submitted["settlements"][-1]["id"], approved=False, note="管材数量对不上")
        assert works.tasks("contractor", "settlement")
        again = _submit(works, PAPERS, paper)
        approved = _review(works, again["settlements"][-1]["id"], approved=True, note="同意")
        assert [one["state"] for one in approved["settlements"]] == ["returned", "approved"]
        assert approved["settlements"][0]["note"] == "管材数量对不上"
        clerk.wait_for("一户一档")
        assert works.tasks("counter_clerk", "household_files")
        with pytest.raises(Refused, match="409"):
            _review(works, again["settlements"][-1]["id"], approved=True, note="同意")

        run = _sheet(works, [a_household(number) for number in range(120)])
        assert (run["good"], run["bad"]) == (120, 0)
        works.desk("counter_clerk").post(f"/api/staff/imports/{run['id']}/start")
        eventually(lambda: _run(works, run["id"])["state"] == "done")
        path = f"/api/staff/projects/{works.id}/households"
        [found] = works.desk("hotline_agent").get(path, query="M000117")["items"]
        assert (found["building"], found["room"], found["contact_phone"]) == ("2号楼", "118", "137****0117")
        assert works.seen()["archived_at"] is not None
        assert not works.tasks("counter_clerk", "household_files")


def _submit(works: Works, papers: list[str], paper: int) -> dict[str, list[dict[str, int]]]:
    answer: dict[str, list[dict[str, int]]] = works.do(
        "contractor", "settlements", amount_yuan=128000.5, papers=papers, document_ids=[paper]
    )
    return answer


def _sheet(works: Works, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """The clerk uploads the community's sheet; what was read of it."""
    fields = {"kind": "households", "project_id": str(works.id)}
    content = a_workbook(HOUSEHOLDS, rows)
    read: dict[str, Any] = works.desk("counter_clerk").send_form("/api/staff/imports", fields, content)
    return read


def _run(works: Works, run_id: int) -> dict[str, Any]:
    run: dict[str, Any] = works.desk("counter_clerk").get(f"/api/staff/imports/{run_id}")
    return run


def _review(works: Works, settlement_id: int, **body: object) -> dict[str, list[dict[str, str]]]:
    answer: dict[str, list[dict[str, str]]] = works.desk("supervisor").post(
        f"/api/staff/settlements/{settlement_id}/review", body
    )
    return answer
