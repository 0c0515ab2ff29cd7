"""The mini-program's doors take nothing they should not, and never fall over it."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.mini_program import MiniProgram, refusal
from tests.support.processes import RunningProcess

_BODIES: dict[str, dict[str, Any]] = {
    "/api/mp/applications": {
        "customer_kind": "resident",
        "contact_name": "张三",
        "contact_phone": "13812345678",
        "address": "龙湖锦园1号",
        "hourly_flow_m3": 3,
        "purpose": "",
        "preferred_visit_at": None,
        "document_ids": [],
    },
    "/api/mp/subscriptions": {"results": {}},
    "/api/mp/applications/XZ1/cancel": {"reason": "x"},
    "/api/mp/applications/XZ1/rating": {"score": 5, "comment": "x"},
    "/api/mp/applications/XZ1/reschedule": {"visit_id": 1, "at": "2027-01-01T10:00"},
    "/api/mp/applications/XZ1/documents": {"document_ids": [1]},
}
_LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300)
_VALUE = st.recursive(_LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner))


@pytest.fixture(scope="module")
def mine(office: RunningProcess, simulator_process: RunningProcess) -> MiniProgram:
    one = MiniProgram(office.url, simulator_process.url)
    one.log_in()
    return one


def _post(mine: MiniProgram, path: str, **sent: Any) -> httpx.Response:
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json", **sent.pop("headers", {})}
    return mine.http.post(path, headers=headers, **sent)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_field_of_any_kind_breaks_a_door(mine: MiniProgram, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(_BODIES)))
    field = data.draw(st.sampled_from(sorted(_BODIES[path])))
    body = {**_BODIES[path], field: data.draw(_VALUE)}

    headers = {"Idempotency-Key": data.draw(st.uuids()).hex}
    answer = _post(mine, path, content=json.dumps(body).encode(), headers=headers)

    assert answer.status_code < 500
    if answer.status_code >= 400:
        refusal(answer)


@pytest.mark.parametrize("path", _BODIES)
@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 10_000, b"{'a': 1}"])
def test_what_is_no_json_is_said_so(mine: MiniProgram, path: str, content: bytes) -> None:
    assert refusal(_post(mine, path, content=content)) == (400, "invalid_json")


@pytest.mark.parametrize("path", _BODIES)
@pytest.mark.parametrize("content", [b"[]", b"null", b'"x"', b"1"])
def test_json_that_is_no_object_is_refused(mine: MiniProgram, path: str, content: bytes) -> None:
    assert refusal(_post(mine, path, content=content)) == (422, "invalid_request")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(mine: MiniProgram, kind: str) -> None:
    answer = _post(mine, "/api/mp/subscriptions", content=b"{}", headers={"Content-Type": kind})

    assert refusal(answer) == (415, "unsupported_type")


def test_a_body_that_is_too_large_is_refused(mine: MiniProgram) -> None:
    answer = _post(mine, "/api/mp/subscriptions", content=b"{" + b" " * 300_000 + b"}")

    assert refusal(answer) == (413, "too_large")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("customer_kind", "factory"),
        ("contact_name", "张\x00三"),
        ("contact_name", "张" * 41),
        ("contact_phone", "12ab"),
        ("contact_phone", 13812345678),
        ("address", ""),
        ("hourly_flow_m3", -1),
        ("hourly_flow_m3", True),
        ("preferred_visit_at", "明天"),
        ("document_ids", ["1"]),
        ("document_ids", [2**63]),
    ],
)
def test_a_wrong_field_is_named_with_a_chinese_reason(mine: MiniProgram, field: str, value: object) -> None:
    answer = _post(mine, "/api/mp/applications", json={**_BODIES["/api/mp/applications"], field: value})

    assert refusal(answer) == (422, "invalid_request")
    [fault] = answer.json()["errors"]
    assert fault["field"].startswith(field)
    assert any("一" <= character <= "鿿" for character in fault["detail"])


@pytest.mark.parametrize("number", ["XZ%00", "..%2F..%2Fetc", "%F0%9F%98%80", "x" * 2000, "-1", "'"])
def test_a_number_that_cannot_be_one_is_not_found(mine: MiniProgram, number: str) -> None:
    assert refusal(mine.http.get(f"/api/mp/applications/{number}"))[0] == 404


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=W10", "cursor=WyLCsiJd", "limit=0", "limit=101", "limit=x", "limit=1e3"]
)
def test_a_page_that_cannot_be_one_is_refused(mine: MiniProgram, query: str) -> None:
    assert refusal(mine.http.get(f"/api/mp/applications?{query}")) == (422, "invalid_request")


def test_unknown_routes_and_methods_are_problems_too(mine: MiniProgram) -> None:
    assert refusal(mine.http.get("/api/mp/nothing")) == (404, "not_found")
    assert refusal(mine.http.put("/api/mp/session")) == (405, "method_not_allowed")
