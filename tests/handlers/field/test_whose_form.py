"""Each form of the phone pages, sent by everybody it is not for: refused, and nothing has happened."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from backend.handlers.field import acts, project_acts
from config.roles import EVERYONE, roles
from tests.support.office import Consoles, Desks


def send(phone: httpx.Client, token: str, path: str) -> int:
    """A form that no page of theirs has."""
    form = {"form_token": token, "once": uuid4().hex}
    return phone.post(path, data=form, headers={"Accept": "application/json"}).status_code


@pytest.mark.parametrize("login", [login for login in EVERYONE if login != "administrator"])
def test_forms_of_others_are_refused(
    open_console: Consoles, desk: Desks, case: dict[str, Any], login: str
) -> None:
    manager = desk("customer_manager")
    number = case["number"]
    before = manager.get(f"/api/staff/applications/{number}")
    project = f"/m/projects/{before['project_id']}"
    phone = open_console(login)
    token = phone.get("/m/me").json()["form_token"]
    doors = {f"/m/applications/{number}/{name}": form.door for name, form in acts.FORMS.items()}
    doors |= {f"{project}/{name}": form.door for name, form in project_acts.FORMS.items()}

    refused = {
        path: send(phone, token, path) for path, door in doors.items() if login not in roles().of(door)
    }

    assert refused == dict.fromkeys(refused, 403)
    assert manager.get(f"/api/staff/applications/{number}")["history"] == before["history"]
