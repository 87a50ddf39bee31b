"""Why people follow, against the focus of their author: binomial counts, and the same luck in any company."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markets import BRAND, TOPICS, market

from simulator.dice import Decision, identity, throw
from simulator.world.audiences import (
    Audiences,
    AudienceWish,
    Motives,
    build_audiences,
    build_motives,
    persona_matched,
)

PEOPLE = 100_000
SEED = 3


def wish(name: str, followers: float, *, topic: int = BRAND, focus: float = 0.5) -> AudienceWish:
    return AudienceWish(name, identity(name), followers, topic, focus, trust_prior=0.5, topic_ceiling=0.8)


def followed(*wishes: AudienceWish, world: int = 0) -> tuple[np.ndarray, Audiences, Motives]:
    """Main interests, audiences and motives of one world."""
    topic = market(PEOPLE, world=world).topic
    facts = {"topic_shares": TOPICS, "brand_topic": BRAND, "wishes": wishes}
    audiences = build_audiences(SEED, world, topic, trust_spread=0.2, **facts)  # type: ignore[arg-type]
    return topic, audiences, build_motives(SEED, world, topic, audiences, **facts)  # type: ignore[arg-type]


def within_binomial(chance: float, count: float, trials: float) -> bool:
    """Whether a count lies within four standard errors of its expectation."""
    return abs(count - chance * trials) <= 4 * math.sqrt(trials * chance * (1 - chance))


@pytest.mark.parametrize("topic", [BRAND, 3])
@pytest.mark.parametrize("focus", [0.0, 0.25, 0.75, 1.0])
def test_who_does_not_follow_for_the_topic_follows_for_the_person(focus: float, topic: int) -> None:
    """A share `focus` of the followers came for the topic; the rest came by chance, whatever their interest."""
    persona, size = 0, 0
    for world in range(4):
        _, _, motives = followed(wish("a", 9_000, topic=topic, focus=focus), world=world)
        persona, size = persona + int(motives.persona.sum()), size + motives.persona.size
    assert within_binomial(1.0 - focus, persona, size)


@given(st.floats(0.0, 1.0), st.floats(0.001, 0.999))
def test_followers_with_the_topic_who_came_by_chance(focus: float, topic_share: float) -> None:
    """By Bayes: of focus + (1 − focus) × share of the topic, the latter part; in all, 1 − focus for persona."""
    matched = persona_matched(focus, topic_share)
    with_topic = focus + (1.0 - focus) * topic_share
    assert 0.0 <= matched <= 1.0
    assert matched * with_topic + (1.0 - with_topic) == pytest.approx(1.0 - focus, abs=1e-12)


def test_an_audience_without_anybody_of_the_topic_follows_for_persona() -> None:
    assert 1.0 == persona_matched(0.0, 0.0)


def test_only_those_with_the_authors_topic_follow_for_it() -> None:
    topic, audiences, motives = followed(wish("a", 9_000, focus=0.7), wish("b", 9_000, topic=3, focus=0.7))
    for number, wanted in enumerate((BRAND, 3)):
        row = audiences.edges(number)
        for_topic = motives.persona[row] == 0
        assert {wanted} == set(topic[audiences.person[row]][for_topic].tolist())
        assert set(motives.persona[row].tolist()) == {0, 1}


def test_the_shares_by_interest_are_those_of_the_edges() -> None:
    topic, audiences, motives = followed(wish("a", 9_000), wish("b", 4_000, topic=3, focus=0.6))
    for number in range(2):
        row = audiences.edges(number)
        matched = topic[audiences.person[row]] == BRAND
        persona = motives.persona[row]
        assert persona[matched].mean() == motives.matched[number]
        assert persona[~matched].mean() == motives.other[number]
    assert 1.0 == motives.other[0]  # of the brand's topic: whoever has another follows for the person
    assert 1.0 == motives.matched[1]  # of another topic: those with the brand's came by chance
    assert motives.other[1] < 1.0


def test_a_motive_is_word_two_of_the_tie() -> None:
    topic, audiences, motives = followed(wish("a", 2_000, focus=0.6))
    chance = persona_matched(0.6, TOPICS[BRAND])
    for person, persona in zip(audiences.person.tolist(), motives.persona.tolist(), strict=True):
        die = (throw(SEED, 0, person, identity("a"), 0, Decision.TIE, 0)[2] + 0.5) / 2**32
        assert int(topic[person] != BRAND or die < chance) == persona


def test_a_motive_is_the_same_in_any_company_of_creators() -> None:
    a, b, c = wish("a", 5_000), wish("b", 9_000, focus=0.2), wish("c", 700, topic=2)
    alone = followed(a)[2].persona
    for company in ((a, b), (b, a, c), (c, b, a)):
        _, audiences, motives = followed(*company)
        assert np.array_equal(alone, motives.persona[audiences.edges(company.index(a))])


def test_a_sharper_focus_turns_nobody_toward_the_person() -> None:
    """The same luck: of the followers common to both, whoever follows for the topic still does."""
    _, loose, before = followed(wish("a", 9_000, focus=0.4))
    _, sharp, after = followed(wish("a", 9_000, focus=0.8))
    common, first, second = np.intersect1d(loose.person, sharp.person, return_indices=True)
    assert common.size > 1000
    assert np.all(after.persona[second] <= before.persona[first])
