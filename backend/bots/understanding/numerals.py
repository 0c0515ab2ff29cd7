"""Numbers as people say them."""

from functools import cache

import cn2an

from backend.bots.understanding.lexicon import lexicon

CHINESE = "零〇一幺二两三四五六七八九十百千"


@cache
def _digits() -> dict[int, str]:
    words = lexicon().phones
    return {ord(spoken): digit for spoken, digit in zip(words.spoken, words.digits, strict=True)}


def with_digits(line: str) -> str:
    """The line of the same length with every spoken digit (一, 幺, 壹) as a figure."""
    return line.translate(_digits())


def number(text: str) -> float | None:
    """12, 十二, 五零一, 十二点五, 半; None when it is no number."""
    text = text.strip().replace("〇", "零").replace("幺", "一")
    if text == "半":
        return 0.5
    try:
        return float(text) if text[:1].isascii() else float(cn2an.cn2an(text, "smart"))
    except (ValueError, KeyError):  # cn2an fails so at 七七十二
        return None


def whole_number(text: str) -> int | None:
    """A number without a fraction."""
    value = number(text)
    return int(value) if value is not None and value.is_integer() else None
