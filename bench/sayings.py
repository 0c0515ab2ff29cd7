"""What the benchmarks' customers write: questions of the assistant's frozen examination, which it was never taught."""

import tomllib
from functools import cache

from backend.bots.understanding.store import load_model
from backend.bots.vigilance import watch
from config.settings import PROJECT_ROOT

_FROZEN = PROJECT_ROOT / "tests" / "bots" / "frozen" / "intents.toml"
# What is only answered; who files, complains or calls for a person sets more in motion than one message.
_ASKED = (
    "documents_needed", "time_limit", "package", "channels", "manager_contact", "progress", "thanks", "out_of_scope",
)  # fmt: skip
_OPENINGS = ("", "你好，", "请问", "打扰了，", "麻烦问一下，", "您好！")
_CLOSINGS = ("", "？", "，谢谢", "，在线等", "，麻烦了", "。")


def saying(number: int) -> str:
    """The line of one message. The same comes again after some eight thousand: what is kept of earlier lines flatters no
    figure.
    """
    lines = _lines()
    turn, place = divmod(number, len(lines))
    closing, opening = divmod(turn, len(_OPENINGS))
    return f"{_OPENINGS[opening]}{lines[place]}{_CLOSINGS[closing % len(_CLOSINGS)]}"


@cache
def _lines() -> tuple[str, ...]:
    """By turns one of each kind; what the assistant takes for danger wakes people, and is left out."""
    kinds = tomllib.loads(_FROZEN.read_text(encoding="utf-8"))["lines"]
    mixed = [line for turn in zip(*(kinds[kind] for kind in _ASKED), strict=True) for line in turn]
    return tuple(line for line in mixed if watch(line, load_model()) is None)
