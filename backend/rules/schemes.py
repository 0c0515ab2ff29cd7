"""Which scheme a project follows (§1.1-2)."""

from decimal import Decimal
from typing import Literal

from config.policy import Policy

Scheme = Literal["small_merchant_package", "standard", "resident_design"]


def scheme_of(kind: str, hourly_flow_m3: Decimal | None, policy: Policy) -> Scheme:
    """The small-merchant package up to the limit of hourly flow, the limit included (小时流量20立方以下)."""
    if kind == "resident":
        return "resident_design"
    threshold = policy.thresholds.small_merchant_flow
    if hourly_flow_m3 is None or hourly_flow_m3 > threshold.cubic_metres_per_hour:
        return "standard"
    within = hourly_flow_m3 < threshold.cubic_metres_per_hour or threshold.includes_limit
    return "small_merchant_package" if within else "standard"
