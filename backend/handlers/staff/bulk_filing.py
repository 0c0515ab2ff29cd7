"""A property manager asks for a whole community in one go (domain §7)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from backend.actions import bulk_filing
from backend.actions.act import Act
from backend.actions.bulk_filing import Agent, RowOutcome
from backend.handlers import parsing
from backend.handlers.access import StaffCaller
from backend.handlers.bodies import Answer, Body, Line, Name, OptionalLine, OptionalName, Phone
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.filing_bodies import Flow
from backend.handlers.problems import InvalidRequest, sentence_of
from backend.handlers.staff.standing import who_may
from backend.rules.errors import Forbidden, InvalidField
from backend.rules.filing import Channel, Filing, role_for_channel
from config.documents import CustomerKind
from config.limits import limits
from config.messages.texts import words
from config.roles import roles

doors = Doors("staff_bulk_filing", "/api/staff/applications")

_DOOR = "file_in_bulk"


class RowBody(Body):
    """One home or shop; without a contact of its own the agent is the contact."""

    address: Line
    contact_name: OptionalName = None
    contact_phone: Phone | None = None
    hourly_flow_m3: Flow | None = None
    purpose: OptionalLine = None


class BulkBody(Body):
    """`rows` are judged one by one: a bad one is named and the others are filed."""

    customer_kind: CustomerKind
    channel: Channel
    agent_name: Name
    agent_phone: Phone
    agent_consent: bool
    rows: Annotated[
        tuple[dict[str, Any], ...],
        Field(
            min_length=1,
            max_length=limits().bodies.most_rows,
            json_schema_extra={"items": RowBody.model_json_schema()},
        ),
    ]

    def filing(self, row: RowBody) -> Filing:
        """As the rules take it."""
        return Filing(
            customer_kind=self.customer_kind,
            contact_name=row.contact_name or self.agent_name,
            contact_phone=row.contact_phone or self.agent_phone,
            address=row.address,
            channel=self.channel,
            hourly_flow_m3=row.hourly_flow_m3,
            purpose=row.purpose,
            agent_name=self.agent_name,
            agent_consent=self.agent_consent,
        )


class RowAnswer(Answer):
    """By the row's place from 1 on: its number, or why there is none (`number` of a duplicate is the first one's)."""

    row: int
    number: str | None
    code: str | None
    detail: str | None


class BulkAnswer(Answer):
    filed: int
    refused: int
    rows: list[RowAnswer]


@doors.post("/bulk", who=who_may(_DOOR), takes=BulkBody, answers=BulkAnswer)
async def file_in_bulk(call: Call[StaffCaller, BulkBody]) -> BulkAnswer:
    """Files many at once; sent again, what is in already comes back as a duplicate with its number."""
    return await file_rows(call.body, call.who.member.roles, call.act)


async def file_rows(body: BulkBody, own: Sequence[str], act: Act) -> BulkAnswer:
    """Files the rows in whichever of the member's roles may do so. Raises Forbidden, InvalidField."""
    role = role_for_channel(body.channel, [role for role in roles().of(_DOOR) if role in own])
    if role is None:
        raise Forbidden
    if not body.agent_consent:
        raise InvalidField(field="agent_consent", sentence="agent_consent_required")
    good, bad = _judge(body)
    agent = Agent(name=body.agent_name, phone=body.agent_phone)
    outcomes = await bulk_filing.file(agent, good, act=replace(act, by=role))
    rows = sorted([*bad, *map(_answer, outcomes)], key=lambda one: one.row)
    filed = sum(one.code is None for one in rows)
    return BulkAnswer(filed=filed, refused=len(rows) - filed, rows=rows)


def _judge(body: BulkBody) -> tuple[list[tuple[int, Filing]], list[RowAnswer]]:
    """The rows that can be filed, and those whose fields do not fit."""
    good, bad = [], []
    for place, values in enumerate(body.rows, start=1):
        try:
            good.append((place, body.filing(parsing.validate(RowBody, values))))
        except InvalidRequest as refusal:
            said = "；".join(
                f"{words().corrected_fields.get(field, field)}：{sentence}"
                for field, sentence in refusal.faults
            )
            bad.append(RowAnswer(row=place, number=None, code=refusal.code, detail=said))
    return good, bad


def _answer(outcome: RowOutcome) -> RowAnswer:
    refusal = outcome.refusal
    if refusal is None:
        return RowAnswer(row=outcome.row, number=outcome.number, code=None, detail=None)
    first = refusal.facts.get("number")
    number = str(first) if first is not None else None
    return RowAnswer(row=outcome.row, number=number, code=refusal.code, detail=sentence_of(refusal))
