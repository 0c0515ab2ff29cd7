"""What does not make sense is refused in words, never with a server error."""

from typing import Any

import pytest

from tests.support.desk import Refused
from tests.support.project import Works

HUGE = 2**62


class TestBadInput:
    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"pressure_ok": "ja", "excavation_metres": 1},
            {"pressure_ok": True, "excavation_metres": -1},
            {"pressure_ok": True, "excavation_metres": 10**9},
            {"pressure_ok": True, "excavation_metres": 1.234},
            {"pressure_ok": True, "excavation_metres": "NaN"},
            {"pressure_ok": True, "excavation_metres": 1, "hourly_flow_m3": 0},
            {"pressure_ok": True, "excavation_metres": 1, "note": "\u0000"},
        ],
    )
    def test_a_survey_must_make_sense(self, handed_off: Works, body: dict[str, Any]) -> None:
        with pytest.raises(Refused, match="422"):
            handed_off.do("designer", "survey", **body)

    def test_papers_must_be_somebodys_uploads(self, works: Works) -> None:
        with pytest.raises(Refused, match="document_ids"):
            works.do("customer_manager", "hand-off", document_ids=[HUGE])

    def test_the_designer_must_be_one(self, works: Works) -> None:
        for designer in (HUGE, works.desk("contractor").staff["id"]):
            kinds = ("business_licence", "preliminary_plan")
            papers = [works.upload("customer_manager", kind) for kind in kinds]
            with pytest.raises(Refused, match="没有这位设计人员"):
                works.do("customer_manager", "hand-off", document_ids=papers, designer_id=designer)

    def test_an_hour_must_lie_ahead(self, works: Works) -> None:
        with pytest.raises(Refused, match="早于现在"):
            works.do("customer_manager", "visits", at="2020-01-01T10:00:00+08:00")

    def test_what_does_not_exist_is_not_found(self, works: Works) -> None:
        for role, path in (
            ("supervisor", f"/api/staff/projects/{HUGE}/pause"),
            ("contractor", f"/api/staff/work-orders/PG1/{HUGE}/start"),
            ("inspector", f"/api/staff/acceptance-rounds/{HUGE}/pass"),
            ("supervisor", f"/api/staff/settlements/{HUGE}/review"),
        ):
            body = {"reason": "uncontrollable", "note": "无", "approved": True}
            with pytest.raises(Refused, match="404"):
                works.desk(role).post(path, body)

    def test_an_odd_revision_is_not_found(self, handed_off: Works) -> None:
        handed_off.survey()
        handed_off.draw()
        for revision in (2, 2**31, HUGE):
            with pytest.raises(Refused, match="404"):
                handed_off.order("start", revision)


class TestDoubleTaps:
    def test_the_same_hour_again_is_no_change(self, works: Works) -> None:
        at = works.in_hours(3)
        first = works.do("customer_manager", "visits", at=at)
        again = works.do("customer_manager", "visits", at=at)
        assert first["id"] == again["id"]
        assert [event["event"] for event in works.seen()["events"]].count("visit_moved") == 0

    def test_a_survey_is_stored_once_per_key(self, handed_off: Works) -> None:
        body = {"pressure_ok": True, "excavation_metres": 5, "hourly_flow_m3": 10}
        path = f"/api/staff/projects/{handed_off.id}/survey"
        for _ in range(2):
            handed_off.desk("designer").post(path, body, key=f"survey-{handed_off.id}")
        assert len(handed_off.seen()["surveys"]) == 1

    def test_a_key_is_not_used_for_two_projects(self, handed_off: Works) -> None:
        other = Works.found(handed_off.town)
        other.hand_off()
        body = {"pressure_ok": True, "excavation_metres": 5, "hourly_flow_m3": 10}
        key = f"two-{handed_off.id}"
        handed_off.desk("designer").post(f"/api/staff/projects/{handed_off.id}/survey", body, key=key)
        with pytest.raises(Refused, match="idempotency_key_reused"):
            handed_off.desk("designer").post(f"/api/staff/projects/{other.id}/survey", body, key=key)


class TestWaitingForPressure:
    def test_a_site_cannot_get_stuck(self, resident_handed_off: Works) -> None:
        site = resident_handed_off
        site.survey(flow=None, pressure_ok=False, note="压力不足")
        with pytest.raises(Refused, match="气压"):
            site.do("customer_manager", "resume")
        with pytest.raises(Refused, match="已经在暂停中"):
            site.do("customer_manager", "pause", reason="uncontrollable", note="再停")
        assert site.do("designer", "pressure-restored")["stage"] == "designing"
        assert site.clock("design")["state"] == "running"


@pytest.fixture
def handed_off(works: Works) -> Works:
    works.hand_off()
    return works


@pytest.fixture
def resident_handed_off(works: Works) -> Works:
    site = Works.found(works.town, "resident")
    site.hand_off()
    return site
