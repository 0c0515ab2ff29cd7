"""The learned classifiers, as numbers only: scikit-learn is needed to learn, not to understand."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import numpy as np

from backend.bots.understanding.features import wide_occurrences
from backend.bots.understanding.panel import Classifier, Panel, Verdict, Weights
from backend.bots.understanding.values import Intent

DANGER, HARMLESS = "danger", "harmless"
NO_PAGE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a line is like: every intent with its probability, the likeliest page, and how likely it answers at all."""

    wishes: Mapping[Intent, float]
    page: str
    page_share: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """`wishes` tells the intents apart, `danger` an emergency from everything else, `pages` what page answers."""

    wishes: Classifier
    danger: Classifier
    pages: Classifier
    _of_wish: Panel = field(init=False, repr=False)
    _of_danger: Verdict = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_of_wish", Panel([self.wishes, self.pages], wide_occurrences))
        object.__setattr__(self, "_of_danger", Verdict(self.danger))

    def opinion(self, line: str) -> Opinion:
        """Of a line without its facts."""
        return _opinion(self, line)

    def hear(self, line: str) -> Opinion:
        """As `opinion`, anew."""
        shares, parting = self._of_wish.shares(line), len(self.wishes.labels)
        pages = dict(zip(self.pages.labels, shares[parting:], strict=True))
        none = pages.pop(NO_PAGE)
        best = max(pages, key=pages.__getitem__)
        wishes = dict(zip(self.wishes.labels, shares[:parting], strict=True))
        return Opinion(
            wishes=cast("dict[Intent, float]", wishes),
            page=best,
            page_share=pages[best] / (pages[best] + none),
        )

    def danger_share(self, cleared: str) -> float:
        """How likely a line speaks of danger, 0 to 1; what only sounds like it is blanked already."""
        share = self._of_danger.share(cleared)
        return share if self.danger.labels[1] == DANGER else 1 - share


@lru_cache(maxsize=16)  # a clause is heard for the line it stands in, and for the other wishes of that line
def _opinion(model: Model, line: str) -> Opinion:
    return model.hear(line)


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
