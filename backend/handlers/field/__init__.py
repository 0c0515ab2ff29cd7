"""/m/…: phone pages for field staff, and the customer's progress page."""

from backend.handlers.field import (
    applications,
    canvass,
    device,
    login,
    messages,
    photos,
    progress,
    projects,
    signing,
    tasks,
)
from backend.handlers.field.failures import answer
from backend.handlers.pages.failures import guarded

ALL = tuple(
    guarded(module.routes, answer)
    for module in (
        login,
        device,
        tasks,
        canvass,
        applications,
        signing,
        projects,
        photos,
        messages,
        progress,
    )
)
