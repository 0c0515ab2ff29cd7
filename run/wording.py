"""The sentences of config/run.toml."""

import tomllib
from functools import cache

from config.settings import PROJECT_ROOT


@cache
def _texts() -> dict[str, str]:
    return tomllib.loads((PROJECT_ROOT / "config/run.toml").read_text(encoding="utf-8"))


def say(key: str, **facts: object) -> None:
    """Print one of the sentences at once, even into a pipe."""
    print(sentence(key, **facts), flush=True)  # noqa: T201  the terminal is this program's only reader


def sentence(key: str, **facts: object) -> str:
    return _texts()[key].format(**facts)
