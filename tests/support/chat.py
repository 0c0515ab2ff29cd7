"""Applying in the chat, as a customer answers the assistant."""

import re

from tests.support.phone import Phone

ADDRESS = "新郑市龙湖镇龙湖锦园3号楼2单元501"

_ANSWERS = (
    ("姓名", "我叫张小满"),
    ("称呼", "我叫张小满"),
    ("电话", "13712345678"),
    ("手机", "13712345678"),
    ("地址", ADDRESS),
    ("居民", "自己家里用"),
    ("时间", "没有要求，你们安排"),
)


def apply_in_chat(phone: Phone) -> str:
    """Answers whatever the assistant asks, like a customer would, until it files; returns the number."""
    said = phone.say("我家想装天然气")
    sent_photo = False
    for _ in range(12):
        number = re.search(r"XZ\d{12,}", said)
        if number:
            return number[0]
        if "照片" in said and not sent_photo and "确认" not in said:
            said, sent_photo = phone.send_picture(), True
        elif "确认" in said:
            said = phone.say("确认")
        else:
            said = phone.say(next((answer for word, answer in _ANSWERS if word in said), "没有"))
    raise AssertionError(f"no number; the last answer was {said}")
