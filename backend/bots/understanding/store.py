"""Keeps the learned model under VAR_DIR, named by what it was learned from."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

from backend.bots.understanding.model import Model, from_bytes, to_bytes
from backend.bots.understanding.training_text import TRAINING, examples

_CODE = Path(__file__).parent
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)


@cache
def load_model(var_dir: Path) -> Model:
    """The model for today's text and code: read, or learned once (some seconds) and kept. Raises ConfigurationFault."""
    path = var_dir / "assistant" / f"{_digest()}.npz"
    try:
        return from_bytes(path.read_bytes())
    except _UNREADABLE:
        return _learned(path)


def _learned(path: Path) -> Model:
    from backend.bots.understanding.teaching import teach  # noqa: PLC0415  # scikit-learn: 2 s and 100 MB, only here

    model = teach(examples())
    content = to_bytes(model)
    try:
        _keep(path, content)
    except OSError:  # a read-only disk costs the next start some seconds, nothing else
        return model
    return from_bytes(content)


def _keep(path: Path, content: bytes) -> None:
    """Several processes may start at once: each writes its own file, the last rename wins, all are equal."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for outdated in path.parent.glob("*.npz"):
        outdated.unlink(missing_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted([*TRAINING.iterdir(), *TRAINING.parent.glob("*.toml"), *_CODE.glob("*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]
