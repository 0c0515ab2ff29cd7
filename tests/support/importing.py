"""Importing a sheet as a clerk does: upload, look, start, watch."""

from typing import Any

from tests.support.desk import Desk
from tests.support.phone import eventually


def preview(desk: Desk, kind: str, content: bytes, **more: Any) -> dict[str, Any]:
    """What the desk is shown before anything is imported."""
    run: dict[str, Any] = desk.send_form("/api/staff/imports", {"kind": kind, **more}, content)
    return run


def run(desk: Desk, run_id: int) -> dict[str, Any]:
    """Starts it and watches until it is done."""
    desk.post(f"/api/staff/imports/{run_id}/start")
    done: dict[str, Any] = eventually(
        lambda: next((one for one in [look(desk, run_id)] if one["state"] == "done"), None),
        why=lambda: f"the import is not done: {look(desk, run_id)}",
    )
    return done


def look(desk: Desk, run_id: int) -> dict[str, Any]:
    found: dict[str, Any] = desk.get(f"/api/staff/imports/{run_id}")
    return found
