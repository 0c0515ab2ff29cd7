"""What a line is like, from numbers alone: scikit-learn is needed to learn, not to understand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from backend.bots.understanding.features import wide_occurrences
from backend.bots.understanding.learned import DANGER, NO_PAGE, Learned
from backend.bots.understanding.panel import Panel, Verdict
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
        self._wishes, self._pages = learned.wishes.labels, learned.pages.labels
        self._of_wish = Panel([learned.wishes, learned.pages], wide_occurrences)
        self._of_danger = Verdict(learned.danger)
        self._is_danger_second = learned.danger.labels[1] == DANGER

    def opinion(self, line: str) -> Opinion:
        """Of a line without its facts."""
        return _opinion(self, line)

    def hear(self, line: str) -> Opinion:
        """As `opinion`, anew."""
        shares, parting = self._of_wish.shares(line), len(self._wishes)
        pages = dict(zip(self._pages, shares[parting:], strict=True))
        none = pages.pop(NO_PAGE)
        best = max(pages, key=pages.__getitem__)
        wishes = dict(zip(self._wishes, shares[:parting], strict=True))
        return Opinion(
            wishes=cast("dict[Intent, float]", wishes),
            page=best,
            page_share=pages[best] / (pages[best] + none),
        )

    def danger_share(self, cleared: str) -> float:
        """How likely a line speaks of danger, 0 to 1; what only sounds like it is blanked already."""
        share = self._of_danger.share(cleared)
        return share if self._is_danger_second else 1 - share


@lru_cache(maxsize=16)  # a clause is heard for the line it stands in, and for the other wishes of that line
def _opinion(model: Model, line: str) -> Opinion:
    return model.hear(line)
