"""Loads the message files and fills their placeholders."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import RootModel

from config.tables import Table, read

NoticeKind = Literal["answer", "task", "reminder", "digest", "breach", "emergency"]
Facts = Mapping[str, str]


class Notice(Table):
    """A message to a person: what it says, when it may go, and the platform's template that carries it."""

    kind: NoticeKind
    title: str
    body: str
    brief: str = "{body}"
    link: Literal["progress", "task", "tasks", "case", "project"]
    template: str


class PlatformTemplate(Table):
    """One template as registered with the platform; `fields` maps its typed keys to patterns."""

    id: str
    fields: dict[str, str]


class TemplatePair(Table):
    """One message as each way of sending has it registered; where there is none, that way does not carry it."""

    official_account: PlatformTemplate
    mini_program: PlatformTemplate | None = None
    subscribe_notice: PlatformTemplate | None = None


class EventText(Table):
    name: str
    detail: str


class Words(Table):
    """Small words; see `words.toml`."""

    none: str
    yes: str
    no: str
    nobody: str
    no_contact: str
    moment: str
    left: str
    overdue: str
    just_due: str
    days: str
    days_hours: str
    hours_minutes: str
    hours: str
    minutes: str
    stands_still: str
    due: str
    case_line: str
    and_more: str
    share: str
    due_line: str
    span_of_numbers: str
    task_names: dict[str, str]
    permit_sizes: dict[str, str]
    schemes: dict[str, str]
    next_steps: dict[str, str]
    parties: dict[str, str]
    dangers: dict[str, str]
    pause_reasons: dict[str, str]
    attempt_reasons: dict[str, str]
    corrected_fields: dict[str, str]
    departments: dict[str, str]
    account_acts: dict[str, str]
    customer_kinds: dict[str, str]
    channels: dict[str, str]
    stages: dict[str, dict[str, str]]
    events: dict[str, EventText]


class _Notices(RootModel[dict[str, Notice]]):
    """notices.toml"""


class _Templates(RootModel[dict[str, TemplatePair]]):
    """templates.toml"""


class _Sentences(RootModel[dict[str, str]]):
    """problems.toml"""


@cache
def words() -> Words:
    """Raises ConfigurationFault."""
    return read("messages/words.toml", Words)


@cache
def notices() -> dict[str, Notice]:
    """Every message to a person by its key. Raises ConfigurationFault."""
    return read("messages/notices.toml", _Notices).root


@cache
def templates() -> dict[str, TemplatePair]:
    """The platform's templates by our name. Raises ConfigurationFault."""
    return read("messages/templates.toml", _Templates).root


@cache
def problems() -> dict[str, str]:
    """The sentences of refusals. Raises ConfigurationFault."""
    return read("messages/problems.toml", _Sentences).root


def fill(pattern: str, facts: Facts) -> str:
    """The pattern with its facts; a fact nobody gave reads as the word for nothing."""
    return pattern.format_map(_Facts(facts))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return words().none
