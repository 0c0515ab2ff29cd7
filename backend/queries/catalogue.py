"""What a customer can choose from and count on: kinds, papers, limits, channels, hotlines."""

from dataclasses import dataclass
from datetime import timedelta

from backend.rules.wording import say_span
from config import policy
from config.districts import districts
from config.documents import Paper, catalogue
from config.messages.texts import templates, words


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """One kind of customer with the papers it brings."""

    key: str
    name: str
    documents: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitView:
    """One limit of the regulation, or of the company where `company_rule`."""

    kind: str
    name: str
    limit: timedelta
    limit_text: str
    reading: str
    clause: str
    company_rule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueView:
    customer_kinds: tuple[KindView, ...]
    time_limits: tuple[LimitView, ...]
    channels: tuple[ChannelView, ...]
    hotlines: tuple[str, ...]
    districts: tuple[str, ...]
    subscribe_template_ids: tuple[str, ...]


def read() -> CatalogueView:
    """All of it, from `config/`."""
    return CatalogueView(
        customer_kinds=tuple(
            KindView(key=key, name=name, documents=catalogue().for_application(key))
            for key, name in words().customer_kinds.items()
        ),
        time_limits=_limits(),
        channels=tuple(ChannelView(key=key, name=name) for key, name in words().channels.items()),
        hotlines=policy.current().hotlines.numbers,
        districts=districts().towns,
        subscribe_template_ids=tuple(
            pair.mini_program.id for pair in templates().values() if pair.mini_program is not None
        ),
    )


def _limits() -> tuple[LimitView, ...]:
    return tuple(
        LimitView(
            kind=kind,
            name=clock.name,
            limit=clock.limit,
            limit_text=say_span(clock.limit),
            reading=clock.reading,
            clause=clock.clause,
            company_rule=clock.company_rule,
        )
        for kind, clock in policy.current().clocks.items()
    )
