"""What a sheet must look like to be imported."""

from functools import cache
from typing import Literal

from config.tables import Table, read

ImportKind = Literal["leads", "households"]
Form = Literal["text", "phone", "platform", "customer_kind", "stage"]


class Column(Table):
    """One column; the first of `names` is how people are told about it."""

    field: str
    names: tuple[str, ...]
    required: bool
    longest: int
    form: Form = "text"


class SheetKind(Table):
    """`key` names the fields that tell one row from another."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]


class RowFaults(Table):
    missing: str
    too_long: str
    formula: str
    phone: str
    unknown: str
    repeated: str


class Imports(Table):
    """The file as a whole."""

    most_rows: int
    most_columns: int
    largest_unpacked_megabytes: int
    household_chunk: int
    kinds: dict[ImportKind, SheetKind]
    forms: dict[Literal["customer_kind", "stage"], dict[str, tuple[str, ...]]]
    faults: RowFaults


@cache
def imports() -> Imports:
    """Raises ConfigurationFault."""
    return read("imports.toml", Imports)
