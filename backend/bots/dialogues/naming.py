"""The name in a line that answers 「请问您的姓名？」: a person's, a firm's, or how somebody wants to be called."""

import re
from functools import cache

from backend.bots.dialogues.answers import says, without_lead
from backend.bots.understanding import names
from backend.bots.understanding.lexicon import lexicon
from backend.bots.understanding.plain_text import plain

_SHAPE = re.compile(r"[\u4e00-\u9fff·]{2,4}|[A-Za-z][A-Za-z .]{1,30}")
_FIRM = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9()（）]{2,26}(?:公司|店|厂|学校|医院|诊所|馆|楼|坊|屋|部|院|所|社|中心|超市|食堂|火锅|烧烤|酒家|幼儿园)"
)
# How one tells by voice with which characters a name is written: 桂花的桂，兰花的兰.
_SPELT = re.compile(
    r"[,， ]*(?:([\u4e00-\u9fff])[\u4e00-\u9fff]的\1|[\u4e00-\u9fff]([\u4e00-\u9fff])的\2)(?:字)?"
)
_NO_NAME = re.compile("投诉|举报|你们|什么|怎么|咋|啥|干嘛|吗|谁|不|没|多少|为何|上一步|返回|居民|工商业")
_ANSWERS = ("yes", "no", "skip", "confirm", "leave", "go_on", "back", "restart")


def bare_name(text: str) -> str | None:
    """A name and nothing else; None for what only has a name's length (上一步, 联系谁)."""
    line = without_lead(_SPELT.sub("", plain(text)), "name_leads")
    line = re.sub("(?:吧|就行|就好|就可以|即可)+$", "", line)
    if any(says(line, meaning) for meaning in _ANSWERS) or _NO_NAME.search(line):
        return None
    if _called().fullmatch(line) or _FIRM.fullmatch(line) or re.fullmatch("[A-Za-z][A-Za-z .]{1,30}", line):
        return line
    return names.bare_name(line) or names.bare_name(plain(text))


def may_be_name(text: str) -> str | None:
    """A line with the length of a name, for one who insists: rare surnames exist."""
    line = without_lead(plain(text), "name_leads")
    if any(says(line, meaning) for meaning in _ANSWERS) or _NO_NAME.search(line):
        return None
    return line if _SHAPE.fullmatch(line) else None


def is_full_name(text: str) -> bool:
    """Whether the line is a common surname with two characters, whatever errand they sound like: 刘铁柱."""
    name = bare_name(text)
    return (
        name is not None and re.fullmatch(f"[{lexicon().names.common}][\u4e00-\u9fff]{{2}}", name) is not None
    )


def is_firm(text: str) -> bool:
    """Whether the line is a firm's name, whatever wish its words sound like: 好味道物业公司."""
    line = without_lead(plain(text), "name_leads")
    return bool(_FIRM.fullmatch(line)) and not _NO_NAME.search(line)


@cache
def _called() -> re.Pattern[str]:
    words = lexicon().names
    surname = f"(?:{words.compound}|[{words.surnames}])"
    return re.compile(
        f"(?:小|老|阿){surname}|{surname}(?:{words.titles}|总|哥|姐|叔|婶|伯|师傅|老师|经理|医生|大夫|校长|店长|院长|会计|主任)"
    )
