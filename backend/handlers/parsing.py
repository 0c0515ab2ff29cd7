"""From bytes to a body of the declared type, or a refusal that names each field."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from sanic import Request

from backend.handlers.problems import BodyTooLarge, InvalidJson, InvalidRequest, UnsupportedBody
from config.limits import limits
from config.messages.texts import fill, problems

B = TypeVar("B", bound=BaseModel)


def parse_json(shape: type[B], request: Request) -> B:
    """The JSON body. Raises BodyTooLarge, UnsupportedBody, InvalidJson, InvalidRequest."""
    content = request.body
    if len(content) > limits().bodies.json_bytes:
        raise BodyTooLarge
    if not content and not any(field.is_required() for field in shape.model_fields.values()):
        content = b"{}"
    elif content and not _is_json(request.headers.get("content-type", "")):
        raise UnsupportedBody
    try:
        return shape.model_validate_json(content, strict=True)
    except ValidationError as error:
        raise _refusal(error) from None


def parse_query(shape: type[B], request: Request) -> B:
    """What stands behind the question mark; of a repeated name the last counts. Raises InvalidRequest."""
    return validate(shape, {name: values[-1] for name, values in request.args.items()})


def parse_form(shape: type[B], request: Request) -> B:
    """A multipart form, files as their bytes under their field's name. Raises UnsupportedBody, InvalidRequest."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise UnsupportedBody
    fields: dict[str, Any] = {name: values[-1] for name, values in (request.form or {}).items()}
    files = {name: values[-1].body for name, values in (request.files or {}).items()}
    return validate(shape, fields | files)


def validate(shape: type[B], values: dict[str, Any]) -> B:
    """Fields as a form or an address brings them, texts all of them. Raises InvalidRequest."""
    try:
        return shape.model_validate(values)
    except ValidationError as error:
        raise _refusal(error) from None


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _refusal(error: ValidationError) -> InvalidJson | InvalidRequest:
    faults = error.errors(include_url=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return InvalidJson()
    return InvalidRequest([(".".join(map(str, fault["loc"])), _sentence(fault)) for fault in faults])


def _sentence(fault: ErrorDetails) -> str:
    """What is wrong with one field, in Chinese."""
    pattern = problems().get(f"field_{fault['type']}", problems()["field_invalid"])
    return fill(pattern, {name: str(value) for name, value in fault.get("ctx", {}).items()})
