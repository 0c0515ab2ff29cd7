"""What partners send and are answered, over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from tests.handlers.partners.bodies import a_lead, an_application
from tests.handlers.partners.conftest import NewPartner
from tests.support.office import Desks, a_home
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
_WRONG_LEAD: list[dict[str, Any]] = [{"stage": "later"}, {"site_name": "新郑市"}, {"attachments": "x"}]
_WRONG_APPLICATION: list[dict[str, Any]] = [
    {"preferred_visit_at": "yesterday"},
    {"hourly_flow_m3": -1},
    {"document_ids": [1]},
    {"contact_name": "😀" * 41},
]
REPORT = {"work_order": "PG200001010001", "revision": 1, "state": "accepted"}


class TestLeads:
    def test_a_lead_is_created_changed_or_the_same(self, gonggai: Partner) -> None:
        lead = a_lead()
        outcomes = [
            gonggai.post("leads", {**lead, "stage": stage}).json()["outcome"]
            for stage in ("planning", "planning", "approval")
        ]

        assert outcomes == ["created", "unchanged", "changed"]

    def test_one_answer_per_idempotency_key(self, gonggai: Partner) -> None:
        lead, key = a_lead(), uuid4().hex
        answers = [gonggai.post("leads", lead, key=key) for _ in range(2)]

        assert [(one.status_code, one.json()["outcome"]) for one in answers] == [(201, "created")] * 2
        another = gonggai.post("leads", a_lead(), key=key)
        assert (another.status_code, another.json()["code"]) == (409, "idempotency_key_reused")

    def test_empty_columns_count_as_missing(self, gonggai: Partner) -> None:
        lead = a_lead(developer="", contact_name="", contact_phone="", district="")

        assert gonggai.post("leads", lead).status_code == 201

    @pytest.mark.parametrize("wrong", [*_WRONG, *_WRONG_LEAD], ids=str)
    def test_wrong_types_are_named(self, gonggai: Partner, wrong: dict[str, Any]) -> None:
        answer = gonggai.post("leads", a_lead(**wrong))

        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["field"] == next(iter(wrong))


class TestApplications:
    @pytest.mark.parametrize(
        ("key", "channel"), [("zwfw", "government_portal"), ("zhenghaoban", "zhenghaoban")]
    )
    def test_it_is_filed_through_the_partners_channel(
        self, partner: NewPartner, desk: Desks, key: str, channel: str
    ) -> None:
        body = an_application()
        answer = partner(key).post("applications", body)

        assert answer.status_code == 201, answer.text
        filed = answer.json()
        assert (filed["external_id"], filed["stage"]) == (body["external_id"], "accepted")
        assert filed["clock"]["kind"] == "ignition"
        assert filed["manager"]["phone"]
        case = desk("hotline_agent").get(f"/api/staff/applications/{filed['number']}")
        assert case["channel"] == channel

    def test_the_same_again_and_the_same_elsewhere(self, partner: NewPartner) -> None:
        zwfw, body = partner("zwfw"), an_application()
        first = zwfw.post("applications", body).json()

        again = zwfw.post("applications", body)
        assert (again.status_code, again.json()["number"]) == (201, first["number"])
        other = zwfw.post("applications", {**body, "contact_phone": "13900000000"})
        assert (other.status_code, other.json()["number"]) == (409, first["number"])
        twice = partner("zhenghaoban").post("applications", body)
        assert (twice.status_code, twice.json()["code"]) == (409, "duplicate_application")
        assert twice.json()["number"] == first["number"]

    @pytest.mark.parametrize("wrong", [*_WRONG, *_WRONG_APPLICATION], ids=str)
    def test_wrong_types_are_named_and_nothing_is_kept(self, zwfw: Partner, wrong: dict[str, Any]) -> None:
        body = an_application()
        answer = zwfw.post("applications", {**body, **wrong})

        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"]
        assert zwfw.post("applications", body).status_code == 201

    def test_somebody_elses_application_there_is_no_duplicate(self, zwfw: Partner) -> None:
        home = a_home()
        first = zwfw.post("applications", an_application(address=home))
        second = zwfw.post("applications", an_application(address=home, contact_phone="13900000001"))

        assert first.status_code == second.status_code == 201
        assert first.json()["number"] != second.json()["number"]


class TestWorkOrders:
    def test_an_order_nobody_issued_is_not_found(self, partner: NewPartner) -> None:
        answer = partner("engineering").post("work-orders", REPORT)

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    @pytest.mark.parametrize(
        "wrong",
        [{"revision": 2**40}, {"revision": "1"}, {"state": "done"}, {"work_order": ""}, {"note": "字" * 501}],
        ids=str,
    )
    def test_wrong_types_are_named(self, partner: NewPartner, wrong: dict[str, Any]) -> None:
        answer = partner("engineering").post("work-orders", {**REPORT, **wrong})

        assert answer.status_code == 422, answer.text
