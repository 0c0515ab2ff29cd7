"""Messages that did not arrive, at the supervisor's desk."""

import re

import asyncpg
import httpx
import pytest

from tests.support.office import Consoles, Desks, file
from tests.support.services import for_asyncpg

_DEAD = """
UPDATE outbox SET state = 'called_back', ended_at = now()
WHERE application_id = (SELECT id FROM applications WHERE number = $1) AND customer_id IS NOT NULL RETURNING id
"""
_TRY = "INSERT INTO delivery_attempts (message_id, channel, began_at, outcome, reason) VALUES ($1, 'template', now(), 'unreachable', 'not_a_follower')"


@pytest.fixture
async def stuck(desk: Desks, office_database_url: str) -> str:
    """A message to a customer that no channel could bring; its id."""
    number = file(desk("customer_manager"))["number"]
    connection = await asyncpg.connect(for_asyncpg(office_database_url))
    message_id = await connection.fetchval(_DEAD, number)
    await connection.execute(_TRY, message_id)
    await connection.close()
    return str(message_id)


def token_in(console: httpx.Client) -> str:
    found = re.search(r'data-form-token="([^"]+)"', console.get("/console/").text)
    assert found
    return found[1]


def test_the_platform_s_reason_is_told_in_plain_words(stuck: str, open_console: Consoles) -> None:
    shown = open_console("supervisor").get("/console/undelivered").text
    assert "公众号模板消息：对方收不到，改用下一种方式，对方没有关注公众号" in shown


def test_it_is_given_up_with_a_word_and_only_once(stuck: str, open_console: Consoles) -> None:
    console = open_console("supervisor")
    path, form = f"/console/undelivered/{stuck}/give-up", {"form_token": token_in(console)}
    assert "data-opened" in console.post(path, data=form).text
    assert "已记录，不再发送" in console.post(path, data={**form, "note": "已当面告知"}).text
    assert "已当面告知" in console.get("/console/undelivered?state=given_up").text
    again = console.post(path, data={**form, "note": "再来一次"})
    assert (again.status_code, "不在未送达的清单里" in again.text) == (422, True)


def test_it_is_sent_anew(stuck: str, open_console: Consoles) -> None:
    console = open_console("hotline_agent")
    resent = console.post(f"/console/undelivered/{stuck}/resend", data={"form_token": token_in(console)})
    assert "已安排重新发送" in resent.text
    assert stuck not in resent.text
