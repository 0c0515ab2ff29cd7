"""Filing from the mini-program."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.handlers.mini_program.conftest import NewCustomer
from tests.support.mini_program import MiniProgram, refusal


class TestFiling:
    def test_the_answer_names_manager_deadline_and_missing_papers(self, mine: MiniProgram) -> None:
        filed = mine.filed()

        assert filed["number"].startswith("XZ")
        assert (filed["stage"], filed["clock"]["kind"]) == ("accepted", "ignition")
        assert filed["clock"]["due_at"].endswith("+08:00")
        assert filed["manager"].keys() == {"id", "name", "phone"}
        assert {(paper["key"], paper["essential"]) for paper in filed["missing_documents"]} == {
            ("identity", True),
            ("title_or_lease", False),
        }

    def test_elsewhere_the_project_is_waited_for(self, mine: MiniProgram) -> None:
        filed = mine.filed(address=f"新郑市孟庄镇新庄{uuid4().hex}村")

        assert filed["stage"] == "awaiting_project"
        assert [stage["key"] for stage in filed["stages"] if stage["state"] == "current"] == [
            "awaiting_project"
        ]
        assert filed["project"]["stage"] == "lead"

    def test_a_wish_after_the_deadline_holds_the_clock(self, mine: MiniProgram) -> None:
        now = datetime.fromisoformat(mine.http.get("/api/dev/clock").json()["now"])
        wish = (now + timedelta(days=3)).replace(tzinfo=None).isoformat(timespec="seconds")

        filed = mine.filed(preferred_visit_at=wish)

        assert (filed["clock"]["state"], filed["clock"]["reason"]) == ("paused", "customer_reason")
        assert filed["clock"]["due_at"] is None
        assert filed["preferred_visit_at"] == f"{wish}+08:00"  # a time without a zone is Shanghai's

    def test_the_same_address_again_names_the_first(self, mine: MiniProgram) -> None:
        first = mine.filed()

        again = mine.file()

        assert refusal(again) == (409, "duplicate_application")
        assert again.json()["number"] == first["number"]

    def test_somebody_else_there_is_accepted(self, mine: MiniProgram, new_customer: NewCustomer) -> None:
        mine.filed()

        assert new_customer().file(address=mine.home, contact_phone="13987654321").status_code == 201

    @pytest.mark.parametrize("address", ["新郑市", "河南省郑州市新郑市龙湖镇", "ﷺ" * 150, "村" * 150])
    def test_an_address_that_cannot_be_one_is_refused(self, mine: MiniProgram, address: str) -> None:
        answer = mine.file(address=address)

        assert refusal(answer) == (422, "invalid_request")
        assert [fault["field"] for fault in answer.json()["errors"]] == ["address"]


class TestRepeating:
    def test_a_repeat_gets_the_first_answer_to_the_letter(self, mine: MiniProgram) -> None:
        first, again = mine.file("k"), mine.file("k")

        assert (first.status_code, first.content) == (again.status_code, again.content)

    def test_another_body_under_the_key_is_refused(self, mine: MiniProgram) -> None:
        mine.file("k")

        assert refusal(mine.file("k", contact_name="李四")) == (409, "idempotency_key_reused")

    def test_without_a_key_nothing_is_filed(self, mine: MiniProgram) -> None:
        answer = mine.http.post("/api/mp/applications", json={})

        assert refusal(answer) == (400, "idempotency_key_required")

    def test_twins_at_once_file_one(self, mine: MiniProgram) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: mine.file("twin"), range(8)))

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert len(mine.http.get("/api/mp/applications").json()["items"]) == 1

    def test_different_keys_at_once_file_one_too(self, mine: MiniProgram) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: mine.file(), range(8)))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


class TestListing:
    def test_pages_follow_each_other_without_gap_or_double(self, mine: MiniProgram) -> None:
        numbers = [mine.filed(address=f"{mine.home}{place}室")["number"] for place in range(3)]

        first = mine.http.get("/api/mp/applications?limit=2").json()
        second = mine.http.get(f"/api/mp/applications?limit=2&cursor={first['next']}").json()

        listed = [one["number"] for one in first["items"] + second["items"]]
        assert listed == numbers[::-1]
        assert second["next"] is None
