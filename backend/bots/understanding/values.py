"""What understanding hands to a talk: frozen values, names as in the mini-program's API."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Intent = Literal[
    "apply",
    "progress",
    "documents_needed",
    "time_limit",
    "package",
    "channels",
    "manager_contact",
    "book_visit",
    "reschedule_visit",
    "submit_document",
    "urge",
    "complaint",
    "cancel",
    "rate",
    "bind_phone",
    "human",
    "emergency",
    "greeting",
    "thanks",
    "out_of_scope",
    "unknown",
]
CustomerKind = Literal["resident", "non_resident"]

DecidedBy = Literal["safety", "rule", "facts", "model", "choice", "language_model"]
"""Words of danger, a pattern of ours, the facts a line leaves, the model, what the person chose of two, or the optional
language model where ours was unsure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """Facts a line states; None where it does not. `preferred_visit_at` is aware, in the zone of the `now` given."""

    contact_name: str | None = None
    contact_phone: str | None = None
    address: str | None = None
    customer_kind: CustomerKind | None = None
    hourly_flow_m3: float | None = None
    preferred_visit_at: datetime | None = None
    application_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An intent and how sure we are, 0 to 1."""

    intent: Intent
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The likeliest wish of a line, the next likeliest to ask about when unsure, the facts in it, and what decided.

    `page` is the knowledge page that answers it better than the wish would.
    """

    intent: Intent
    confidence: float
    runner_up: Guess | None
    entities: Entities
    by: DecidedBy = "model"
    page: str | None = None
