"""Every reason the platform or we can give for a message has plain words at the desk."""

import pytest

from backend.gateways.wechat import refusals
from backend.rules.wording import tell_try
from config.delivery import delivery
from config.messages.deliveries import delivery_words


@pytest.mark.parametrize("table", [refusals.OFFICIAL_ACCOUNT, refusals.MINI_PROGRAM, refusals.WECOM])
def test_every_refusal_of_the_platform_has_its_words(table: refusals.Table) -> None:
    assert {meaning.reason for meaning in table.values()} <= set(delivery_words().reasons)


def test_every_channel_has_a_name() -> None:
    channels = {*delivery().channels.customer, *delivery().channels.staff}
    assert channels <= set(delivery_words().channels)


@pytest.mark.parametrize(
    ("outcome", "reason", "receipt", "said"),
    [
        ("accepted", None, None, "公众号模板消息：平台已收下"),
        ("accepted", None, "arrived", "公众号模板消息：已送达"),
        ("accepted", None, "user_blocked", "公众号模板消息：没有送到，对方拒收公众号消息"),
        (
            "unreachable",
            "not_a_follower",
            None,
            "公众号模板消息：对方收不到，改用下一种方式，对方没有关注公众号",
        ),
        (
            "wrong",
            "KeyError",
            None,
            "公众号模板消息：内容或账号有误，改用下一种方式，平台给出了没有登记过的原因（KeyError），请告诉管理员",
        ),
    ],
)
def test_a_try_reads_as_a_sentence(outcome: str, reason: str | None, receipt: str | None, said: str) -> None:
    assert tell_try("template", outcome, reason, receipt) == said
