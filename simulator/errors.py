"""The platform's refusals: numbers with the platform's own wording, and the `rid` that support asks for."""

import json
import secrets
from pathlib import Path
from typing import Any

_WORDING: dict[int, str] = {
    int(code): text
    for code, text in json.loads(
        (Path(__file__).parent / "data" / "errors.json").read_text(encoding="utf-8")
    ).items()
}


class PlatformError(Exception):
    """A call the platform refuses with this errcode."""

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def body(self) -> dict[str, Any]:
        """What the caller reads: errcode and errmsg with a rid, as the platform words it."""
        wording = _WORDING.get(self.code, "error")
        text = f"{wording} {self.detail}".strip()
        return {"errcode": self.code, "errmsg": f"{text} rid: {rid()}"}


def rid() -> str:
    """The identity of one answer, in the platform's three-part form."""
    return f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
