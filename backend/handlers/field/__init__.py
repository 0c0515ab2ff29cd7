"""/m/…: phone pages for field staff, and the customer's progress page."""

from backend.handlers.field import applications, login, messages, photos, progress, projects, tasks
from backend.handlers.field.failures import answer
from backend.handlers.pages.failures import guarded

ALL = tuple(
    guarded(module.routes, answer)
    for module in (login, tasks, applications, projects, photos, messages, progress)
)
