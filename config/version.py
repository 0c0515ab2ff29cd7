"""Which version of the service this is, as `pyproject.toml` says."""

import tomllib

from config.settings import PROJECT_ROOT

VERSION: str = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]
