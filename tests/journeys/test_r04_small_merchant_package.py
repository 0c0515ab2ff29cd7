"""R4: an hourly flow within 20 m³ is the small-merchant package, the 20 included (§1.1-2)."""

from tests.support.project import Works
from tests.support.town import Town

_SCHEMES = ((20, "small_merchant_package", "小微商套餐"), (20.01, "standard", "标准设计"))


class TestTheScheme:
    def test_the_customer_sees_which_scheme_it_is(self, town: Town) -> None:
        for flow, key, name in _SCHEMES:
            works = Works.begin(town)
            works.hand_off()
            assert works.case()["project"]["scheme"] is None
            works.survey(flow=flow)
            assert works.case()["project"]["scheme"] == {"key": key, "name": name}
            works.draw()
            works.customer.wait_for("施工图已出", name)
            [drawn] = [entry for entry in works.case()["timeline"] if entry["event"] == "drawings_issued"]
            assert name in drawn["detail"]
            assert works.seen()["designs"][0]["scheme"] == key
