"""All facts of one line, and the line as the classifier reads it."""

from dataclasses import dataclass
from datetime import datetime

from backend.bots.understanding import marks
from backend.bots.understanding.addresses import find_addresses
from backend.bots.understanding.customer_kinds import find_customer_kind
from backend.bots.understanding.flows import find_flows
from backend.bots.understanding.found import blank, pick
from backend.bots.understanding.names import find_names
from backend.bots.understanding.phones import asked_about, find_application_numbers, find_phones, usable
from backend.bots.understanding.values import Entities
from backend.bots.understanding.visit_times import find_visit_times


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`rest` is the line with each fact shortened to its mark."""

    entities: Entities
    rest: str


def read_facts(line: str, now: datetime) -> Reading:
    """Search in the order of certainty: what one search has taken the next does not see. `line` is `plain`."""
    numbers = find_application_numbers(line)
    rest = blank(line, numbers, marks.APPLICATION_NUMBER)
    phones = find_phones(rest)
    rest = blank(rest, phones, marks.PHONE)
    flows = find_flows(rest)
    rest = blank(rest, flows, marks.FLOW)
    times = find_visit_times(rest, now)
    rest = blank(rest, times, marks.TIME)
    addresses = find_addresses(rest)
    rest = blank(rest, addresses, marks.ADDRESS)
    names = find_names(rest)
    number, phone, time = (
        pick(line, asked_about(line, numbers)),
        pick(line, usable(line, phones)),
        pick(line, [one for one in times if one.value]),
    )
    # 我是龙湖锦园业主……住龙湖锦园9号楼: the place with a number is where it is, the other one says who speaks
    numbered = [one for one in addresses if any(map(str.isdigit, one.value))]
    flow = pick(line, [one for one in flows if one.value])
    address, name = pick(line, numbered or addresses), pick(line, names)
    facts = Entities(
        contact_name=name.value if name else None,
        contact_phone=phone.value if phone else None,
        address=address.value if address else None,
        customer_kind=find_customer_kind(line),
        hourly_flow_m3=flow.value if flow else None,
        preferred_visit_at=time.value if time else None,
        application_number=number.value if number else None,
    )
    return Reading(entities=facts, rest=marks.shortened(rest))
