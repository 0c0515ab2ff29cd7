"""R13, two of its channels: 郑州市政务服务网 and 郑好办APP file through the signed door and hear of every step (§1.3-1, §2.2-1)."""

from datetime import timedelta

import pytest

from tests.support.partner import Mailbox, Partner
from tests.support.town import Town

HOME = "新郑市龙湖镇龙湖锦园21号楼1单元301"


class TestPartnerChannels:
    @pytest.mark.parametrize(
        ("key", "channel"), [("zwfw", "government_portal"), ("zhenghaoban", "zhenghaoban")]
    )
    def test_from_the_portal_to_the_flame(self, mailbox: Mailbox, town: Town, key: str, channel: str) -> None:
        manager_phone = town.phone_of("customer_manager")
        body = {
            "external_id": f"{key}-2026-1",
            "customer_kind": "resident",
            "contact_name": "孙小雨",
            "contact_phone": "13712340000",
            "address": HOME,
        }
        answer = Partner(key=key, backend=town.backend).post("applications", body)
        assert answer.status_code == 201, answer.text
        filed = answer.json()
        number = filed["number"]
        assert filed["clock"]["kind"] == "ignition"
        manager_phone.wait_for(number)
        manager = town.desk("customer_manager")
        case = manager.get(f"/api/staff/applications/{number}")
        assert case["channel"] == channel

        # nobody follows the account: the portal hears of every step instead, and the hotline rings
        at = (town.now() + timedelta(hours=1)).isoformat()
        visit = manager.post(f"/api/staff/applications/{number}/visits", {"at": at})
        booked = mailbox.wait_for(event="visit_booked", external_id=body["external_id"])
        assert (booked["number"], booked["title"]) == (number, "已约上门")
        assert town.desk("hotline_agent").tasks(kind="call_back", application_number=number)
        town.advance(hours=1)
        manager.post(f"/api/staff/visits/{visit['id']}/check-in")
        papers = [
            manager.upload("/api/staff/documents", paper["key"])
            for paper in case["missing_documents"]
            if paper["essential"]
        ]
        flame = {"meter_number": "M-2026-13", "document_ids": papers}
        manager.post(f"/api/staff/applications/{number}/ignition", flame)
        done = mailbox.wait_for(event="ignited", external_id=body["external_id"])
        assert (done["stage"], done["stage_name"]) == ("ignited", "已通气")
        sequence = [one["sequence"] for one in mailbox.told(external_id=body["external_id"])]
        assert len(sequence) == len(set(sequence))
