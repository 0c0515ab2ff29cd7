"""What a line weighs with what was learned: the features it holds are looked up, their weights added up."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """`weights` has a row for each feature and a column for each label; `rarity` is each feature's own weight."""

    labels: tuple[str, ...]
    places: dict[str, int]
    rarity: Weights
    weights: Weights
    bias: Weights


class Scale:
    """Weighs one label against the others. The table has a row for each feature: its weights for the labels, and the
    square of its rarity, whose sum is the square of the line's length.
    """

    def __init__(self, classifier: Classifier) -> None:
        self._places = classifier.places
        self._labels = classifier.labels
        self._bias = classifier.bias.tolist()
        rarity = classifier.rarity[:, None]
        self._table = np.hstack([rarity * classifier.weights, rarity**2])

    def shares(self, names: Iterable[str]) -> dict[str, float]:
        """The probability of each label. With a few dozen numbers plain sums are quicker than numpy's."""
        known = [*{self._places.get(name, -1) for name in names} - {-1}]
        *sums, square = self._table.take(np.array(known, np.intp), axis=0).sum(axis=0).tolist()
        length = math.sqrt(square) or 1.0
        scores = [one / length + bias for one, bias in zip(sums, self._bias, strict=True)]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self._labels, powers, strict=True)}


class Verdict:
    """Of two labels. Each feature's two numbers are one complex number: what it speaks for the second label, and the
    square of its rarity. That adds both up at once, and takes a third of the memory of a pair.
    """

    def __init__(self, classifier: Classifier) -> None:
        first, second = (classifier.rarity * column for column in classifier.weights.T)
        parts = (second - first) + 1j * classifier.rarity**2
        self._parts = dict(zip(classifier.places, parts.tolist(), strict=True))
        self._bias = float(classifier.bias[1] - classifier.bias[0])

    def share(self, names: Iterable[str]) -> float:
        """The probability of the second label."""
        total = sum(filter(None, map(self._parts.get, {*names})), 0j)
        score = total.real / (math.sqrt(total.imag) or 1.0) + self._bias
        return 1 / (1 + math.exp(-score))
