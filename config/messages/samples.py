"""Facts as they may be, for previews of messages."""

from functools import cache

from pydantic import RootModel

from config.tables import read


class _Samples(RootModel[dict[str, str]]):
    """samples.toml"""


@cache
def samples() -> dict[str, str]:
    """Raises ConfigurationFault."""
    return read("messages/samples.toml", _Samples).root
