"""Which papers are still missing (§1.3-2, §2.2-2)."""

from collections.abc import Collection

from backend.rules.errors import MissingEssentialDocument
from config.documents import Catalogue, Paper


def missing(kind: str, present: Collection[str], catalogue: Catalogue) -> tuple[Paper, ...]:
    """The papers of this kind of customer that are not there yet, in the catalogue's order."""
    return tuple(paper for paper in catalogue.for_application(kind) if paper.key not in present)


def check_essential(papers: Collection[Paper], *, sentence: str | None = None) -> None:
    """Raises MissingEssentialDocument, naming them, when an essential paper is among the missing ones."""
    names = [paper.name for paper in papers if paper.essential]
    if names:
        fault = MissingEssentialDocument(names=names)
        fault.sentence = sentence or fault.sentence
        raise fault
