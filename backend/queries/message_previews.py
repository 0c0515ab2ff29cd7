"""Every message as people would get it, with sample facts, and whether each channel's room is enough."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.gateways.template_values import values_of
from config.delivery import delivery
from config.messages.samples import samples
from config.messages.texts import Notice, PlatformTemplate, fill, notices, templates

_BRIEF, _TITLE = 20, 100  # characters: a typed field of the platform's, the title in our inbox
_WECOM_BODY, _SERVICE_TEXT = 512, 2048  # bytes
_SMS_PART = 67  # characters of a text message in several parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a platform's template as it would arrive; `cut`: it does not hold all of `meant`."""

    name: str
    value: str
    meant: str
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePreview:
    """One app's template: `app` is a key of the template's pair."""

    app: str
    template_id: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One message. `faults` name what is too long: brief, title, wecom, customer_service, template."""

    key: str
    kind: str
    title: str
    body: str
    brief: str
    sms: str
    sms_parts: int
    templates: tuple[TemplatePreview, ...]
    faults: tuple[str, ...]


def previews(*, now: datetime, zone: ZoneInfo) -> tuple[Preview, ...]:
    """All of them, in the file's order."""
    return tuple(_preview(key, notice, now, zone) for key, notice in notices().items())


def _preview(key: str, notice: Notice, now: datetime, zone: ZoneInfo) -> Preview:
    facts = samples()
    title, body = fill(notice.title, facts), fill(notice.body, facts)
    brief = fill(notice.brief, {**facts, "body": body})
    told = {**facts, "title": title, "body": body, "brief": brief}
    pair = templates()[notice.template]
    shown = tuple(
        _template(app, template, told, now, zone)
        for app in type(pair).model_fields
        if (template := getattr(pair, app)) is not None
    )
    sms = fill(delivery().sms_text, {**told, "url": ""})
    return Preview(
        key=key,
        kind=notice.kind,
        title=title,
        body=body,
        brief=brief,
        sms=sms,
        sms_parts=-(-len(sms) // _SMS_PART),
        templates=shown,
        faults=tuple(_faults(notice, told, shown)),
    )


def _template(
    app: str, template: PlatformTemplate, told: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> TemplatePreview:
    values = values_of(template, told, at=now, zone=zone)
    return TemplatePreview(
        app=app,
        template_id=template.id,
        fields=tuple(_field(name, value, template.fields[name], told) for name, value in values.items()),
    )


def _field(name: str, value: str, pattern: str, told: Mapping[str, str]) -> Field:
    meant = " ".join(fill(pattern, told).split())
    return Field(name=name, value=value, meant=meant, cut=value.endswith(("…", "...")) and value != meant)


def _faults(notice: Notice, told: Mapping[str, str], shown: tuple[TemplatePreview, ...]) -> Iterator[str]:
    if "brief" in notice.model_fields_set and len(told["brief"]) > _BRIEF:
        yield "brief"
    if len(told["title"]) > _TITLE:
        yield "title"
    if len(told["body"].encode()) > _WECOM_BODY:
        yield "wecom"
    if len(fill(delivery().customer_service_text, {**told, "url": ""}).encode()) > _SERVICE_TEXT:
        yield "customer_service"
    if any(field.cut for one in shown for field in one.fields):
        yield "template"
