"""The questions a knowledge page is found by, and those no page answers: `config/assistant/unanswered.txt`."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.bots.understanding.learned import NO_PAGE
from backend.bots.understanding.training_text import Example, texts_of
from backend.bots.understanding.values import Intent
from config.knowledge_pages import pages
from config.tables import FOLDER

# Whoever wants one of these is answered by a page, so that their words are no counter-examples.
_BY_PAGE: frozenset[Intent] = frozenset({"documents_needed", "time_limit", "package", "channels"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageExample:
    """One question and the page that answers it, or NO_PAGE."""

    text: str
    page: str


def page_examples(everyday: list[Example]) -> list[PageExample]:
    """Every page's questions, and against them other wishes, one line of each family, and what nobody here knows."""
    return [*_asked(), *_of_others(everyday), *_unanswered()]


def _asked() -> Iterator[PageExample]:
    for page in pages().values():
        for text in (page.title, *page.words, *page.questions):
            yield PageExample(text=text, page=page.name)


def _of_others(everyday: list[Example]) -> Iterator[PageExample]:
    named = [word for page in pages().values() for word in page.words]
    first = {one.family: one for one in reversed(everyday) if one.intent not in _BY_PAGE}
    for one in first.values():
        if not any(word in one.text for word in named):
            yield PageExample(text=one.text, page=NO_PAGE)


def _unanswered() -> Iterator[PageExample]:
    for text, _ in texts_of(FOLDER / "assistant" / "unanswered.txt"):
        yield PageExample(text=text, page=NO_PAGE)
