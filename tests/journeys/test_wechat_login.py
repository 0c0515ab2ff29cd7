"""A push opened inside WeChat: its bound member needs no password; nobody else gets in by it."""

import httpx
import pytest

from tests.support.case import Case
from tests.support.phone import Phone
from tests.support.town import Town


def opened(town: Town, phone: Phone, path: str) -> httpx.Response:
    """The link of a push, opened on somebody's phone."""
    with httpx.Client(base_url=town.platform, follow_redirects=True, timeout=30, trust_env=False) as web:
        return web.get("/phone/open", params={"as": phone.key, "url": f"{town.backend}{path}"})


@pytest.fixture
def task_path(town: Town) -> str:
    """What a manager was pushed."""
    case = Case.filed_by(town, "hotline_agent", "hotline")
    (task,) = case.manager.tasks(kind="visit", application_number=case.number)
    return f"/m/tasks/{task['id']}"


def test_the_bound_member_needs_no_password_until_they_leave(town: Town, task_path: str) -> None:
    phone = town.phone_of("supervisor")
    page = opened(town, phone, task_path)
    assert page.status_code == 200
    assert "张小满" in page.text
    assert 'data-holder="' in page.text

    who = town.desk("supervisor").staff["id"]
    town.desk("administrator").post(f"/api/staff/members/{who}/deactivate")
    for path in (task_path, "/m/tasks"):  # the old login has ended, and WeChat brings no new one
        page = opened(town, phone, path)
        assert "还没有绑定员工账号" in page.text
        assert "张小满" not in page.text


def test_nobody_else_gets_in(town: Town, task_path: str) -> None:
    stranger = opened(town, town.somebody(), task_path)
    assert "还没有绑定员工账号" in stranger.text
    assert "张小满" not in stranger.text

    code = town.phone_of("supervisor")._code("oauth-code")
    with httpx.Client(base_url=town.backend, timeout=15, trust_env=False) as web:
        web.get(f"/m/login/wechat?next={task_path}")
        forged = web.get("/m/login/back", params={"code": code, "state": "forged"})
    assert "微信登录没有成功" in forged.text
    assert "staff" not in forged.cookies
