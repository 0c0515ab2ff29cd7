"""What a server program must tell the keeper."""

from importlib.util import find_spec
from pathlib import Path
from typing import Protocol


class Program(Protocol):
    """One server. It closes its data cleanly on SIGINT."""

    @property
    def name(self) -> str: ...

    @property
    def url(self) -> str: ...

    async def prepare(self) -> None:
        """Make the data ready to be opened; called while no process has it open."""

    def command(self) -> list[str]: ...

    async def is_ready(self) -> bool: ...

    def try_mend(self) -> bool:
        """Whether something was done about data the program could not open, so that another start makes sense."""


def package_directory(package: str) -> Path:
    """Where an installed package lies, found without running its code."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent
