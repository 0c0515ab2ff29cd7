"""When two addresses are the same, and to which site one belongs (contract: sites)."""

import re
import unicodedata

import cn2an

from config.districts import Districts

LONGEST_SITE_NAME = 100  # characters; as wide as the column

_NUMERAL = re.compile("[〇零一二两三四五六七八九十百千]+")
_UP_TO_DIGIT = re.compile(r"[\d〇零一二两三四五六七八九十百千]*[^\d〇零一二两三四五六七八九十百千]+")
_DIGITS = str.maketrans("〇零一二两三四五六七八九", "00122" + "3456789")


def key_of(address: str, known: Districts) -> str:
    """The address as it is compared: without province, city, town and spaces, numerals in one writing."""
    return _NUMERAL.sub(_arabic, plain(address, known)).lower()


def plain(address: str, known: Districts) -> str:
    """The address without province, city, town and spaces, in half-width characters."""
    text = "".join(unicodedata.normalize("NFKC", address).split())
    for prefix in known.prefixes:
        text = text.removeprefix(prefix)
    town = next((town for town in known.towns if text.startswith(town)), "")
    return text.removeprefix(town)


def town_of(address: str, known: Districts) -> str | None:
    """The town or street office the address names, if any."""
    text = "".join(unicodedata.normalize("NFKC", address).split())
    return next((town for town in known.towns if town in text), None)


def site_name(address: str, known: Districts) -> str:
    """The name of the site that begins with this address: all up to its first digit (a name may open with one)."""
    text = plain(address, known)
    head = _UP_TO_DIGIT.match(text)
    return head[0] if head else text


def prefixes(key: str) -> list[str]:
    """Every beginning of an address key: a site whose key is among them may be the one."""
    return [key[:length] for length in range(1, min(len(key), LONGEST_SITE_NAME) + 1)]


def _arabic(match: re.Match[str]) -> str:
    text = match[0]
    if not re.search("[十百千]", text):
        return text.translate(_DIGITS)
    try:
        return str(cn2an.cn2an(text.replace("〇", "零"), "smart"))
    except (
        ValueError,
        KeyError,
    ):  # 十一百, 〇十零 and the like: no number, so left as it stands on both sides
        return text
