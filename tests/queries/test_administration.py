"""What an administrator looks at: previews of messages, the machinery, the menu."""

from datetime import timedelta

import pytest

from backend.actions import job_runs
from backend.models import OutboxMessage
from backend.queries import message_previews, system_state
from backend.rules import menus
from config import policy
from config.menus import menu
from config.messages.texts import notices
from tests.support.builders import MONDAY_15, a_member_of_staff, an_accepted_site, an_application


@pytest.fixture(scope="module")
def previews() -> dict[str, message_previews.Preview]:
    found = message_previews.previews(now=MONDAY_15, zone=policy.current().tz)
    return {one.key: one for one in found}


class TestPreviews:
    def test_every_message_is_there_without_a_gap(
        self, previews: dict[str, message_previews.Preview]
    ) -> None:
        assert list(previews) == list(notices())
        assert [key for key, one in previews.items() if "{" in one.title + one.body + one.sms] == []

    def test_none_is_cut_short(self, previews: dict[str, message_previews.Preview]) -> None:
        """With facts of usual length each message fits each of its channels."""
        assert {key: one.faults for key, one in previews.items() if one.faults} == {}

    def test_fields_are_shaped_as_the_platform_takes_them(
        self, previews: dict[str, message_previews.Preview]
    ) -> None:
        account = next(one for one in previews["accepted"].templates if one.app == "official_account")
        values = {field.name: field.value for field in account.fields}
        assert values["thing1"] == "报装已受理"
        assert values["time4"] == "2026年11月23日 15:00"


class TestSystemState:
    async def test_what_waits_and_what_failed(self, database: str) -> None:
        await an_accepted_site()
        await a_member_of_staff("wang", "customer_manager")
        await an_application()
        await OutboxMessage.filter(message="new_tasks").update(state="dead")
        await job_runs.try_claim("evening_digest", MONDAY_15, real_now=MONDAY_15)

        state = await system_state.read(now=MONDAY_15, real_now=MONDAY_15 + timedelta(minutes=5))

        assert (state.waiting, state.dead) == (1, 1)
        assert state.oldest_due is not None
        assert (state.oldest_due.message, state.oldest_due.since) == ("accepted", MONDAY_15)
        assert [run.job for run in state.runs] == ["evening_digest"]
        assert state.size > 1_000_000
        assert state.migration

    async def test_an_empty_house(self, database: str) -> None:
        state = await system_state.read(now=MONDAY_15, real_now=MONDAY_15)
        assert (state.waiting, state.dead, state.oldest_due, state.runs) == (0, 0, None, ())


class TestMenu:
    def test_the_platform_s_empty_lists_make_no_difference(self) -> None:
        ours = menu().as_platform()
        theirs = {
            "button": [{**button, "sub_button": button.get("sub_button", [])} for button in ours["button"]]
        }
        assert menus.lines(theirs) == menus.lines(ours)

    def test_another_word_is_another_menu(self) -> None:
        assert menus.lines({"button": [{"name": "报装", "type": "click", "key": "apply"}]}) != menus.lines(
            menu().as_platform()
        )
