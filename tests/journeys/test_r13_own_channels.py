"""R13: chat, mini-program, both counters, hotline and the manager at the door are each a way in (§1.3-1, §2.2-1).

The platforms' ways are in test_r13_partner_channels.py.
"""

import pytest

from tests.support.case import Case
from tests.support.chat import apply_in_chat
from tests.support.desk import Refused
from tests.support.town import Town

_BY_STAFF = (
    ("hotline_agent", "hotline"),
    ("counter_clerk", "government_hall"),
    ("counter_clerk", "outlet"),
    ("customer_manager", "manager_visit"),
)


class TestEveryWayIn:
    def test_the_same_case_with_its_channel_and_one_manager(self, town: Town) -> None:
        follower = town.somebody()
        follower.act("follow")
        chat = apply_in_chat(follower)
        cases = {"official_account": town.desk("supervisor").get(f"/api/staff/applications/{chat}")}
        cases["mini_program"] = Case.of_follower(town).seen()
        for login, channel in _BY_STAFF:
            papers = [town.desk(login).upload("/api/staff/documents", "identity")]
            filed = Case.filed_by(town, login, channel, document_ids=papers)
            cases[channel] = filed.seen()
            assert cases[channel]["filed_by"]["name"] == town.desk(login).staff["name"]

        for channel, case in cases.items():
            assert case["channel"] == channel
            assert case["manager"]["phone"]
            assert case["clock"]["kind"] == "ignition"
            assert [task["kind"] for task in case["tasks"]].count("visit") == 1

    def test_nobody_uses_a_way_that_is_not_theirs(self, town: Town) -> None:
        for login, channel in _BY_STAFF:
            for other in {"hotline", "outlet", "manager_visit", "official_account", "zhenghaoban"} - {
                channel
            }:
                if (login, other) == ("counter_clerk", "outlet"):
                    continue
                with pytest.raises(Refused, match="403"):
                    Case.filed_by(town, login, other)
