"""Several classifiers that read the same line: what it is made of is looked up once, in one table for all of them.

Three classifiers asked one after the other took 130 µs of a line's time, a panel takes 45: half of it the features, the
rest numpy, which costs the same for one classifier as for two.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backend.bots.understanding import features

Weights = npt.NDArray[np.float32]
_NOTHING_KNOWN = np.float32(1e-12)  # a line of which nothing is known has no length to divide by


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """`weights` has a row for each feature and a column for each label; `rarity` is each feature's own weight."""

    labels: tuple[str, ...]
    places: dict[str, int]
    rarity: Weights
    weights: Weights
    bias: Weights


class Panel:
    """`occurrences` takes a line apart. The table has a row for each feature any of them knows: its weights for all their
    labels, one after the other, and for each classifier the square of its rarity, whose sum is the square of the line's
    length.
    """

    def __init__(self, classifiers: Sequence[Classifier], occurrences: Callable[[str], list[str]]) -> None:
        self._occurrences = occurrences
        names = dict.fromkeys(name for one in classifiers for name in one.places)
        sizes = [len(one.labels) for one in classifiers]
        self._places = {name: place for place, name in enumerate(names)}
        self._labels = sum(sizes)
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._owner = np.repeat(np.arange(len(sizes)), sizes)
        self._bias = np.concatenate([one.bias for one in classifiers])
        self._table = np.zeros((len(names), self._labels + len(sizes)), np.float32)
        for nth, one in enumerate(classifiers):
            rows, start = [self._places[name] for name in one.places], self._starts[nth]
            self._table[rows, start : start + sizes[nth]] = one.rarity[:, None] * one.weights
            self._table[rows, self._labels + nth] = one.rarity**2

    def shares(self, line: str) -> list[float]:
        """The probability of each label, one classifier after the other."""
        known = {self._places.get(name, -1) for name in self._occurrences(line)} - {-1}
        sums = self._table.take([*known], axis=0).sum(axis=0)
        lengths = np.sqrt(np.maximum(sums[self._labels :], _NOTHING_KNOWN))
        scores = sums[: self._labels] / lengths[self._owner] + self._bias
        powers = np.exp(scores - np.maximum.reduceat(scores, self._starts)[self._owner])
        shares: list[float] = (powers / np.add.reduceat(powers, self._starts)[self._owner]).tolist()
        return shares


class Verdict:
    """One classifier that knows only two labels and reads `features.occurrences`: plain sums, for with so few numbers
    numpy costs more than it does.
    """

    def __init__(self, classifier: Classifier) -> None:
        first, second = (classifier.rarity * column for column in classifier.weights.T)
        parts = zip((second - first).tolist(), (classifier.rarity**2).tolist(), strict=True)
        self._parts = dict(zip(classifier.places, parts, strict=True))
        self._bias = float(classifier.bias[1] - classifier.bias[0])

    def share(self, line: str) -> float:
        """The probability of the second label."""
        known = [
            part for name in set(features.occurrences(line)) if (part := self._parts.get(name)) is not None
        ]
        length = math.sqrt(sum(square for _, square in known)) or 1.0
        score = sum(weight for weight, _ in known) / length + self._bias
        return 1 / (1 + math.exp(-score))
