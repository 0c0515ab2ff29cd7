"""Everything in `config/` is read and compared at the start: what does not fit together stops it, by file and line."""

from collections.abc import Callable, Iterator

from config import (
    acceptance,
    calendar,
    console,
    delivery,
    demo,
    districts,
    documents,
    imports,
    knowledge_pages,
    limits,
    menus,
    partners,
    policy,
    roles,
    text_checks,
)
from config.messages import (
    console_texts,
    facts,
    live,
    pages,
    project_texts,
    regulation,
    replies,
    samples,
    texts,
)
from config.tables import FOLDER, ConfigurationFault, spot_in

_FILES: tuple[Callable[[], object], ...] = (
    policy.current,
    acceptance.acceptance,
    delivery.delivery,
    demo.demo,
    districts.districts,
    documents.catalogue,
    limits.limits,
    menus.menu,
    imports.imports,
    knowledge_pages.pages,
    calendar.known_days,
    partners.partners,
    roles.roles,
    facts.facts,
    live.live_words,
    texts.notices,
    texts.templates,
    texts.words,
    texts.problems,
    replies.replies,
    project_texts.project_texts,
    console.desks,
    console_texts.console_texts,
    regulation.regulation_words,
    pages.pages,
    samples.samples,
)
_CHANNELS = frozenset(
    {"template", "subscribe", "subscribe_notice", "customer_service", "program_service", "wecom", "sms"}
)


def faults() -> list[str]:
    """What is wrong, ready to be read; nothing when all is well."""
    unread = list(_unreadable())
    return unread or [
        *_archived_policies(),
        *_people_and_places(),
        *_channels(),
        *_desks(),
        *text_checks.faults(),
    ]


def _unreadable() -> Iterator[str]:
    for load in _FILES:
        try:
            load()
        except ConfigurationFault as fault:
            yield str(fault)


def _archived_policies() -> Iterator[str]:
    """An old policy is found by the version its cases carry."""
    for path in sorted((FOLDER / policy.ARCHIVE).glob("*.toml")):
        name = f"{policy.ARCHIVE}/{path.name}"
        try:
            version = policy.archived(path.stem).version
        except ConfigurationFault as fault:
            yield str(fault)
            continue
        if version != path.stem:
            yield f"{spot_in(name, 'version')}: the file's name says {path.stem}"
        elif version == policy.current().version:
            yield f"{spot_in(name, 'version')}: this version is in force, and stands in policy.toml"


def _people_and_places() -> Iterator[str]:
    known, towns = roles.EVERYONE, set(districts.districts().towns)
    for index, member in enumerate(demo.demo().staff):
        if member.role not in known:
            yield f"{spot_in('demo.toml', 'staff', index, 'role')}: unknown role {member.role}"
        for town in sorted(set(member.districts) - towns):
            yield f"{spot_in('demo.toml', 'staff', index, 'districts')}: {town} is not in districts.toml"
    papers = documents.catalogue()
    for group in ("papers", "project_papers"):
        seen: set[tuple[str, str]] = set()
        for index, paper in enumerate(getattr(papers, group)):
            if (paper.customer_kind, paper.key) in seen:
                yield f"{spot_in('documents.toml', group, index, 'key')}: {paper.key} is there twice"
            seen.add((paper.customer_kind, paper.key))


def _channels() -> Iterator[str]:
    chosen = delivery.delivery()
    for place, named in (
        (("channels", "customer"), chosen.channels.customer),
        (("channels", "staff"), chosen.channels.staff),
        (("deduplicated",), chosen.deduplicated),
    ):
        for channel in named:
            if channel not in _CHANNELS:
                yield f"{spot_in('delivery.toml', *place)}: unknown channel {channel}"


def _desks() -> Iterator[str]:
    """What the desktop pages offer has a door in `roles.toml` and a name."""
    known, names = roles.roles().doors, console_texts.console_texts()
    for place, desk in enumerate(console.desks()):
        if desk.door not in known:
            yield f"{spot_in(console.FILE, 'desks', place, 'door')}: there is no door {desk.door}"
        for part in ("desks", "desk_hints"):
            if desk.key not in names[part]:
                yield f"{spot_in(console.FILE, 'desks', place, 'key')}: messages/console*.toml has no {part}.{desk.key}"
