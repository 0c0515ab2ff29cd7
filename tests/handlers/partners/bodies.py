"""What partners usually send; every call speaks of something new."""

from typing import Any
from uuid import uuid4

from tests.support.office import a_home


def an_id() -> str:
    """A platform's id nobody used yet."""
    return f"P-{uuid4().hex[:12]}"


def a_lead(**more: Any) -> dict[str, Any]:
    return {
        "external_id": an_id(),
        "site_name": "溪畔花园",
        "address": "新郑市和庄镇溪畔花园",
        "customer_kind": "resident",
        "developer": "溪畔置业",
        "contact_name": "李工",
        "contact_phone": "13700001111",
        "stage": "planning",
        **more,
    }


def an_application(**more: Any) -> dict[str, Any]:
    return {
        "external_id": an_id(),
        "customer_kind": "resident",
        "contact_name": "张三",
        "contact_phone": "13812345678",
        "address": a_home(),
        **more,
    }
