"""Our templates against the platform's list, in sentences somebody can act on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from backend.gateways.template_values import SHAPED, kind_of
from backend.gateways.wechat.answers import Template
from config.messages.texts import PlatformTemplate, TemplatePair
from config.tables import spot_in
from config.templates_check import templates_check

Granted = Mapping[str, Sequence[Template]]
"""The platform's templates by the side of ours that uses them: `official_account`, `mini_program`, `subscribe_notice`."""

_FILE = "messages/templates.toml"
_FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")


def faults(ours: Mapping[str, TemplatePair], granted: Granted) -> list[str]:
    """Everything that would have a message refused, or a field of it lost."""
    return [
        sentence
        for name, app, template in used(ours)
        for sentence in _judge(template, granted[app], spot_in(_FILE, name, app), app)
    ]


def used(ours: Mapping[str, TemplatePair]) -> Iterator[tuple[str, str, PlatformTemplate]]:
    """Our name of it, the side that sends it, and the template."""
    for name, pair in ours.items():
        yield name, "official_account", pair.official_account
        for side in ("mini_program", "subscribe_notice"):
            template = getattr(pair, side)
            if template is not None:
                yield name, side, template


def _judge(ours: PlatformTemplate, granted: Sequence[Template], spot: str, app: str) -> Iterator[str]:
    say = templates_check()
    unshaped = sorted(key for key in ours.fields if kind_of(key) not in SHAPED)
    if unshaped:
        yield say.not_shaped.format(spot=spot, fields=_list(unshaped), shaped=_list(sorted(SHAPED)))
    theirs = next((template for template in granted if template.template_id == ours.id), None)
    if theirs is None:
        yield say.unknown_id.format(spot=spot, id=ours.id, advice=_advice(ours, granted, app))
        return
    known = _FIELD.findall(theirs.content)
    for sentence, keys in (
        (say.left_empty, [key for key in known if key not in ours.fields]),
        (say.not_there, [key for key in ours.fields if key not in known]),
    ):
        if keys:
            yield sentence.format(
                spot=spot, id=ours.id, title=theirs.title, fields=_list(keys), known=_list(known)
            )


def _advice(ours: PlatformTemplate, granted: Sequence[Template], app: str) -> str:
    """The granted template with the same fields, or to apply for one."""
    say = templates_check()
    like = [template for template in granted if set(_FIELD.findall(template.content)) == set(ours.fields)]
    if like:
        return say.same_fields.format(found=_list(f"{one.template_id}（{one.title}）" for one in like))
    return say.apply_for_one.format(app=say.apps[app], fields=_list(ours.fields))


def _list(names: Iterable[str]) -> str:
    return "、".join(names)
