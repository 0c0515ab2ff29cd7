"""/api/staff/…: what staff ask and do, one file per errand."""

from backend.handlers.staff import (
    applications,
    calls,
    clock_pauses,
    documents,
    filing,
    ignition,
    inbox,
    sessions,
    tasks,
    visits,
)

ALL = (
    sessions.doors,
    tasks.doors,
    applications.doors,
    filing.doors,
    visits.doors,
    documents.doors,
    clock_pauses.doors,
    ignition.doors,
    calls.doors,
    inbox.doors,
)
PAGES = (documents.files,)
"""Doors whose answer is no JSON."""
