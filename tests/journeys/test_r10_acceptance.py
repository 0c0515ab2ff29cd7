"""R10: the four parties accept together; what fails is put right and inspected again until it passes (§1.1-5)."""

import pytest

from tests.support.desk import Desk, Refused
from tests.support.project import PARTIES, Works
from tests.support.town import Town


class TestAcceptance:
    def test_failed_put_right_passed_and_everybody_who_waits_gets_their_day(self, town: Town) -> None:
        inspector, contractor = town.phone_of("inspector"), town.phone_of("contractor")
        works = Works.begin(town)
        neighbour = _neighbour_of(works)
        works.hand_off()
        works.survey()
        works.draw()
        works.build()
        inspector.wait_for("组织四方验收")

        first = works.convene()
        works.customer.wait_for("验收时间已定")
        with pytest.raises(Refused, match="写明不合格"):
            works.desk("inspector").post(f"/api/staff/acceptance-rounds/{first}/fail", {"defects": []})
        photo = works.upload("inspector")
        failed = works.desk("inspector").post(
            f"/api/staff/acceptance-rounds/{first}/fail",
            {"defects": [{"text": "立管支架松动", "document_ids": [photo]}]},
        )
        assert failed["stage"] == "building"
        contractor.wait_for("验收整改")
        works.customer.wait_for("验收没有通过")
        assert works.tasks("contractor", "rectify")
        with pytest.raises(Refused, match="怎么整改"):
            works.order("complete")
        works.order("complete", rectification="已加固并拍照")

        second = works.convene()
        for party in PARTIES[:3]:
            works.sign(second, party)
        with pytest.raises(Refused, match="没有全部签字"):
            works.desk("inspector").post(f"/api/staff/acceptance-rounds/{second}/pass")
        with pytest.raises(Refused, match="已经签过字"):
            works.sign(second, "owner")
        works.sign(second, PARTIES[3], "supervisor")
        passed = works.desk("inspector").post(f"/api/staff/acceptance-rounds/{second}/pass")

        assert passed["stage"] == "accepted"
        assert [one["stage"] for one in passed["acceptance_rounds"]] == ["failed", "passed"]
        assert passed["acceptance_rounds"][0]["defects"][0]["rectification"] == "已加固并拍照"
        assert works.clock("project_small")["state"] == "met"
        for program, number in ((works.program, works.number), neighbour):
            case = program.get(f"/api/mp/applications/{number}")
            assert case["stage"] == "accepted"
            assert (case["clock"]["kind"], case["clock"]["state"]) == ("ignition", "running")
        works.customer.wait_for("可以通气了")

    def test_each_party_is_signed_for_by_its_own_people(self, town: Town) -> None:
        works = Works.begin(town)
        works.hand_off()
        works.survey()
        works.draw()
        works.build()
        round_id = works.convene()
        with pytest.raises(Refused, match="不由您登记"):
            works.sign(round_id, "owner", "contractor")
        with pytest.raises(Refused, match="不是四方验收"):
            works.sign(round_id, "passer_by")
        works.sign(round_id, "contractor", "contractor", agrees=False)
        for party in ("owner", "designer", "gas_company"):
            works.sign(round_id, party)
        with pytest.raises(Refused, match="没有全部签字同意"):
            works.desk("inspector").post(f"/api/staff/acceptance-rounds/{round_id}/pass")


def _neighbour_of(works: Works) -> tuple[Desk, str]:
    """Somebody else at the same site; their application waits for the same project."""
    program = works.town.somebody().open_mini_program()
    filed = program.post(
        "/api/mp/applications",
        {
            "customer_kind": works.kind,
            "contact_name": "钱记",
            "contact_phone": "13712345679",
            "address": works.case()["address"].replace("101", "102"),
        },
    )
    assert filed["stage"] == "awaiting_project"
    return program, filed["number"]
