"""The learned classifiers, as numbers only: scikit-learn is needed to learn, not to understand."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from backend.bots.understanding.features import features
from backend.bots.understanding.values import Guess, Intent

Weights = npt.NDArray[np.float32]
DANGER, HARMLESS = "danger", "harmless"
NO_PAGE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """`weights` has a row for each feature and a column for each label; `rarity` is each feature's own weight."""

    labels: tuple[str, ...]
    places: dict[str, int]
    rarity: Weights
    weights: Weights
    bias: Weights

    def shares(self, line: str) -> Weights:
        """The probability of each of `labels`."""
        known = [place for feature in features(line) if (place := self.places.get(feature)) is not None]
        values = self.rarity[known]
        length = float(np.linalg.norm(values)) or 1.0
        scores = (values / length) @ self.weights[known] + self.bias
        powers = np.exp(scores - scores.max())
        return cast("Weights", powers / powers.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """`wishes` tells the intents apart, `danger` an emergency from everything else, `pages` what page answers."""

    wishes: Classifier
    danger: Classifier
    pages: Classifier

    def guesses(self, line: str) -> list[Guess]:
        """Every intent with its probability, the likeliest first."""
        found = zip(self.wishes.shares(line), self.wishes.labels, strict=True)
        return [
            Guess(intent=cast("Intent", intent), confidence=float(share))
            for share, intent in sorted(found, reverse=True)
        ]

    def danger_share(self, cleared: str) -> float:
        """How likely a line speaks of danger, 0 to 1; what only sounds like it is blanked already."""
        return float(self.danger.shares(cleared)[self.danger.labels.index(DANGER)])

    def page(self, line: str) -> tuple[str, float]:
        """The knowledge page likeliest to answer, and how likely it does at all."""
        shares = dict(zip(self.pages.labels, self.pages.shares(line), strict=True))
        none = float(shares.pop(NO_PAGE))
        best = max(shares, key=lambda name: shares[name])
        return best, float(shares[best]) / (float(shares[best]) + none)


def to_bytes(model: Model) -> bytes:
    """As an uncompressed npz file."""
    buffer = io.BytesIO()
    kept: dict[str, Any] = {
        **_kept("wishes", model.wishes),
        **_kept("danger", model.danger),
        **_kept("pages", model.pages),
    }
    np.savez(buffer, **kept)
    return buffer.getvalue()


def from_bytes(content: bytes) -> Model:
    """Raises ValueError, KeyError, OSError, EOFError or BadZipFile for a file that is not whole."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return Model(wishes=_read("wishes", file), danger=_read("danger", file), pages=_read("pages", file))


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
