"""A sieve keeps back only patterns that could not have matched."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.bots import safety
from backend.bots.safety import Rules
from backend.bots.understanding import marks, names
from backend.bots.understanding.danger_text import danger_examples
from backend.bots.understanding.features import Concepts
from backend.bots.understanding.plain_text import clauses
from backend.bots.understanding.screening import AnyOf, Sieve, alternatives, needs
from backend.bots.understanding.wishes import WishWords
from config.tables import read


def _ours() -> Iterator[str]:
    """Every pattern that is looked for behind a sieve."""
    for name in ("safety", "safety_english"):
        rules = read(f"assistant/{name}.toml", Rules)
        yield from (typo.wrong for typo in rules.typos)
        yield from (row.span for row in rules.harmless)
        yield from (pattern.pattern for _, pattern in safety._rules(name).danger)
    yield from read("assistant/concepts.toml", Concepts).concepts.values()
    yield from (row.pattern for row in read("assistant/wishes.toml", WishWords).sure)


_PATTERNS = list(_ours())
_COMPILED = [re.compile(pattern) for pattern in _PATTERNS]
_CHARACTERS = sorted(set("".join(_PATTERNS)) - set("()[]{}|?*+\\^$.<>=!:"))


def _matching(line: str) -> list[int]:
    return [place for place, pattern in enumerate(_COMPILED) if pattern.search(line)]


class TestSieve:
    def test_no_pattern_of_ours_that_matches_is_kept_back(self) -> None:
        sieve = Sieve(_PATTERNS)
        lines = [clauses(one.text) for one in danger_examples()[::3]]

        assert not [line for line in lines if not set(_matching(line)) <= set(sieve.left(line))]
        assert sum(len(sieve.left(line)) for line in lines) < len(lines) * len(_PATTERNS) / 2

    @settings(deadline=None)  # hundreds of patterns a line: slow beside other work
    @given(st.text(st.sampled_from(_CHARACTERS), max_size=20))
    def test_whatever_is_written(self, line: str) -> None:
        assert set(_matching(line)) <= set(Sieve(_PATTERNS).left(line))

    @settings(deadline=None)
    @given(
        st.text(
            st.sampled_from(sorted(set("我是叫找姓老小的联系人户主经理师傅女士 ,张王曾成党" + marks.ALL))),
            max_size=12,
        )
    )
    def test_no_way_to_say_a_name_is_kept_back(self, line: str) -> None:
        ways, sieve = names._ways()

        assert {at for at, way in enumerate(ways) if way.search(line)} <= set(sieve.left(line))

    def test_places_come_in_the_order_given(self) -> None:
        assert Sieve(["乙", "甲|丙", "丁", ".", "甲乙"]).left("甲乙") == [0, 1, 3, 4]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("漏(气|水)", [{"漏"}, {"气", "水"}]),
        ("[闻嗅][^,]{0,9}味道?", [{"味"}, {"闻", "嗅"}]),
        ("(?<!新)闻(?=味|$)", [{"闻"}]),
        (r"\d+号?", []),
        ("味*|臭", []),
        ("(?i:a)b", [{"b"}]),
        ("(?i)ab", []),
    ],
)
def test_what_a_pattern_cannot_match_without(pattern: str, needed: list[set[str]]) -> None:
    assert sorted(map(sorted, needs(pattern))) == sorted(map(sorted, needed))


def test_alternatives_are_the_outermost() -> None:
    assert alternatives(r"a(b|c)|[|)]d|\|e") == ["a(b|c)", "[|)]d", r"\|e"]


@settings(deadline=None)  # the first line compiles the rules
@given(st.text(st.sampled_from(_CHARACTERS), max_size=20))
def test_any_of_many_is_one_of_them(line: str) -> None:
    danger = [pattern for _, pattern in safety._rules(safety._CHINESE).danger]

    assert safety._rules(safety._CHINESE).signs.matches(line) == any(
        pattern.search(line) for pattern in danger
    )
    assert AnyOf(_PATTERNS[:5]).matches(line) == any(pattern.search(line) for pattern in _COMPILED[:5])
