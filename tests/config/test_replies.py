"""Texts of the assistant: no number of their own, every placeholder known, short enough for the platform."""

import re
from itertools import chain

import pytest

from backend.bots.figures import figures
from config.knowledge_pages import UNCONFIRMED, pages
from config.menus import menu
from config.messages.doors import Door, doors
from config.messages.replies import replies

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_CLAUSE = re.compile(r"§[\d.\-、§]+")
_LONGEST = 2048  # bytes, the platform's


def page_lines() -> dict[str, str]:
    return {name: "\n".join([page.text, *page.sections.values()]) for name, page in pages().items()}


def door_lines() -> dict[str, str]:
    return {door.words: door.text for door in doors()}


@pytest.mark.parametrize(
    ("name", "text"), [*replies().texts.items(), *page_lines().items(), *door_lines().items()]
)
def test_no_text_has_a_number_of_its_own(name: str, text: str) -> None:
    bare = _CLAUSE.sub("", _PLACEHOLDER.sub("", text))
    assert not re.search(r"[0-9０-９]", bare), name
    assert not re.search(r"[一二两三四五六七八九十百]+(个工作)?(天|日内|小时|米|立方|元)", bare), name


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_a_page_uses_only_known_figures_and_names_its_source(page: object) -> None:
    text = " ".join([page.text, page.source, *page.sections.values()])  # type: ignore[attr-defined]  # a Page
    assert set(_PLACEHOLDER.findall(text)) <= figures().keys()
    assert page.source  # type: ignore[attr-defined]  # a Page


@pytest.mark.parametrize("door", doors(), ids=lambda door: door.words)
def test_a_door_uses_only_known_figures_and_names_who_answers_for_it(door: Door) -> None:
    assert set(_PLACEHOLDER.findall(door.text)) <= figures().keys()
    assert door.owner.endswith(UNCONFIRMED)


@pytest.mark.parametrize("name", ["nobody_home", "meter_place", "refusal", "shop_in_home"])
def test_advice_that_nobody_has_written_down_is_marked_and_promises_nothing(name: str) -> None:
    page = pages()[name]
    assert page.unconfirmed
    assert not re.search("保证|一定|肯定|都会|免费|优惠|就来|尽量", page_lines()[name])


def test_every_text_fits_into_one_message() -> None:
    for name, text in chain(replies().texts.items(), page_lines().items()):
        assert len(text.encode()) < _LONGEST / 2, name


def test_the_emergency_text_says_all_that_the_company_approved() -> None:
    text = replies().texts["emergency"]
    for word in (
        "不要开关",
        "不要点火",
        "门窗",
        "阀门",
        "室外",
        "{hotline_1}",
        "{hotline_2}",
        "{fire}",
        "{medical}",
    ):
        assert word in text


def test_the_menu_fits_the_platform() -> None:
    buttons = menu().as_platform()["button"]
    assert 1 <= len(buttons) <= 3
    assert all(len(button.get("sub_button", [])) <= 5 for button in buttons)
    assert menu().words_of("progress")
    assert menu().words_of("nobody's") is None
