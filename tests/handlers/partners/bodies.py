"""What partners usually send."""

from typing import Any


def a_lead(external_id: str = "GG-2026-1", **more: Any) -> dict[str, Any]:
    return {
        "external_id": external_id,
        "site_name": "溪畔花园",
        "address": "新郑市和庄镇溪畔花园",
        "customer_kind": "resident",
        "developer": "溪畔置业",
        "contact_name": "李工",
        "contact_phone": "13700001111",
        "stage": "planning",
        **more,
    }


def an_application(external_id: str = "ZW-1", **more: Any) -> dict[str, Any]:
    return {
        "external_id": external_id,
        "customer_kind": "resident",
        "contact_name": "张三",
        "contact_phone": "13812345678",
        "address": "新郑市龙湖镇龙湖锦园3号楼101",
        **more,
    }
