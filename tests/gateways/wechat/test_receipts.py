"""Receipts, choices and scenes, in all the shapes they come in."""

import pytest

from backend.gateways.wechat import receipts
from backend.gateways.wechat.inbound import InboundMessage
from tests.gateways.wechat.envelopes import event_fields, json_text, opened, sealed, text_fields, xml

LARGE = 7291881230011223344  # beyond 2^53
SENT = {"TemplateId": "t1", "MsgID": LARGE, "ErrorCode": 0, "ErrorStatus": "success"}
REFUSED = {"TemplateId": "t2", "MsgID": "9", "ErrorCode": "43101", "ErrorStatus": "user refuse"}


def both_ways(event: str, wrapper: str, entries: object) -> list[InboundMessage]:
    """The same event wrapped in XML, wrapped in JSON, and as JSON without a wrapper."""
    wrapped = event_fields(event, **{wrapper: {"List": entries}})
    bare = event_fields(event, List=entries)
    return [
        opened(sealed(xml(wrapped)), app="mini_program"),
        opened(sealed(json_text(wrapped), json=True), app="mini_program"),
        opened(sealed(json_text(bare), json=True), app="mini_program"),
    ]


class TestTemplateReceipts:
    @pytest.mark.parametrize(
        ("status", "delivered", "reason"),
        [
            ("success", True, ""),
            ("failed:user block", False, "user_blocked"),
            ("failed: user block", False, "user_blocked"),
            ("failed: system failed", False, "system_failed"),
            ("failed:freq limit", False, "frequency_limited"),
            ("something new", False, "other"),
            ("", False, "other"),
        ],
    )
    def test_what_is_not_success_has_failed(self, status: str, delivered: bool, reason: str) -> None:
        fields = event_fields("TEMPLATESENDJOBFINISH", MsgID=LARGE, Status=status)
        receipt = receipts.template_receipt(opened(sealed(xml(fields))))
        assert receipt
        assert (receipt.message_id, receipt.openid) == (str(LARGE), "oCustomer")
        assert (receipt.delivered, receipt.reason) == (delivered, reason)

    def test_other_messages_bring_none(self) -> None:
        message = opened(sealed(xml(text_fields())))
        assert receipts.template_receipt(message) is None
        assert receipts.subscribe_receipts(message) == ()
        assert receipts.subscription_choices(message) == ()
        assert receipts.scene(message) is None


class TestSubscribeMessages:
    def test_one_entry_comes_as_an_object(self) -> None:
        for message in both_ways("subscribe_msg_sent_event", "SubscribeMsgSentEvent", SENT):
            (receipt,) = receipts.subscribe_receipts(message)
            assert (receipt.message_id, receipt.template_id, receipt.delivered) == (str(LARGE), "t1", True)

    def test_several_come_as_a_list(self) -> None:
        for message in both_ways("subscribe_msg_sent_event", "SubscribeMsgSentEvent", [SENT, REFUSED]):
            sent, refused = receipts.subscribe_receipts(message)
            assert sent.delivered
            assert (refused.delivered, refused.error_code, refused.reason) == (False, 43101, "user refuse")

    @pytest.mark.parametrize(
        ("event", "wrapper"),
        [
            ("subscribe_msg_popup_event", "SubscribeMsgPopupEvent"),
            ("subscribe_msg_change_event", "SubscribeMsgChangeEvent"),
        ],
    )
    def test_what_a_person_chose(self, event: str, wrapper: str) -> None:
        entries = [
            {"TemplateId": "t1", "SubscribeStatusString": "accept"},
            {"TemplateId": "t2", "SubscribeStatusString": "reject"},
        ]
        for message in both_ways(event, wrapper, entries):
            choices = receipts.subscription_choices(message)
            assert [(c.template_id, c.choice) for c in choices] == [("t1", "accept"), ("t2", "reject")]

    def test_an_event_without_entries_says_nothing(self) -> None:
        for message in both_ways("subscribe_msg_sent_event", "SubscribeMsgSentEvent", "odd"):
            assert receipts.subscribe_receipts(message) == ()


class TestScenes:
    @pytest.mark.parametrize(
        ("event", "event_key", "scene"),
        [
            ("subscribe", "qrscene_bind-7", "bind-7"),
            ("subscribe", "", None),
            ("subscribe", "last_trade_no_4006", None),
            ("SCAN", "bind-7", "bind-7"),
            ("scan", "qrscene_bind-7", "bind-7"),
            ("CLICK", "qrscene_bind-7", None),
        ],
    )
    def test_where_the_code_was(self, event: str, event_key: str, scene: str | None) -> None:
        assert receipts.scene(opened(sealed(xml(event_fields(event, EventKey=event_key))))) == scene
