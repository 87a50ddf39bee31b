"""A fact that nobody asks for can be anything finite: the encounter comes out the same, to the last bit."""

from __future__ import annotations

import pytest
from drawn_facts import dice, people, posts, responses, score, share, ties
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.asked import Asked, asked_for, motives_count
from simulator.rules.encounter import encounter
from simulator.rules.facts import Person, Post, Response, Tie, Words

COEFFICIENTS = {
    "fit": ("fit_on_engage", "fit_on_click", "fit_on_order"),
    "memory": ("wear_on_engage", "wear_on_click"),
    "trust": ("trust_on_engage", "trust_on_click", "trust_on_order", "trust_step"),
    "susceptibility": ("susceptibility_on_engage",),
    "persona": ("persona_on_engage", "persona_on_click", "persona_on_order"),
    "sources": ("second_source", "third_source"),
}


@given(people, ties, posts, responses, dice, people, share)
@pytest.mark.parametrize("fact", COEFFICIENTS)
def test_a_fact_nobody_asks_for_changes_no_decision(
    fact: str, person: Person, tie: Tie, post: Post, response: Response, words: Words, other: Person, trust: float
) -> None:
    neutral = response._replace(**dict.fromkeys(COEFFICIENTS[fact], 0.0), blindness=0.0)
    assert not getattr(asked_for(neutral, False, False, False), fact)
    strangers = {
        "fit": (person._replace(affinity=other.affinity), tie),
        "memory": (person._replace(exposures=other.exposures, remembered=other.remembered), tie),
        "trust": (person, tie._replace(trust=trust)),
        "persona": (person, tie._replace(persona=1.0 - tie.persona)),
        "sources": (person._replace(sources=other.sources), tie),
        "susceptibility": (person._replace(susceptibility=other.susceptibility), tie),
    }
    decided, again = (encounter(*who, post, neutral, words) for who in ((person, tie), strangers[fact]))
    assert decided[:3] == again[:3]
    assert decided.sound == again.sound


@given(ties, posts, people, responses, dice)
def test_trust_that_does_not_move_stays_as_it_is(
    tie: Tie, post: Post, person: Person, response: Response, words: Words
) -> None:
    still, plain = response._replace(trust_step=0.0), post._replace(doubt=0.0)
    assert not asked_for(still, False, False, False).trust_moves
    assert tie.trust == encounter(person, tie, plain, still, words).trust


@given(responses)
def test_quality_asks_for_motives_only_where_some_are_blind_to_it(response: Response) -> None:
    sober = response._replace(persona_on_engage=0.0, persona_on_click=0.0, persona_on_order=0.0, blindness=0.0)
    assert not motives_count(sober)
    assert motives_count(sober._replace(quality=0.5, blindness=0.5))


@pytest.mark.parametrize(("doubted", "answered"), [(True, False), (False, True)])
def test_doubt_and_answers_move_trust(doubted: bool, answered: bool) -> None:
    asked = asked_for(Response(*[0.0] * len(Response._fields)), doubted, answered, False)
    assert (True, True, answered) == (asked.trust, asked.trust_moves, asked.answers)


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
    assert asked_for(nothing, False, False, False) == Asked(*[False] * len(Asked._fields))
    asked = asked_for(nothing._replace(**{name: 0.5}), False, False, False)
    assert [fact for fact, names in COEFFICIENTS.items() if name in names] == [
        fact for fact in COEFFICIENTS if getattr(asked, fact)
    ]
