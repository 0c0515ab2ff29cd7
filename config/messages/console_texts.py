"""The texts of the desktop pages: every `console*.toml`, a file for what all pages share and one for each desk."""

from functools import cache

from pydantic import RootModel

from config.tables import FOLDER, ConfigurationFault, read

Texts = dict[str, dict[str, str]]
_TAKEN = frozenset(dir(dict))
"""In a template `t.page.items` is what every dictionary has."""


class _Pages(RootModel[Texts]):
    """console*.toml"""


@cache
def console_texts() -> Texts:
    """Page → name → text. Raises ConfigurationFault, also for a page that two files describe."""
    found: Texts = {}
    for path in sorted((FOLDER / "messages").glob("console*.toml")):
        texts = read(f"messages/{path.name}", _Pages).root
        for page in sorted(found.keys() & texts.keys()):
            raise ConfigurationFault(f"messages/{path.name}: another file has [{page}] already")
        for page, names in texts.items():
            for name in sorted({page, *names} & _TAKEN):
                raise ConfigurationFault(f"messages/{path.name}: [{page}]: templates cannot ask for {name}")
        found |= texts
    return found
