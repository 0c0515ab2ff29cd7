"""Lists in portions: what was asked for, and what comes next."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from backend.rules.errors import InvalidField

T = TypeVar("T")
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """At most `limit` items after the one whose sort keys are `after`; none given: from the beginning."""

    limit: int
    after: tuple[str, ...] = ()

    @classmethod
    def asked(cls, cursor: str | None, limit: int) -> "Portion":
        """What a client asked for. Raises InvalidField for a cursor we did not make."""
        return cls(limit=limit, after=_decode(cursor) if cursor else ())

    def after_id(self) -> int | None:
        """The id the portion begins after, where lists are sorted by id alone. Raises InvalidField."""
        if not self.after:
            return None
        digits = self.after[-1]
        if not (digits.isascii() and digits.isdigit()) or int(digits[:20]) > _LARGEST_ID:
            raise _bad_cursor()
        return int(digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """The items, and the cursor of the next portion, None at the end."""

    items: tuple[T, ...]
    next: str | None


def page_of(found: Sequence[T], portion: Portion, keys: Callable[[T], Sequence[object]]) -> Page[T]:
    """The page of rows fetched with `limit + 1`; `keys` are the sort keys of an item, as a cursor keeps them."""
    items = tuple(found[: portion.limit])
    more = len(found) > portion.limit
    return Page(items=items, next=_encode(keys(items[-1])) if more else None)


def _encode(keys: Sequence[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps([str(key) for key in keys]).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[str, ...]:
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise _bad_cursor() from None
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) for key in keys):
        raise _bad_cursor()
    return tuple(keys)


def _bad_cursor() -> InvalidField:
    return InvalidField(field="cursor", sentence="bad_cursor")
