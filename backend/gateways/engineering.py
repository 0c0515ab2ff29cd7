"""What the engineering system (工程管理系统) is told of a work order: the survey's findings, the design, the state (§1.1-2)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderNews:
    """One revision of a work order as it stands now. Lengths in metres, flow in cubic metres an hour, times UTC."""

    work_order: str
    revision: int
    state: str
    project: str
    site_name: str
    address: str
    customer_kind: str
    scheme: str
    quantities: str
    excavation_metres: Decimal | None
    hourly_flow_m3: Decimal | None
    pressure_ok: bool | None
    crew: str | None
    contract_due_at: datetime | None
    at: datetime


def body_of(news: WorkOrderNews, zone: ZoneInfo) -> dict[str, Any]:
    """The system's own form; exact numbers travel as text."""
    return {
        "kind": "work_order",
        "work_order": news.work_order,
        "revision": news.revision,
        "state": news.state,
        "project": news.project,
        "site": {"name": news.site_name, "address": news.address, "customer_kind": news.customer_kind},
        "survey": {
            "pressure_ok": news.pressure_ok,
            "hourly_flow_m3": _text(news.hourly_flow_m3),
            "excavation_metres": _text(news.excavation_metres),
        },
        "design": {"scheme": news.scheme, "quantities": news.quantities},
        "crew": news.crew,
        "contract_due_at": _moment(news.contract_due_at, zone),
        "at": _moment(news.at, zone),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _moment(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else at.astimezone(zone).isoformat(timespec="seconds")
