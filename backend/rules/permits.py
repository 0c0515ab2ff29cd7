"""How large a road excavation is (§1.1-3)."""

from decimal import Decimal
from typing import Literal

from config.policy import Policy

Size = Literal["none", "small", "large"]


def size_of(metres: Decimal, policy: Policy) -> Size:
    """No permit without excavation; small below the limit; the limit itself is not small (<200米)."""
    if metres <= 0:
        return "none"
    threshold = policy.thresholds.small_excavation_length
    small = metres < threshold.metres or (threshold.includes_limit and metres == threshold.metres)
    return "small" if small else "large"
