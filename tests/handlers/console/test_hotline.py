"""The hotline desk without a browser: whose it is, and what a form of it does once."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.office import Consoles, Desks, file

ASKS = ("/", "/find?query=139", "/call-backs", "/talks/")


def form_token(console: httpx.Client) -> str:
    found = re.search(r'data-form-token="([^"]+)"', console.get("/console/").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "login", ["counter_clerk", "customer_manager", "designer", "supervisor", "administrator"]
)
def test_it_is_the_agents_alone(open_console: Consoles, login: str) -> None:
    console = open_console(login)
    assert {console.get(f"/console/hotline{path}").status_code for path in ASKS} == {403}
    assert 'href="/console/hotline/"' not in console.get("/console/").text


def test_lists_mask_phones_and_the_file_shows_them(open_console: Consoles, desk: Desks) -> None:
    phone = f"136{uuid4().int % 10**8:08d}"
    case = file(desk("customer_manager"), contact_name="何遮掩", contact_phone=phone)
    agent = open_console("hotline_agent")
    found = agent.get("/console/hotline/find", params={"query": case["number"]}).text
    assert f"{phone[:3]}****{phone[-4:]}" in found
    assert phone not in found
    shown = agent.get("/console/hotline/caller", params={"number": case["number"]}).text
    assert phone in shown
    assert case["number"] in shown


def test_nobody_s_case_is_not_found(open_console: Consoles) -> None:
    agent = open_console("hotline_agent")
    assert agent.get("/console/hotline/caller", params={"number": "XZ209901010001"}).status_code == 404
    assert agent.get("/console/hotline/?talk=999999").status_code == 404


def test_an_address_that_is_taken_says_so_and_logs_no_call(open_console: Consoles, desk: Desks) -> None:
    phone = f"135{uuid4().int % 10**8:08d}"
    case = file(desk("customer_manager"), contact_name="何重复", contact_phone=phone)
    agent = open_console("hotline_agent")
    form: dict[str, Any] = {
        "form_token": form_token(agent),
        "once": uuid4().hex,
        "kind": "application",
        "caller_phone": phone,
        "content": "再报一次",
        "contact_name": "何重复",
        "customer_kind": "resident",
        "address": case["address"],
    }
    refused = agent.post("/console/hotline/calls", data=form)
    assert refused.status_code == 422
    assert case["number"] in refused.text
    assert "再报一次" in refused.text
    assert desk("hotline_agent").get(f"/api/staff/applications/{case['number']}")["calls"] == []


def test_a_call_that_sounds_like_danger_wants_a_second_look(open_console: Consoles) -> None:
    agent = open_console("hotline_agent")
    form: dict[str, Any] = {
        "form_token": form_token(agent),
        "once": uuid4().hex,
        "kind": "enquiry",
        "caller_phone": f"135{uuid4().int % 10**8:08d}",
        "content": "问报装，说屋里一股煤气味",
    }
    warned = agent.post("/console/hotline/calls", data=form)
    assert warned.status_code == 422
    assert "像是险情" in warned.text
    assert 'name="no_danger"' in warned.text

    logged = agent.post("/console/hotline/calls", data={**form, "no_danger": "true"})
    assert logged.status_code in {200, 303}


def test_a_call_that_is_none_is_not_asked_about(open_console: Consoles) -> None:
    agent = open_console("hotline_agent")
    form = {
        "form_token": form_token(agent),
        "once": uuid4().hex,
        "kind": "enquiry",
        "caller_phone": f"135{uuid4().int % 10**8:08d}",
        "content": "想装燃气报警器，问多少钱",
    }
    assert agent.post("/console/hotline/calls", data=form).status_code in {200, 303}
