"""Each form of the phone pages, sent by everybody it is not for: refused, and nothing has happened."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest

from backend.handlers.field import acts, project_acts
from config.roles import EVERYONE, roles
from tests.support.desk import DEMO_PASSWORD
from tests.support.office import Desks
from tests.support.processes import RunningProcess


class Sender:
    """A member's phone that sends forms no page of theirs has."""

    def __init__(self, url: str, login: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=15, trust_env=False, follow_redirects=True)
        page = self._http.post("/m/login", data={"login": login, "password": DEMO_PASSWORD}).text
        found = re.search(r'data-form-token="(\w+)"', page)
        assert found
        self._token = found[1]

    def send(self, path: str) -> int:
        form = {"form_token": self._token, "once": uuid4().hex}
        return self._http.post(path, data=form, headers={"Accept": "application/json"}).status_code


@pytest.mark.parametrize("login", [login for login in EVERYONE if login != "administrator"])
def test_forms_of_others_are_refused(
    office: RunningProcess, desk: Desks, case: dict[str, Any], login: str
) -> None:
    manager = desk("customer_manager")
    number = case["number"]
    before = manager.get(f"/api/staff/applications/{number}")
    project = f"/m/projects/{before['project_id']}"
    sender = Sender(office.url, login)
    doors = {f"/m/applications/{number}/{name}": form.door for name, form in acts.FORMS.items()}
    doors |= {f"{project}/{name}": form.door for name, form in project_acts.FORMS.items()}

    refused = {path: sender.send(path) for path, door in doors.items() if login not in roles().of(door)}

    assert refused == dict.fromkeys(refused, 403)
    assert manager.get(f"/api/staff/applications/{number}")["history"] == before["history"]
