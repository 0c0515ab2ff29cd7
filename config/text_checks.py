"""Texts against each other: templates that exist, facts that code gives."""

from collections.abc import Iterable, Iterator

from config.messages.facts import facts, named_in
from config.messages.samples import samples
from config.messages.texts import notices, templates, words
from config.tables import spot_in

_NOTICES, _TEMPLATES = "messages/notices.toml", "messages/templates.toml"
_SAMPLES = "messages/samples.toml"
_WORDS, _FACTS = "messages/words.toml", "messages/facts.toml"


def faults() -> list[str]:
    """What would reach a person as 「无」, or not at all."""
    return [*_notices(), *_templates(), *_events(), *_unknown_keys(), *_samples()]


def _notices() -> Iterator[str]:
    for key, notice in notices().items():
        if notice.template not in templates():
            yield f"{spot_in(_NOTICES, key, 'template')}: unknown template {notice.template}"
        given = {*facts().common, *facts().notices.get(key, ())}
        for part in ("title", "body"):
            yield from _unfilled(_NOTICES, (key, part), getattr(notice, part), given)
        yield from _unfilled(_NOTICES, (key, "brief"), notice.brief, given | {"body"})


def _templates() -> Iterator[str]:
    given = {*facts().common, *facts().template}
    for key, pair in templates().items():
        for side in ("official_account", "mini_program", "subscribe_notice"):
            template = getattr(pair, side)
            for field, pattern in template.fields.items() if template else ():
                yield from _unfilled(_TEMPLATES, (key, side, "fields", field), pattern, given)


def _events() -> Iterator[str]:
    for key, text in words().events.items():
        given = {"manager_name", *facts().events.get(key, ())}
        yield from _unfilled(_WORDS, ("events", key, "detail"), text.detail, given)


def _unfilled(file: str, place: tuple[str, ...], pattern: str, given: Iterable[str]) -> Iterator[str]:
    try:
        wanted = named_in(pattern)
    except ValueError as fault:
        yield f"{spot_in(file, *place)}: {fault}"
        return
    for name in sorted(wanted - set(given)):
        yield f"{spot_in(file, *place)}: no code fills {{{name}}}"


def _samples() -> Iterator[str]:
    """Every fact a message names has a sample, or its preview would read 「无」."""
    for key, notice in notices().items():
        wanted = set().union(*(named_in(part) for part in (notice.title, notice.body, notice.brief)))
        for name in sorted(wanted - set(samples()) - set(facts().template)):
            yield f"{spot_in(_NOTICES, key)}: {_SAMPLES} has no {name}"


def _unknown_keys() -> Iterator[str]:
    for group, known in (("notices", notices()), ("events", words().events)):
        for key in sorted(set(getattr(facts(), group)) - set(known)):
            yield f"{spot_in(_FACTS, group, key)}: there is no such text"
