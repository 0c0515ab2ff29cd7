"""/api/staff/…: what staff ask and do, one file per errand."""

from backend.handlers.staff import (
    acceptances,
    applications,
    calls,
    clock_pauses,
    designs,
    documents,
    filing,
    households,
    ignition,
    imports,
    inbox,
    permits,
    projects,
    sessions,
    settlements,
    tasks,
    visits,
    work_orders,
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
    projects.doors,
    designs.doors,
    permits.doors,
    work_orders.doors,
    acceptances.doors,
    settlements.doors,
    households.doors,
    imports.doors,
)
PAGES = (documents.files,)
"""Doors whose answer is no JSON."""
