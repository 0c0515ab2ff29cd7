"""Keeps the learned model below `build/`, named by what it was learned from: text and code, nothing of a machine."""

import hashlib
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

from backend.bots.understanding.learned import from_bytes
from backend.bots.understanding.model import Model
from backend.bots.understanding.training_text import TRAINING
from config.settings import PROJECT_ROOT
from config.tables import FOLDER

_CODE = Path(__file__).parent
_BUILT = PROJECT_ROOT / "build" / "assistant"
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)


@cache
def load_model(folder: Path = _BUILT) -> Model:
    """The model for today's text and code: read, or learned once (some seconds) and kept.

    Raises CalledProcessError when the text cannot be learned from.
    """
    path = folder / f"{_digest()}.npz"
    try:
        return Model(from_bytes(path.read_bytes()))
    except _UNREADABLE:
        return Model(from_bytes(_learned(path)))


def _learned(path: Path) -> bytes:
    """Learns in a process of its own: scikit-learn's 2 s and 100 MB end with it."""
    command = [sys.executable, "-m", "backend.bots.understanding.teaching"]
    content = subprocess.run(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603  # our own module
    with suppress(OSError):  # a read-only disk costs the next start some seconds, nothing else
        _keep(path, content)
    return content


def _keep(path: Path, content: bytes) -> None:
    """Several processes may start at once: each writes its own file, the last rename wins, all are equal."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for outdated in path.parent.glob("*.npz"):
        outdated.unlink(missing_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)  # learned by whoever installs, read by whoever serves
    Path(temporary).replace(path)


def _digest() -> str:
    digest = hashlib.sha256()
    text = [path for path in TRAINING.parent.rglob("*") if path.is_file()]
    text += (FOLDER / "knowledge").glob("*.md")
    for path in sorted([*text, *_CODE.glob("*.py"), _CODE.parent / "safety.py"]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


if __name__ == "__main__":
    load_model()
