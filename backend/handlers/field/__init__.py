"""/m/…: phone pages for field staff, and the customer's progress page."""

from backend.handlers.field import (
    applications,
    login,
    messages,
    photos,
    progress,
    projects,
    static_files,
    tasks,
)
from backend.handlers.field.failures import guarded

ALL = (
    static_files.routes,
    guarded(login.routes),
    guarded(tasks.routes),
    guarded(applications.routes),
    guarded(projects.routes),
    guarded(photos.routes),
    guarded(messages.routes),
    guarded(progress.routes),
)
