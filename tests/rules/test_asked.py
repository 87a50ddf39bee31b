"""A fact that nobody asks for can be anything finite: the encounter comes out the same, to the last bit."""

from __future__ import annotations

import pytest
from drawn_facts import dice, people, posts, responses, score, share, ties
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.asked import Asked, asked_for
from simulator.rules.encounter import encounter
from simulator.rules.facts import Person, Post, Response, Tie, Words

COEFFICIENTS = {
    "fit": ("fit_on_engage", "fit_on_click", "fit_on_order"),
    "memory": ("wear_on_engage", "wear_on_click"),
    "trust": ("trust_on_engage", "trust_on_click", "trust_on_order", "trust_step"),
    "susceptibility": ("susceptibility_on_engage",),
}


@given(people, ties, posts, responses, dice, people, share)
@pytest.mark.parametrize("fact", COEFFICIENTS)
def test_a_fact_nobody_asks_for_changes_no_decision(
    fact: str, person: Person, tie: Tie, post: Post, response: Response, words: Words, other: Person, trust: float
) -> None:
    neutral = response._replace(**dict.fromkeys(COEFFICIENTS[fact], 0.0))
    assert not getattr(asked_for(neutral), fact)
    strangers = {
        "fit": (person._replace(affinity=other.affinity), tie),
        "memory": (person._replace(exposures=other.exposures, remembered=other.remembered), tie),
        "trust": (person, Tie(trust)),
        "susceptibility": (person._replace(susceptibility=other.susceptibility), tie),
    }
    decided, again = (encounter(*who, post, neutral, words) for who in ((person, tie), strangers[fact]))
    assert decided[:3] == again[:3]
    assert decided.sound == again.sound


@given(ties, posts, people, responses, dice)
def test_trust_that_does_not_move_stays_as_it_is(
    tie: Tie, post: Post, person: Person, response: Response, words: Words
) -> None:
    still = response._replace(trust_step=0.0)
    assert not asked_for(still).trust_moves
    assert tie.trust == encounter(person, tie, post, still, words).trust


@given(post=posts, person=people, tie=ties, words=dice, response=responses, susceptibility=score)
def test_susceptibility_counts_only_where_a_peer_shows_the_post(
    post: Post, person: Person, tie: Tie, words: Words, response: Response, susceptibility: float
) -> None:
    shown_by_author = post._replace(by_peer=0.0)
    other = person._replace(susceptibility=susceptibility)
    assert encounter(person, tie, shown_by_author, response, words) == encounter(
        other, tie, shown_by_author, response, words
    )


@given(responses, st.sampled_from([name for names in COEFFICIENTS.values() for name in names]))
def test_one_coefficient_is_enough_to_be_asked_for(response: Response, name: str) -> None:
    nothing = Response(*[0.0] * len(response))
    assert asked_for(nothing) == Asked(*[False] * 5)
    asked = asked_for(nothing._replace(**{name: 0.5}))
    assert [fact for fact, names in COEFFICIENTS.items() if name in names] == [
        fact for fact in COEFFICIENTS if getattr(asked, fact)
    ]
