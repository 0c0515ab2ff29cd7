"""What the forms of a project's page ask for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from backend.queries.projects import ProjectFile
from config.acceptance import acceptance
from config.messages.texts import words

Kind = Literal["moment", "line", "text", "number", "choice", "yes_no", "checks", "camera", "repeat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; `choices` are (value, text) pairs, `paper` is the kind of paper a camera takes."""

    name: str
    kind: Kind
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    paper: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form with its fields and what it carries unseen; `locate` asks the phone where it is."""

    name: str
    fields: tuple[Field, ...] = ()
    hidden: dict[str, str] = field(default_factory=dict)
    locate: bool = False


def _asks(name: str, kind: Kind, *, required: bool = True) -> Field:
    return Field(name=name, kind=kind, required=required)


def _camera(paper: str, label: str = "") -> Field:
    return Field(name="document_ids", kind="camera", paper=paper, label=label, required=False)


_FIELDS: dict[str, tuple[Field, ...]] = {
    "book": (_asks("at", "moment"),),
    "check_in": (_camera("photo"),),
    "no_show": (_asks("note", "text"),),
    "drawings": (_asks("quantities", "text"), _camera("drawing")),
    "revised_drawings": (_asks("quantities", "text"), _camera("drawing")),
    "permit_papers": (_camera("permit_paper"),),
    "permit": (_asks("reference", "line"), _camera("permit_paper")),
    "accept_order": (_asks("crew", "line"), _asks("contract_due_at", "moment", required=False)),
    "progress": (_asks("note", "text"), _camera("photo")),
    "change": (_asks("note", "text"), _camera("photo")),
    "convene": (_asks("meets_at", "moment"),),
    "fail": (Field(name="texts", kind="repeat", paper="photo"),),
    "review": (_asks("approved", "yes_no"), _asks("note", "text")),
    "resume": (_asks("note", "text", required=False),),
}


def sheet(name: str, file: ProjectFile) -> Sheet:
    """The form `name` as the project stands."""
    return Sheet(
        name=name,
        fields=_fields(name, file),
        hidden=_hidden(name, file),
        locate=name == "check_in",
    )


def parties_left(file: ProjectFile, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of the round that is convened for whom one of these roles may still record the signature."""
    latest = file.acceptance_rounds[-1] if file.acceptance_rounds else None
    if latest is None or latest.stage != "convened":
        return ()
    signed = {one.party for one in latest.sign_offs}
    signers = acceptance().signers
    return tuple(
        party
        for party in acceptance().parties
        if party not in signed and any(role in signers[party] for role in roles)
    )


def open_defects(file: ProjectFile) -> bool:
    """Whether what acceptance found still has to be put right."""
    return any(defect.rectified_at is None for one in file.acceptance_rounds for defect in one.defects)


def _fields(name: str, file: ProjectFile) -> tuple[Field, ...]:
    """The fields that are always the same, or those that depend on where the project stands."""
    if name in _FIELDS:
        return _FIELDS[name]
    depending: dict[str, Callable[[], tuple[Field, ...]]] = {
        "papers": lambda: _papers(file),
        "hand_off": lambda: _papers(file),
        "survey": lambda: _survey(file),
        "complete": lambda: (_asks("rectification", "text"), _camera("photo")) if open_defects(file) else (),
        "settle": _settle,
        "pause": _pause,
    }
    return depending[name]() if name in depending else ()


def _papers(file: ProjectFile) -> tuple[Field, ...]:
    return tuple(_camera(paper.key, paper.name) for paper in file.missing_documents)


def _pause() -> tuple[Field, ...]:
    reasons = tuple(words().pause_reasons.items())
    return (Field(name="reason", kind="choice", choices=reasons), _asks("note", "text"), _camera("evidence"))


def _survey(file: ProjectFile) -> tuple[Field, ...]:
    flow = () if file.customer_kind == "resident" else (_asks("hourly_flow_m3", "number", required=False),)
    return (
        _asks("pressure_ok", "yes_no"),
        _asks("excavation_metres", "number"),
        *flow,
        _asks("note", "text", required=False),
    )


def _settle() -> tuple[Field, ...]:
    papers = tuple((paper, paper) for paper in acceptance().completion_papers)
    return (
        _asks("amount_yuan", "number"),
        Field(name="papers", kind="checks", choices=papers),
        _camera("completion_paper"),
        _asks("note", "text", required=False),
    )


def _hidden(name: str, file: ProjectFile) -> dict[str, str]:
    """What the form is about: a visit, the newest work order, the last round, the last statement."""
    if name in {"check_in", "no_show"}:
        booked = next((visit for visit in file.visits if visit.state == "booked"), None)
        return {"visit_id": str(booked.id)} if booked else {}
    if name in {"accept_order", "start", "progress", "complete"} and file.work_orders:
        newest = file.work_orders[-1]
        return {"number": newest.number, "revision": str(newest.revision)}
    if name in {"pass", "fail"} and file.acceptance_rounds:
        return {"round_id": str(file.acceptance_rounds[-1].id)}
    if name == "review" and file.settlements:
        return {"settlement_id": str(file.settlements[-1].id)}
    return {}
