"""What has a stage, as the rows around it refer to it."""

from typing import Any

from backend.models.application import ConnectionApplication
from backend.models.site import PreServiceProject

Case = ConnectionApplication | PreServiceProject


def reference(case: Case) -> dict[str, Any]:
    """The column by which clocks, tasks and events point at this case."""
    column = "application_id" if isinstance(case, ConnectionApplication) else "project_id"
    return {column: case.id}
