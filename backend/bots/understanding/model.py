"""What a line is like, from numbers alone: scikit-learn is needed to learn, not to understand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from backend.bots.understanding.features import occurrences, wide_occurrences
from backend.bots.understanding.learned import DANGER, NO_PAGE, Learned
from backend.bots.understanding.panel import Scale, Verdict
from backend.bots.understanding.values import Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a line is like: every intent with its probability, the likeliest page, and how likely it answers at all."""

    wishes: Mapping[Intent, float]
    page: str
    page_share: float


class Model:
    """What understands, made of what was learned; the classifiers themselves are not kept."""

    def __init__(self, learned: Learned) -> None:
        self._wishes, self._pages = Scale(learned.wishes), Scale(learned.pages)
        self._danger = Verdict(learned.danger)
        self._is_danger_second = learned.danger.labels[1] == DANGER

    def opinion(self, line: str) -> Opinion:
        """Of a line without its facts."""
        pages = self._pages.shares(occurrences(line))
        none = pages.pop(NO_PAGE)
        best = max(pages, key=pages.__getitem__)
        return Opinion(wishes=self.wishes(line), page=best, page_share=pages[best] / (pages[best] + none))

    def wishes(self, line: str) -> Mapping[Intent, float]:
        """Only the intents: all that is asked of a clause."""
        return _wishes(self, line)

    def weigh_wishes(self, line: str) -> Mapping[Intent, float]:
        """As `wishes`, anew."""
        return cast("dict[Intent, float]", self._wishes.shares(wide_occurrences(line)))

    def danger_share(self, cleared: str) -> float:
        """How likely a line speaks of danger, 0 to 1; what only sounds like it is blanked already."""
        share = self._danger.share(occurrences(cleared))
        return share if self._is_danger_second else 1 - share


@lru_cache(maxsize=16)  # a clause is heard for the line it stands in, and for the other wishes of that line
def _wishes(model: Model, line: str) -> Mapping[Intent, float]:
    return model.weigh_wishes(line)
