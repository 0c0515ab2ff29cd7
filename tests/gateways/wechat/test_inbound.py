"""What the platform tells us, in our words."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.gateways.wechat.inbound import InboundMessage
from tests.gateways.wechat.envelopes import (
    NOW,
    STAMP,
    event_fields,
    json_text,
    opened,
    plain,
    sealed,
    text_fields,
    xml,
)

IDS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789_-", min_size=1, max_size=28)


def read(fields: dict[str, Any]) -> InboundMessage:
    return opened(sealed(xml(fields)))


class TestRepeats:
    @given(sender=IDS, number=st.integers(1, 2**64 - 1))
    def test_a_repeat_has_the_key_of_the_first_though_it_is_sealed_anew(
        self, sender: str, number: int
    ) -> None:
        body = xml(text_fields(FromUserName=sender, MsgId=number))
        first, again = sealed(body), sealed(body, stamp=str(int(STAMP) + 5))
        assert first.body != again.body
        assert opened(first).key == opened(again).key == opened(plain(body)).key

    @given(one=st.tuples(IDS, st.integers(1, 2**63)), other=st.tuples(IDS, st.integers(1, 2**63)))
    def test_keys_are_equal_only_for_the_same_person_and_message(
        self, one: tuple[str, int], other: tuple[str, int]
    ) -> None:
        first, second = (read(text_fields(FromUserName=who, MsgId=number)) for who, number in (one, other))
        assert (first.key == second.key) == (one == other)

    def test_two_receipts_of_one_second_are_two(self) -> None:
        receipts = [read(event_fields("TEMPLATESENDJOBFINISH", MsgID=n, Status="success")) for n in (1, 2)]
        assert receipts[0].key != receipts[1].key

    def test_an_event_is_no_repeat_because_of_a_number_it_carries(self) -> None:
        assert (
            read(event_fields("CLICK", EventKey="a", MsgId=1)).key
            != read(event_fields("CLICK", EventKey="b", MsgId=1)).key
        )

    def test_the_two_apps_keep_apart(self) -> None:
        body = plain(xml(text_fields()))
        assert opened(body).key != opened(body, app="mini_program").key


class TestKinds:
    def test_a_voice_reads_as_what_was_said(self) -> None:
        message = read(text_fields("", MsgType="voice", MediaId="m1", Recognition="有煤气味"))
        assert (message.kind, message.text, message.media_id) == ("voice", "有煤气味", "m1")

    def test_a_picture(self) -> None:
        message = read(text_fields("", MsgType="image", MediaId="m1", PicUrl="http://p/1"))
        assert (message.kind, message.media_id, message.url, message.text) == (
            "image",
            "m1",
            "http://p/1",
            "",
        )

    def test_a_place(self) -> None:
        place = {"Location_X": "34.395", "Location_Y": "113.740", "Scale": "15", "Label": "新郑市人民路"}
        message = read(text_fields("", MsgType="location", **place))
        assert (message.latitude, message.longitude, message.label) == (34.395, 113.74, "新郑市人民路")

    @pytest.mark.parametrize("x", ["nan", "inf", "91", "-90.1", "here", "1" * 400])
    def test_a_place_nowhere_on_earth_is_none(self, x: str) -> None:
        assert read(text_fields("", MsgType="location", Location_X=x, Location_Y="0")).latitude is None

    def test_a_reported_place(self) -> None:
        message = read(event_fields("LOCATION", Latitude="34.4", Longitude="113.7", Precision="30"))
        assert (message.event, message.latitude, message.longitude) == ("location", 34.4, 113.7)

    def test_a_link(self) -> None:
        message = read(text_fields("", MsgType="link", Title="公告", Description="d", Url="http://l"))
        assert (message.kind, message.title, message.url) == ("link", "公告", "http://l")

    def test_a_touched_menu_line(self) -> None:
        assert read(text_fields("确认", bizmsgmenuid="confirm")).menu_id == "confirm"

    @pytest.mark.parametrize(
        "event", ["SCAN", "scan", "Scan", "view_miniprogram", "debug_demo", "一个新事件"]
    )
    def test_odd_capitals_and_unknown_events_are_taken(self, event: str) -> None:
        message = read(event_fields(event, EventKey="x"))
        assert (message.kind, message.event, message.event_key) == ("event", event.lower(), "x")

    def test_an_unknown_kind_is_taken(self) -> None:
        assert read(text_fields("", MsgType="hologram")).kind == "hologram"

    @pytest.mark.parametrize(
        "event", ["user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"]
    )
    def test_in_these_the_person_is_named_apart(self, event: str) -> None:
        message = read(event_fields(event, FromUserName="gh_platform", OpenID="oPerson", RevokeInfo="201"))
        assert (message.openid, message.sender) == ("oPerson", "gh_platform")

    def test_other_events_cannot_name_somebody_else(self) -> None:
        assert read(event_fields("CLICK", OpenID="oSomebodyElse")).openid == "oCustomer"

    def test_words_and_names_stay_out_of_logs(self) -> None:
        assert "138" not in repr(read(text_fields("我的电话是13812345678")))


class TestTimes:
    @pytest.mark.parametrize("created", [int(STAMP), STAMP])
    def test_number_or_string(self, created: object) -> None:
        message = opened(plain(json_text(text_fields(CreateTime=created))), app="mini_program")
        assert message.sent_at == NOW

    @pytest.mark.parametrize("created", ["", "soon", "9" * 30, "-" + "9" * 30])
    def test_a_senseless_one_does_not_cost_the_customer_the_answer(self, created: str) -> None:
        later = NOW + timedelta(seconds=3)
        message = opened(plain(xml(text_fields(CreateTime=created))), now=later)
        assert message.sent_at == later


class TestEverythingIsKept:
    @given(number=st.integers(2**53, 2**64 - 1))
    def test_numbers_beyond_what_a_double_holds(self, number: int) -> None:
        fields = event_fields("TEMPLATESENDJOBFINISH", MsgID=number)
        assert opened(plain(json_text(fields)), app="mini_program").fields["MsgID"] == number

    def test_a_repeated_element_becomes_a_list(self) -> None:
        message = read(event_fields("e", Wrap={"List": [{"A": "1"}, {"A": "2"}, {"A": "3"}], "One": "x"}))
        assert message.fields["Wrap"] == {"List": [{"A": "1"}, {"A": "2"}, {"A": "3"}], "One": "x"}
