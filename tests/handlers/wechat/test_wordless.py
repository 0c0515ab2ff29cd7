"""Pictures, voices, places, links, stickers, videos and files: each does something sensible, whatever the talk is about."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from backend import clock
from backend.models import ConnectionApplication, Document, WechatIdentity
from tests.handlers.wechat.conftest import Chatter
from tests.support.builders import an_application

Send = Callable[[Chatter], str]


def raw(kind: str, **fields: str) -> Send:
    """A kind of message for which the simulated phone has no button."""
    return lambda customer: customer.read(
        customer.act("event", fields={"MsgType": kind, "MsgId": uuid4().hex, **fields})
    )


SENDS: dict[str, tuple[Send, str]] = {
    "voice nobody understood": (lambda customer: customer.read(customer.act("voice")), "没听清"),
    "place without a name": (lambda customer: customer.read(customer.act("location")), "用文字写"),
    "link": (lambda customer: customer.read(customer.act("link", url="https://a.b", title="燃气")), "打不开"),
    "pasted link": (lambda customer: customer.say("https://mp.weixin.qq.com/s/abc"), "打不开"),
    "sticker": (lambda customer: customer.say("[微笑]"), "收到"),
    "emoji": (lambda customer: customer.say("😂"), "收到"),
    "sticker the platform cannot pass on": (
        lambda customer: customer.say("【收到不支持的消息类型，暂无法显示】"),
        "收到",
    ),
    "video": (raw("video", MediaId="v1", ThumbMediaId="t1"), "视频"),
    "short video": (raw("shortvideo", MediaId="v1", ThumbMediaId="t1"), "视频"),
    "file": (raw("file", Title="合同.pdf", FileKey="k"), "文件"),
    "a kind of tomorrow": (raw("hologram"), "收到"),
}


@pytest.fixture
async def case(customer: Chatter) -> ConnectionApplication:
    """The customer's open application, which lacks two papers."""
    identity = await WechatIdentity.get(app="official_account").prefetch_related("customer")
    return await an_application(identity.customer, at=clock.real_now())


@pytest.mark.parametrize("what", SENDS)
async def test_it_is_answered_and_changes_nothing(customer: Chatter, what: str) -> None:
    send, word = SENDS[what]
    assert word in send(customer)
    customer.say("我家想装天然气")
    customer.say("张三")
    in_form = send(customer)
    assert word in in_form
    assert "电话" in in_form  # the question that is open
    assert "地址" in customer.say("13812345670")


@pytest.mark.parametrize("what", ["voice nobody understood", "sticker", "video", "file"])
async def test_with_a_case_and_with_a_question_open_too(
    customer: Chatter, case: ConnectionApplication, what: str
) -> None:
    send, word = SENDS[what]
    assert word in send(customer)
    customer.say("取消报装")
    assert word in send(customer)
    await case.refresh_from_db()
    assert case.stage != "cancelled"


async def test_a_voice_is_its_words(customer: Chatter) -> None:
    voice = customer.act("voice", recognition="我家想装天然气，我叫王建国。")
    assert "电话" in customer.read(voice)
    assert "地址" in customer.read(customer.act("voice", recognition="幺三八幺二三四五六七八。"))


async def test_a_place_becomes_the_address_with_or_without_a_form(customer: Chatter) -> None:
    place = {"label": "新郑市龙湖镇龙湖锦园3号楼"}
    assert "龙湖锦园3号楼" in customer.read(customer.act("location", **place))
    assert "居民还是工商业" in customer.say("是")
    for line in ("居民", "张三", "13812345670", "不急"):
        answer = customer.say(line)
    assert "身份证" in answer
    assert "龙湖锦园3号楼" in customer.say("没有")


async def test_a_place_beside_a_case_moves_nothing(customer: Chatter, case: ConnectionApplication) -> None:
    answer = customer.read(customer.act("location", label="新郑市龙湖镇锦绣路1号"))
    assert "地址改成" in answer
    assert "随时" in customer.say("不是")
    before = case.address
    await case.refresh_from_db()
    assert case.address == before


async def test_a_picture_before_there_is_a_case_goes_with_the_application(customer: Chatter) -> None:
    assert "报装" in customer.send_picture()
    customer.say("我家想装天然气，我叫李秀英，电话13837120001，地址新郑市龙湖镇龙湖锦园37号楼583")
    customer.say("不急")
    assert "报装成功" in customer.say("确认")
    paper = await Document.get()
    assert (paper.kind, paper.app) == ("identity", "official_account")
    assert paper.application_id is not None


async def test_a_picture_of_the_mini_programs_chat_is_its_own(customer: Chatter) -> None:
    picture = b"\xff\xd8\xff\xe0picture"
    customer.http.post(
        f"/sim/users/{customer.key}/image", params={"app": "mini_program"}, content=picture
    ).raise_for_status()
    assert "照片收到" in customer.messages("custom", wait=10)[0]["text"]
    assert (await Document.get()).app == "mini_program"
