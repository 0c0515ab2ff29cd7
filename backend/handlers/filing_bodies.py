"""What an application is filed with, by its customer or by somebody for them."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from backend.handlers.bodies import Body, Ids, Line, MomentIn, Name, OptionalLine, OptionalName, Phone
from backend.rules.filing import Channel, Filing
from config.documents import CustomerKind

Flow = Annotated[Decimal, Field(gt=0, le=100000, decimal_places=2)]


class FilingBody(Body):
    """What is asked for. The wished visit without a zone is Shanghai time; the flow is in cubic metres an hour.

    An agent (`agent_name`) says with `agent_consent` that whoever they ask for has authorised them.
    """

    customer_kind: CustomerKind
    contact_name: Name
    contact_phone: Phone
    address: Line
    district: OptionalName = None
    hourly_flow_m3: Flow | None = None
    purpose: OptionalLine = None
    preferred_visit_at: MomentIn | None = None
    document_ids: Ids | None = None
    agent_name: OptionalName = None
    agent_consent: bool = False

    def filing(
        self, channel: Channel, *, street_canvass: bool = False, on_behalf_consent: bool = False
    ) -> Filing:
        """As the rules take it."""
        return Filing(
            customer_kind=self.customer_kind,
            contact_name=self.contact_name,
            contact_phone=self.contact_phone,
            address=self.address,
            channel=channel,
            district=self.district,
            hourly_flow_m3=self.hourly_flow_m3,
            purpose=self.purpose,
            preferred_visit_at=self.preferred_visit_at,
            document_ids=self.document_ids or (),
            street_canvass=street_canvass,
            on_behalf_consent=on_behalf_consent,
            agent_name=self.agent_name,
            agent_consent=self.agent_consent,
        )
