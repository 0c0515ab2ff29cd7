"""Where the embedded services keep what: data under VAR_DIR, sockets in a short private directory."""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

_SOCKETS_PREFIX = "lantian-"
_LONGEST_SOCKET_NAME = "/.s.PGSQL.5432.lock"
_LONGEST_SOCKET_PATH = 103  # bytes; Linux takes 107, macOS 103


@dataclass(frozen=True, slots=True)
class State:
    """What a keeper leaves for those who come after it."""

    keeper: int  # its process id, which is also that of its process group
    sockets: Path


@dataclass(frozen=True, slots=True)
class Places:
    """Files of one VAR_DIR; whoever holds `lock` owns the data."""

    root: Path

    @classmethod
    def under(cls, var_dir: Path) -> "Places":
        return cls(var_dir.resolve() / "embedded")

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def valkey(self) -> Path:
        return self.root / "valkey"

    @property
    def log(self) -> Path:
        return self.root / "services.log"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def starting(self) -> Path:
        """The lock of whoever is about to start a keeper."""
        return self.root / "starting"

    def read_state(self) -> State | None:
        """Where the newest keeper listens or listened; None when the last one left in good order."""
        try:
            known = json.loads((self.root / "state.json").read_text())
            return State(known["keeper"], Path(known["sockets"]))
        except (FileNotFoundError, json.JSONDecodeError, KeyError):  # a power cut may leave an empty file
            return None

    def write_state(self, state: State) -> None:
        draft = self.root / "state.new"
        draft.write_text(json.dumps({"keeper": state.keeper, "sockets": str(state.sockets)}))
        draft.replace(self.root / "state.json")

    def forget_state(self) -> None:
        (self.root / "state.json").unlink(missing_ok=True)


def keeper_socket(sockets: Path) -> Path:
    return sockets / "keeper"


def make_sockets_directory() -> Path:
    """A new directory only this user may enter, with a path short enough for sockets: VAR_DIR may be deep."""
    fitting = len(os.fsencode(tempfile.gettempdir())) + 20 + len(_LONGEST_SOCKET_NAME) <= _LONGEST_SOCKET_PATH
    return Path(tempfile.mkdtemp(prefix=_SOCKETS_PREFIX, dir=None if fitting else "/tmp"))  # noqa: S108  mkdtemp names it safely


def remove_sockets_directory(sockets: Path) -> None:
    """Clear a directory of `make_sockets_directory`, and only such a one: the name may come from a damaged file."""
    if sockets.name.startswith(_SOCKETS_PREFIX):
        shutil.rmtree(sockets, ignore_errors=True)
