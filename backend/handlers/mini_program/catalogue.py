"""What a customer can choose from and count on."""

from backend.handlers import access
from backend.handlers.access import CustomerCaller
from backend.handlers.bodies import Answer, NoBody
from backend.handlers.calls import Call
from backend.handlers.doors import Doors
from backend.handlers.progress_answers import PaperAnswer, Seconds
from backend.queries import catalogue

doors = Doors("mini_program_catalogue", "/api/mp")


class KindAnswer(Answer):
    """One kind of customer with the papers it brings."""

    key: str
    name: str
    documents: list[PaperAnswer]


class LimitAnswer(Answer):
    """`limit` is in seconds of the reading it is counted by."""

    kind: str
    name: str
    limit: Seconds
    limit_text: str
    reading: str
    clause: str
    company_rule: bool


class ChannelAnswer(Answer):
    key: str
    name: str


class CatalogueAnswer(Answer):
    customer_kinds: list[KindAnswer]
    time_limits: list[LimitAnswer]
    channels: list[ChannelAnswer]
    hotlines: list[str]
    districts: list[str]
    subscribe_template_ids: list[str]


@doors.get("/catalogue", who=access.customer, takes=NoBody, answers=CatalogueAnswer)
async def read_catalogue(_: Call[CustomerCaller, NoBody]) -> CatalogueAnswer:
    """Customer kinds with their papers, time limits with their clause, channels, hotlines, subscribe templates."""
    return CatalogueAnswer.model_validate(catalogue.read())
