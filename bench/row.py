"""One printed line."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured in rounds, and the reference's rounds that ran between them; `spread` is lowest to highest."""

    name: str
    unit: str
    ours: Sequence[float]
    reference: str = ""
    theirs: Sequence[float] = ()

    @property
    def value(self) -> float:
        return statistics.median(self.ours)

    @property
    def ratio(self) -> float | None:
        return self.value / statistics.median(self.theirs) if self.theirs else None

    def line(self) -> str:
        """`name: value unit (ratio r of reference)`."""
        tail = f" (ratio {self.ratio:.2f} of {self.reference})" if self.ratio is not None else ""
        return f"{self.name}: {self.value:.4g} {self.unit}{tail}"

    def spread(self) -> str:
        return f"{min(self.ours):.4g}–{max(self.ours):.4g}"
