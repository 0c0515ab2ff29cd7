"""What was learned from the text, as numbers, and the file they are kept in."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from backend.bots.understanding.panel import Classifier, Weights

DANGER, HARMLESS = "danger", "harmless"
NO_PAGE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """`wishes` tells the intents apart, `danger` an emergency from everything else, `pages` what page answers."""

    wishes: Classifier
    danger: Classifier
    pages: Classifier


def to_bytes(learned: Learned) -> bytes:
    """As an uncompressed npz file."""
    buffer = io.BytesIO()
    kept: dict[str, Any] = {
        **_kept("wishes", learned.wishes),
        **_kept("danger", learned.danger),
        **_kept("pages", learned.pages),
    }
    np.savez(buffer, **kept)
    return buffer.getvalue()


def from_bytes(content: bytes) -> Learned:
    """Raises ValueError, KeyError, OSError, EOFError or BadZipFile for a file that is not whole."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return Learned(wishes=_read("wishes", file), danger=_read("danger", file), pages=_read("pages", file))


def _kept(name: str, classifier: Classifier) -> dict[str, object]:
    return {
        f"{name}_labels": np.array("\n".join(classifier.labels)),
        f"{name}_features": np.array("\n".join(classifier.places)),
        f"{name}_rarity": classifier.rarity,
        f"{name}_weights": classifier.weights.astype(np.float16),
        f"{name}_bias": classifier.bias,
    }


def _read(name: str, file: Mapping[str, Weights]) -> Classifier:
    names = str(file[f"{name}_features"]).split("\n")
    return Classifier(
        labels=tuple(str(file[f"{name}_labels"]).split("\n")),
        places={feature: place for place, feature in enumerate(names)},
        rarity=file[f"{name}_rarity"],
        weights=file[f"{name}_weights"].astype(np.float32),
        bias=file[f"{name}_bias"],
    )
