"""R17: on the street a manager applies for those who cannot, with their word (§2.2-3)."""

import pytest

from tests.support.case import Case, body
from tests.support.desk import Refused
from tests.support.town import Town


class TestOnTheStreet:
    def test_consent_is_asked_and_who_acted_for_whom_is_kept(self, town: Town) -> None:
        manager = town.desk("customer_manager")
        canvass = {**body(), "channel": "manager_visit", "street_canvass": True}
        with pytest.raises(Refused, match="客户同意"):
            manager.post("/api/staff/applications", canvass)
        with pytest.raises(Refused, match="403"):
            town.desk("hotline_agent").post("/api/staff/applications", {**canvass, "on_behalf_consent": True})

        case = Case.filed_by(
            town, "customer_manager", "manager_visit", street_canvass=True, on_behalf_consent=True
        )
        file = case.seen()
        assert (file["channel"], file["street_canvass"], file["on_behalf_consent"]) == (
            "manager_visit",
            True,
            True,
        )
        assert file["filed_by"]["name"] == manager.staff["name"]
        assert file["manager"]["name"] == manager.staff["name"]
        assert file["contact_name"] == "张小满"
        assert case.visit_and_ignite()["stage"] == "ignited"
