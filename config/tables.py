"""Reads one TOML file of `config/` into its frozen type; what does not fit stops the start and says where."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from config.lines import line_of

FOLDER = Path(__file__).parent


class Table(BaseModel):
    """A frozen table: an unknown key is a mistake, not an extension."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ConfigurationFault(Exception):
    """A file of `config/` does not fit its type; the text names file, place and reason."""


T = TypeVar("T", bound=BaseModel)


def read(name: str, shape: type[T]) -> T:
    """The file `config/<name>` as `shape`. Raises ConfigurationFault."""
    path = FOLDER / name
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return shape.model_validate(tomllib.loads(text))
    except FileNotFoundError as fault:
        raise ConfigurationFault(f"{name}: no such file") from fault
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationFault(f"{name}: {fault}") from fault
    except ValidationError as fault:
        said = [f"{spot(name, text, e['loc'])}: {e['msg']}" for e in fault.errors()]
        raise ConfigurationFault("\n".join(said)) from fault


def spot(name: str, text: str, place: Sequence[str | int]) -> str:
    """`file:line: key.key`, as somebody finds it who has to mend it."""
    line = line_of(text, place)
    where = f"{name}:{line}" if line else name
    return f"{where}: {'.'.join(map(str, place))}" if place else where


def spot_in(name: str, *place: str | int) -> str:
    """The same for a file that is there."""
    return spot(name, (FOLDER / name).read_text(encoding="utf-8"), place)
