"""What may happen to a case, from where, by whom, and what it causes.

A row is one step of the regulation; `record` carries it out. Times, texts and people are found by whoever carries it out.
"""

from backend.rules.stages.application import APPLICATION
from backend.rules.stages.parts import ACCEPTANCE_ROUND, WORK_ORDER
from backend.rules.stages.project import PROJECT
from backend.rules.stages.steps import DUE_BY, NEW, Audience, Role, Step, Table, TaskKind, check_together

__all__ = [
    "ACCEPTANCE_ROUND",
    "APPLICATION",
    "DUE_BY",
    "NEW",
    "PROJECT",
    "WORK_ORDER",
    "Audience",
    "Role",
    "Step",
    "Table",
    "TaskKind",
    "check_together",
]
