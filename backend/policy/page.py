"""The whole page: every number with its clause and reading, every paper, every step of every table, and the diagrams."""

from backend.policy import limits, others, steps
from backend.rules.stages import ACCEPTANCE_ROUND, APPLICATION, PROJECT, WORK_ORDER
from config import policy
from config.messages.regulation import regulation_words

TABLES = (APPLICATION, PROJECT, WORK_ORDER, ACCEPTANCE_ROUND)


def page() -> str:
    """As Markdown; the same as docs/regulation.md."""
    words, rules = regulation_words(), policy.current()
    parts = [
        words.title.format(title=rules.title),
        words.intro.format(version=rules.version, zone=rules.zone).strip(),
        words.clocks,
        limits.table(rules, TABLES),
        words.numbers,
        others.numbers(rules),
        words.papers,
        others.papers(),
        words.acceptance,
        others.acceptance_parties(),
    ]
    for table in TABLES:
        parts += [words.steps.format(name=words.tables[table.name]), steps.diagram(table), steps.rows(table)]
    return "\n\n".join(parts) + "\n"
