"""The OpenAPI description of declared doors."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.handlers.bodies import Answer
from backend.handlers.calls import Door
from backend.handlers.doors import Doors

Json = dict[str, Any]
_PLACE = re.compile(r"<(\w+):(\w+)>")
_REFERENCE = "#/components/schemas/{model}"


class FaultAnswer(Answer):
    field: str
    detail: str


class ProblemAnswer(Answer):
    """Why it was refused (RFC 9457): `code` is stable, `detail` is for people, `errors` names fields, `number` a case."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FaultAnswer] | None = None
    number: str | None = None


def describe(groups: Sequence[Doors]) -> Json:
    """The whole description, from the types the doors validate with."""
    schemas, definitions = _schemas([door for group in groups for door, _ in group.listed.values()])
    paths: dict[str, Json] = {}
    for group in groups:
        for name, (door, summary) in group.listed.items():
            path = _PLACE.sub(r"{\1}", f"{group.prefix}{door.path}").rstrip("/")
            operation = {"operationId": f"{group.blueprint.name}.{name}", "tags": [group.prefix]}
            paths.setdefault(path, {})[door.method.lower()] = {
                **operation,
                "summary": summary.partition("\n")[0],
                **_operation(door, schemas),
            }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gas-connection service", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(door: Door, schemas: dict[tuple[type[BaseModel], str], Json]) -> Json:
    takes, answers = schemas[door.takes, "validation"], schemas[door.answers, "serialization"]
    refusal = {
        "description": "Refused",
        "content": {"application/problem+json": {"schema": schemas[ProblemAnswer, "serialization"]}},
    }
    described: Json = {
        "parameters": _parameters(door),
        "responses": {
            str(door.status): {"description": "Done", "content": {"application/json": {"schema": answers}}},
            "default": refusal,
        },
    }
    if door.secured:
        described["security"] = [{"bearer": []}]
    if door.how != "query" and door.takes.model_fields:
        kind = "application/json" if door.how == "json" else "multipart/form-data"
        described["requestBody"] = {"required": True, "content": {kind: {"schema": takes}}}
    return described


def _parameters(door: Door) -> list[Json]:
    types = {"int": "integer"}
    found: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": types.get(kind, "string")}}
        for name, kind in _PLACE.findall(door.path)
    ]
    if door.once:
        found.append(
            {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}
        )
    if door.how == "query":
        schema = door.takes.model_json_schema()
        found += [
            {"name": name, "in": "query", "required": name in schema.get("required", []), "schema": field}
            for name, field in schema.get("properties", {}).items()
        ]
    return found


def _schemas(doors: Sequence[Door]) -> tuple[dict[tuple[type[BaseModel], str], Json], Json]:
    """Every type's schema as a reference, and what the references mean."""
    wanted = {(door.takes, "validation") for door in doors} | {
        (door.answers, "serialization") for door in doors
    }
    wanted.add((ProblemAnswer, "serialization"))
    ordered = sorted(wanted, key=lambda pair: (pair[0].__module__, pair[0].__qualname__, pair[1]))
    schemas, definitions = models_json_schema(ordered, ref_template=_REFERENCE)  # type: ignore[arg-type]  # the modes are literals above
    return dict(schemas), definitions.get("$defs", {})  # type: ignore[arg-type]  # likewise
