"""A property manager or agent asks for many at once: rows pasted from a sheet, each judged for itself (domain §7)."""

import csv
import re

from sanic import Blueprint, HTTPResponse, Request

from backend.handlers import parsing
from backend.handlers.bodies import Body, Name, Phone
from backend.handlers.console import desk
from backend.handlers.console.render import page
from backend.handlers.pages import forms
from backend.handlers.pages.forms import NOTHING, Draft
from backend.handlers.pages.session import Visitor
from backend.handlers.staff import bulk_filing
from backend.handlers.staff.bulk_filing import BulkAnswer, BulkBody, RowBody
from backend.rules.errors import DomainError, InvalidField
from backend.rules.filing import Channel, role_for_channel
from config.documents import CustomerKind
from config.limits import limits
from config.messages.texts import words
from config.roles import roles

routes = Blueprint("console_bulk", url_prefix="/console/bulk")

_DOOR = "file_in_bulk"
_COLUMNS = tuple(RowBody.model_fields)
_MANY = re.compile("[，\t]")


class BulkForm(Body):
    """One line for each home or shop, cells apart by tabs or commas as a sheet's are when they are pasted."""

    customer_kind: CustomerKind
    channel: Channel
    agent_name: Name
    agent_phone: Phone
    agent_consent: bool = False
    rows: str

    def as_body(self) -> BulkBody:
        """Raises InvalidRequest (no row, or more than are taken at once)."""
        lines = [_MANY.sub(",", line) for line in self.rows.splitlines() if line.strip()]
        if len(lines) > limits().bodies.most_rows:
            raise InvalidField(field="rows", sentence="field_too_long", max_length=limits().bodies.most_rows)
        cells = [[cell.strip() for cell in row] for row in csv.reader(lines)]
        rows = [{key: cell for key, cell in zip(_COLUMNS, row, strict=False) if cell} for row in cells]
        return parsing.validate(BulkBody, self.model_dump(exclude={"rows"}) | {"rows": rows})


@routes.get("/")
async def show(request: Request) -> HTTPResponse:
    """The form."""
    return await _shown(request, await desk.visitor(request, _DOOR))


@routes.post("/")
async def file_rows(request: Request) -> HTTPResponse:
    """Files what can be filed, and says of each other row why not; sent again, nothing is filed twice."""
    who = await desk.sender(request, _DOOR)
    try:
        body = forms.read(BulkForm, request).as_body()
        done = await bulk_filing.file_rows(body, who.member.roles, who.act_now())
    except DomainError as error:
        return await _shown(request, who, draft=forms.refused("bulk", request, error), status=422)
    draft = forms.kept("bulk", request)
    return await _shown(
        request, who, draft=draft, done=done, addresses=[row.get("address", "") for row in body.rows]
    )


async def _shown(
    request: Request,
    who: Visitor,
    *,
    draft: Draft = NOTHING,
    done: BulkAnswer | None = None,
    addresses: list[str] | None = None,
    status: int = 200,
) -> HTTPResponse:
    own = [role for role in roles().of(_DOOR) if role in who.member.roles]
    open_channels = {
        key: name
        for key, name in words().channels.items()
        if role_for_channel(key, own)  # type: ignore[arg-type]  # the words' keys are channels
    }
    return await page(
        request,
        who,
        "imports/bulk.html",
        status=status,
        draft=draft,
        done=done,
        addresses=addresses or [],
        channels=open_channels,
        most=limits().bodies.most_rows,
    )
