"""The catalogue of papers: per customer kind what is asked for, and whether it may come later."""

from functools import cache
from typing import Literal

from config.tables import Table, read

CustomerKind = Literal["resident", "non_resident"]


class Paper(Table):
    """One paper. `deferrable` papers touch neither legality nor technical safety (§1.3-2, §2.2-2)."""

    key: str
    name: str
    customer_kind: CustomerKind
    need: Literal["essential", "deferrable"]
    clause: str = "公司要求"
    company_rule: bool = False

    @property
    def essential(self) -> bool:
        return self.need == "essential"


class Catalogue(Table):
    """`papers` belong to an application, `project_papers` to the site's pre-construction project."""

    file_types: tuple[str, ...]
    largest_file_megabytes: int
    papers: tuple[Paper, ...]
    project_papers: tuple[Paper, ...]

    def for_application(self, kind: str) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if paper.customer_kind == kind)

    def keys(self) -> frozenset[str]:
        return frozenset(paper.key for paper in (*self.papers, *self.project_papers))


@cache
def catalogue() -> Catalogue:
    """The papers the company asks for. Raises ConfigurationFault."""
    return read("documents.toml", Catalogue)
