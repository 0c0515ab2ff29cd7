"""/api/mp/…: what the customer's mini-program asks and does."""

from backend.handlers.mini_program import (
    applications,
    appointments,
    catalogue,
    documents,
    sessions,
    subscriptions,
)

ALL = (
    sessions.doors,
    catalogue.doors,
    applications.doors,
    appointments.doors,
    documents.doors,
    subscriptions.doors,
)
