"""Pieces of request and answer shapes: one pydantic type validates, shapes and documents."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from backend.rules.wording import mask_phone
from config import policy
from config.limits import limits

T = TypeVar("T")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # tab and line feed are text
_PHONE = re.compile(r"\+?[0-9]{7,15}")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$)")
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class Body(BaseModel):
    """What comes in; fields nobody asked for are passed over."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)


class NoBody(Body):
    """Nothing is needed."""


class Answer(BaseModel):
    """What goes out; made from a view by `model_validate`."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class PageQuery(Body):
    """Which portion of a list."""

    cursor: Annotated[str | None, Field(max_length=500)] = None
    limit: Annotated[int, Field(ge=1, le=limits().pages.most)] = limits().pages.usual


class PageAnswer(Answer, Generic[T]):
    """A portion of a list; `next` is the cursor of the following one, null at the end."""

    items: list[T]
    next: str | None


def _check_text(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError("control_characters", "control characters")
    return text


def _check_phone(text: str) -> str:
    """Digits only, without China's own country code: one phone has one writing."""
    digits = _COUNTRY.sub("", re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text)))
    if not _PHONE.fullmatch(digits):
        raise PydanticCustomError("phone", "not a phone number")
    return digits


def _with_zone(at: datetime) -> datetime:
    """Aware UTC; a time without a zone is Shanghai's."""
    try:
        known = (at if at.tzinfo else at.replace(tzinfo=policy.current().tz)).astimezone(UTC)
    except (OverflowError, ValueError):
        known = _LATEST
    if not _EARLIEST <= known < _LATEST:
        raise PydanticCustomError("moment", "outside the times anybody means")
    return known


def _or_none(text: str | None) -> str | None:
    """An empty field was not filled in."""
    return text or None


def _in_shanghai(at: datetime) -> str:
    return at.astimezone(policy.current().tz).isoformat(timespec="seconds")


Checked = AfterValidator(_check_text)
Line = Annotated[str, Field(min_length=1, max_length=200), Checked]
Name = Annotated[str, Field(min_length=1, max_length=40), Checked]
Text = Annotated[str, Field(min_length=1, max_length=limits().bodies.longest_text), Checked]
_AnyName = Annotated[str, Field(max_length=40), Checked]
_AnyLine = Annotated[str, Field(max_length=200), Checked]
_AnyText = Annotated[str, Field(max_length=limits().bodies.longest_text), Checked]
OptionalName = Annotated[_AnyName | None, AfterValidator(_or_none)]
OptionalLine = Annotated[_AnyLine | None, AfterValidator(_or_none)]
OptionalText = Annotated[_AnyText | None, AfterValidator(_or_none)]
"""An optional text; an empty one is none."""
Phone = Annotated[str, Field(max_length=40), AfterValidator(_check_phone)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Ids = Annotated[tuple[Id, ...], Field(max_length=50)]
MomentIn = Annotated[datetime, AfterValidator(_with_zone)]
"""A time that comes in: UTC from here on."""
Moment = Annotated[datetime, PlainSerializer(_in_shanghai, return_type=str)]
"""A time that goes out, with +08:00."""
MaskedPhone = Annotated[str, PlainSerializer(mask_phone, return_type=str)]
