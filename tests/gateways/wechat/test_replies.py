"""What the customer reads, whatever we put into an answer."""

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from backend.gateways.wechat.replies import (
    ImageReply,
    NewsReply,
    Reply,
    TextReply,
    TransferReply,
    fit_text,
    seal_reply,
)
from tests.gateways.wechat.envelopes import ACCOUNT, NOW, opened, plain, text_fields, xml


def shown(reply: Reply) -> dict[str, object]:
    to = opened(plain(xml(text_fields())))
    return dict(xmltodict.parse(seal_reply(ACCOUNT, reply, to, now=NOW, nonce="n"))["xml"])


class TestLongTexts:
    @given(text=st.text(st.characters(exclude_categories=["Cs"])), limit=st.integers(3, 100))
    def test_never_beyond_the_limit_and_never_half_a_character(self, text: str, limit: int) -> None:
        fitted = fit_text(text, limit=limit)
        assert len(fitted.encode()) <= limit
        assert fitted == text or (fitted.endswith("…") and text.startswith(fitted[:-1]))

    def test_an_emoji_on_the_edge_is_left_out_whole(self) -> None:
        text = "字" * 681 + "🔥🔥"
        assert fit_text(text) == "字" * 681 + "…"

    def test_a_link_is_never_cut_open(self) -> None:
        text = "字" * 670 + '<a href="https://example.test/a/long/way">看进度</a>'
        assert fit_text(text) == "字" * 670 + "…"

    def test_a_text_of_exactly_the_limit_stays_whole(self) -> None:
        assert fit_text("a" * 2048) == "a" * 2048


class TestXml:
    @pytest.mark.parametrize("text", ["]]>", "a]]>b]]>c", "<b>&amp;</b>", "中\x00文\x0b\ud800\uffff字", "😀"])
    def test_no_text_can_break_the_answer(self, text: str) -> None:
        safe = "".join(c for c in text if c not in "\x00\x0b\ud800\uffff")
        assert shown(TextReply(text=text))["Content"] == safe

    @given(text=st.text())
    def test_none_at_all(self, text: str) -> None:
        assert "Content" in shown(TextReply(text=text))


class TestKinds:
    def test_a_picture(self) -> None:
        assert shown(ImageReply(media_id="m1"))["Image"] == {"MediaId": "m1"}

    def test_an_article(self) -> None:
        reply = NewsReply(title="标题", description="说明", url="https://u", picture_url="https://p")
        answer = shown(reply)
        assert answer["ArticleCount"] == "1"
        item = {"Title": "标题", "Description": "说明", "PicUrl": "https://p", "Url": "https://u"}
        assert answer["Articles"] == {"item": item}

    def test_the_customer_service_desk(self) -> None:
        assert shown(TransferReply())["MsgType"] == "transfer_customer_service"

    def test_it_goes_back_to_who_wrote(self) -> None:
        answer = shown(TextReply(text="您好"))
        assert (answer["ToUserName"], answer["FromUserName"]) == ("oCustomer", "gh_account")
        assert answer["CreateTime"] == str(int(NOW.timestamp()))
