"""What partners send and are answered, over HTTP."""

from typing import Any

import pytest

from backend.models import ConnectionApplication, Lead
from tests.handlers.partners.bodies import a_lead, an_application
from tests.handlers.partners.conftest import NewPartner
from tests.support.partner import Partner

_WRONG: list[dict[str, Any]] = [
    {"external_id": 7},
    {"external_id": ""},
    {"external_id": "x" * 101},
    {"external_id": "a\x00b"},
    {"customer_kind": "martian"},
    {"customer_kind": None},
    {"address": "新郑市"},
    {"address": ["龙湖镇"]},
    {"address": "长" * 201},
    {"contact_phone": "12"},
    {"contact_phone": 13812345678},
]


class TestLeads:
    async def test_a_lead_is_created_changed_or_the_same(self, gonggai: Partner) -> None:
        outcomes = [
            gonggai.post("leads", a_lead(stage=stage)).json()["outcome"]
            for stage in ("planning", "planning", "approval")
        ]
        assert outcomes == ["created", "unchanged", "changed"]

        once = [gonggai.post("leads", a_lead("GG-2"), key="same") for _ in range(2)]
        assert [(one.status_code, one.json()["outcome"]) for one in once] == [(201, "created")] * 2
        assert gonggai.post("leads", a_lead("GG-3"), key="same").status_code == 409
        empty_columns = a_lead("GG-2", developer="", contact_name="", contact_phone="", district="")
        assert gonggai.post("leads", empty_columns).json()["outcome"] == "changed"
        assert await Lead.all().count() == 2

    async def test_wrong_types_are_named_and_nothing_is_kept(self, gonggai: Partner) -> None:
        for wrong in [*_WRONG, {"stage": "later"}, {"site_name": "新郑市"}, {"attachments": "x"}]:
            answer = gonggai.post("leads", a_lead(**wrong))
            assert answer.status_code == 422, (wrong, answer.text)
            assert answer.json()["errors"][0]["field"] == next(iter(wrong))
        assert gonggai.post("leads", b"[]").status_code == 422
        assert await Lead.all().count() == 0


class TestApplications:
    async def test_an_application_is_filed_through_the_partners_channel(self, partner: NewPartner) -> None:
        filed = partner("zwfw").post("applications", an_application())
        also = partner("zhenghaoban").post(
            "applications", an_application(address="新郑市龙湖镇龙湖锦园9号楼101")
        )

        assert filed.status_code == also.status_code == 201, filed.text
        answer = filed.json()
        assert answer["external_id"] == "ZW-1"
        assert answer["stage"] == "accepted"
        assert answer["clock"]["kind"] == "ignition"
        assert answer["manager"]["phone"]
        rows = {row.number: row.channel for row in await ConnectionApplication.all()}
        assert rows[answer["number"]] == "government_portal"
        assert rows[also.json()["number"]] == "zhenghaoban"
        self.check_repeats(partner, answer)

    def check_repeats(self, partner: NewPartner, first: dict[str, Any]) -> None:
        """The same again is answered alike, the same elsewhere refused with its number."""
        zwfw = partner("zwfw")
        again = zwfw.post("applications", an_application())
        assert (again.status_code, again.json()["number"]) == (201, first["number"])
        other = zwfw.post("applications", an_application(contact_phone="13900000000"))
        assert (other.status_code, other.json()["number"]) == (409, first["number"])
        twice = partner("zhenghaoban").post("applications", an_application("ZHB-1"))
        assert (twice.status_code, twice.json()["code"]) == (409, "duplicate_application")
        assert twice.json()["number"] == first["number"]

    async def test_wrong_types_are_named_and_nothing_is_kept(self, zwfw: Partner) -> None:
        before = await ConnectionApplication.all().count()
        more: list[dict[str, Any]] = [
            {"preferred_visit_at": "yesterday"},
            {"hourly_flow_m3": -1},
            {"document_ids": [1]},
            {"contact_name": "😀" * 41},
        ]
        for wrong in [*_WRONG, *more]:
            answer = zwfw.post("applications", an_application(**wrong))
            assert answer.status_code == 422, (wrong, answer.text)
        assert await ConnectionApplication.all().count() == before


class TestWorkOrders:
    @pytest.fixture
    def engineering(self, partner: NewPartner) -> Partner:
        return partner("engineering")

    async def test_wrong_types_and_unknown_orders(self, engineering: Partner) -> None:
        report = {"work_order": "PG202611230001", "revision": 1, "state": "accepted"}

        unknown = engineering.post("work-orders", report)
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
        wrong_fields: list[dict[str, Any]] = [
            {"revision": 2**40},
            {"revision": "1"},
            {"state": "done"},
            {"work_order": ""},
        ]
        for wrong in wrong_fields:
            answer = engineering.post("work-orders", {**report, **wrong})
            assert answer.status_code == 422, (wrong, answer.text)
