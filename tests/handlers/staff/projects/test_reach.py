"""Whose project it is decides who sees it and acts on it."""

import pytest

from tests.support.desk import Refused
from tests.support.office import Desks
from tests.support.project import Works


class TestReach:
    def test_people_see_a_project_when_it_becomes_theirs(self, works: Works) -> None:
        path = f"/api/staff/projects/{works.id}"
        for login in ("designer", "contractor", "inspector", "site_manager", "customer_manager_2"):
            with pytest.raises(Refused, match="403"):
                works.town.desk(login).get(path)
        for login in ("customer_manager", "supervisor", "hotline_agent", "counter_clerk"):
            assert works.town.desk(login).get(path)["id"] == works.id

        works.hand_off()
        assert works.seen("designer")["stage"] == "designing"
        with pytest.raises(Refused, match="403"):
            works.seen("contractor")
        works.survey()
        works.draw()
        assert works.seen("contractor")["stage"] == "building"
        assert works.seen("site_manager")["stage"] == "building"
        works.build()
        assert works.seen("inspector")["stage"] == "inspecting"

    def test_another_manager_cannot_act(self, works: Works, desk: Desks) -> None:
        for what, body in (
            ("visits", {"at": works.in_hours(2)}),
            ("hand-off", {}),
            ("pause", {"reason": "uncontrollable", "note": "停电"}),
        ):
            with pytest.raises(Refused, match="403"):
                desk("customer_manager_2").post(f"/api/staff/projects/{works.id}/{what}", body)

    def test_the_list_is_searched_by_site_number_and_stage(self, works: Works, desk: Desks) -> None:
        site = works.seen()["site"]["name"]
        for query in ({"query": site}, {"query": works.number}, {"query": site, "stage": "lead"}):
            items = desk("supervisor").get("/api/staff/projects", **query)["items"]
            assert [item["id"] for item in items] == [works.id]
        assert not desk("supervisor").get("/api/staff/projects", query=site, stage="building")["items"]
        assert not desk("inspector").get("/api/staff/projects", query=site)["items"]

    def test_pages_follow_each_other(self, works: Works, desk: Desks) -> None:
        Works.found(works.town)
        first = desk("supervisor").get("/api/staff/projects", limit=1)
        second = desk("supervisor").get("/api/staff/projects", limit=1, cursor=first["next"])
        assert first["items"][0]["id"] > second["items"][0]["id"]
