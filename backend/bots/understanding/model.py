"""The learned classifier, as numbers only: scikit-learn is needed to learn, not to understand."""

import io
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from backend.bots.understanding.features import features
from backend.bots.understanding.values import Guess, Intent

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """`weights` has a row for each feature and a column for each intent; `rarity` is each feature's own weight."""

    intents: tuple[Intent, ...]
    places: dict[str, int]
    rarity: Weights
    weights: Weights
    bias: Weights

    def guesses(self, line: str) -> list[Guess]:
        """Every intent with its probability, the likeliest first."""
        return [
            Guess(intent=self.intents[at], confidence=float(share))
            for share, at in sorted(
                zip(self.shares(line), range(len(self.intents)), strict=True), reverse=True
            )
        ]

    def shares(self, line: str) -> Weights:
        """The probability of each of `intents`."""
        known = [place for feature in features(line) if (place := self.places.get(feature)) is not None]
        values = self.rarity[known]
        length = float(np.linalg.norm(values)) or 1.0
        scores = (values / length) @ self.weights[known] + self.bias
        powers = np.exp(scores - scores.max())
        return cast("Weights", powers / powers.sum())

    def knows(self, line: str) -> float:
        """The share of the line's features ever seen in training: low for gibberish."""
        seen = features(line)
        return sum(feature in self.places for feature in seen) / len(seen)


def to_bytes(model: Model) -> bytes:
    """As an uncompressed npz file."""
    buffer = io.BytesIO()
    np.savez(
        buffer,
        intents=np.array("\n".join(model.intents)),
        features=np.array("\n".join(model.places)),
        rarity=model.rarity,
        weights=model.weights.astype(np.float16),
        bias=model.bias,
    )
    return buffer.getvalue()


def from_bytes(content: bytes) -> Model:
    """Raises ValueError, KeyError, OSError, EOFError or BadZipFile for a file that is not whole."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        places = {feature: place for place, feature in enumerate(str(file["features"]).split("\n"))}
        return Model(
            intents=cast("tuple[Intent, ...]", tuple(str(file["intents"]).split("\n"))),
            places=places,
            rarity=file["rarity"],
            weights=file["weights"].astype(np.float32),
            bias=file["bias"],
        )
