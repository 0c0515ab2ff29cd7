"""Loads the knowledge pages: what the assistant knows, in our own words, each with its clause or owner.

A page is Markdown: its title, a list with 问法 (words that point to it, parted by |), 例问 (how people ask, from which
the assistant learns to find it) and 依据 (clause or owner, behind it 「（待公司确认）」 where the owner has not agreed yet),
then text;
a section titled 居民 or 工商业 is for that kind of customer alone. Figures stand as placeholders.
"""

import re
from dataclasses import dataclass
from functools import cache

from config.documents import CustomerKind
from config.tables import FOLDER, ConfigurationFault

_HEAD = re.compile(
    r"\A# (?P<title>.+)\n+- 问法：(?P<words>.*)\n- 例问：(?P<questions>.+)\n- 依据：(?P<source>.+)\n+"
)
UNCONFIRMED = "（待公司确认）"
_SECTIONS: dict[str, CustomerKind] = {"居民": "resident", "工商业": "non_resident"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`text` is for everybody, `sections` for one kind of customer each; `source` is the clause or who answers for it.

    `unconfirmed`: practical advice that nobody has written down yet; who answers for it has still to agree.
    """

    name: str
    title: str
    words: tuple[str, ...]
    questions: tuple[str, ...]
    source: str
    unconfirmed: bool
    text: str
    sections: dict[CustomerKind, str]

    def lines_for(self, kind: CustomerKind | None) -> str:
        """What this customer is told; everything where the kind is not known."""
        own = [text for of, text in self.sections.items() if kind in {None, of}]
        return "\n".join(filter(None, [self.text, *own]))


@cache
def pages() -> dict[str, Page]:
    """Every page by its file's name. Raises ConfigurationFault."""
    return {
        path.stem: _read(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / "knowledge").glob("*.md"))
    }


def _read(name: str, content: str) -> Page:
    head = _HEAD.match(content)
    if head is None:
        raise ConfigurationFault(f"knowledge/{name}.md: title, 问法, 例问 and 依据 come first")
    text, *rest = re.split(r"^## ", content[head.end() :], flags=re.MULTILINE)
    sections = dict(part.split("\n", 1) for part in rest)
    unknown = sections.keys() - _SECTIONS.keys()
    if unknown:
        raise ConfigurationFault(f"knowledge/{name}.md: unknown section {', '.join(sorted(unknown))}")
    return Page(
        name=name,
        title=head["title"],
        words=tuple(word for word in head["words"].split("|") if word),
        questions=tuple(head["questions"].split("|")),
        source=head["source"].removesuffix(UNCONFIRMED),
        unconfirmed=head["source"].endswith(UNCONFIRMED),
        text=text.strip(),
        sections={_SECTIONS[title]: body.strip() for title, body in sections.items()},
    )
