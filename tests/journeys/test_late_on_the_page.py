"""A day passes without a flame: the customer's page says so, apologises, and names who is on it."""

import httpx

from backend.gateways import links
from config.settings import Settings
from tests.support.case import Case
from tests.support.town import Town


def test_late_it_apologises_and_says_who_is_on_it(town: Town) -> None:
    case = Case.filed_by(town, "hotline_agent", "hotline")
    town.advance(days=1, minutes=1)
    page = httpx.get(
        town.backend + links.progress_path(case.number, Settings().secret_key), trust_env=False
    ).text
    assert "抱歉让您久等了" in page
    assert case.manager.staff["name"] in page
    assert "超时" in page
