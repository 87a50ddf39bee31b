"""Sources: each author counts once, each showing by a peer once, and who speaks is no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.compiled import kernel
from simulator.rules.conversion import heard_before
from simulator.rules.facts import Person, Response
from simulator.rules.sources import MOST, others_before, sources_after

# Author 0 to 4, or a peer's showing: what a person meets one after the other.
journeys = st.lists(st.one_of(st.integers(0, 4), st.none()), max_size=60)
SILENT = Response(*[0.0] * len(Response._fields))


@kernel
def compiled_sources(sources, known):
    return others_before(sources, known), sources_after(sources, known)


@kernel
def compiled_heard(person, response):
    return heard_before(person, response)


@given(journeys)
def test_others_before_are_the_different_ones_who_spoke_so_far(journey: list[int | None]) -> None:
    """Against a set of names: an author by its number, each showing by a peer by its place."""
    sources, spoke = 0, set[tuple[str, int]]()
    for place, author in enumerate(journey):
        name = ("peer", place) if author is None else ("author", author)
        known = name in spoke
        assert len(spoke - {name}) == others_before(sources, known)
        sources = sources_after(sources, known)
        spoke.add(name)
        assert len(spoke) == sources


def test_a_count_stops_where_a_byte_would_end() -> None:
    sources = 0
    for _ in range(1000):
        sources = sources_after(sources, False)
    assert MOST == sources
    assert MOST < 256
    assert MOST == sources_after(MOST, True)


@given(st.integers(1, MOST), st.booleans())
def test_plain_and_compiled_counts_are_the_same(sources: int, known: bool) -> None:
    assert (others_before(sources, known), sources_after(sources, known)) == compiled_sources(sources, known)


@pytest.mark.parametrize(("sources", "expected"), [(0, 0.0), (1, 0.5), (2, 0.75), (3, 0.75), (249, 0.75)])
def test_the_second_and_the_third_source_add_and_no_further_one(sources: int, expected: float) -> None:
    response = SILENT._replace(second_source=0.5, third_source=0.25)
    person = Person(0.0, 0.0, 0.0, 1.0, float(sources))
    assert expected == heard_before(person, response) == compiled_heard(person, response)


@given(st.integers(0, MOST))
def test_sources_without_effect_add_exactly_nothing(sources: int) -> None:
    assert 0.0 == heard_before(Person(0.0, 0.0, 0.0, 1.0, float(sources)), SILENT)
