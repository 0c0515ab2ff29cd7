"""Reads one TOML file of `config/` into its frozen type; what does not fit stops the start and says where."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

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
    try:
        return shape.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as fault:
        raise ConfigurationFault(f"{name}: no such file") from fault
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationFault(f"{name}: {fault}") from fault
    except ValidationError as fault:
        places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise ConfigurationFault(f"{name}: {places}") from fault
