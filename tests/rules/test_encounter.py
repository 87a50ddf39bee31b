"""The journey against the same formulas written with scipy, and the promises any behavior must keep."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from drawn_facts import dice, die, people, posts, responses, ties
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import expit

from simulator.compiled import kernel
from simulator.rules.encounter import encounter, highest_chances
from simulator.rules.facts import COMMENT, IGNORED, LIKE, SHARE, Outcome, Person, Post, Response, Tie, Words
from simulator.rules.wear_out import remembered_exposures, share_remembered

NEARLY_ALL = 1.0 - 1e-9
PERSON = Person(affinity=0.4, susceptibility=-0.7, exposures=2.0, remembered=0.9)
POST = Post(engage=-2.0, click=-3.0, order=-1.0, view_through=-6.0, comment=0.03, share=0.01, trust=0.5, by_peer=1.0)
RESPONSE = Response(
    0.9, 0.8, 0.7, 0.3, 0.2, 0.1, -0.07, -0.05, 1.6, 0.2, 1 / 30, 0.05, 0.1, 0.1, -0.2, -0.3, 0.25, 0.5, 0.4, 0.3
)  # fmt: skip
WORDS = Words(0.5, 0.5, 0.5, 0.5)


@kernel
def compiled_encounter(person, tie, post, response, words):
    return encounter(person, tie, post, response, words)


def chances(person: Person, tie: Tie, post: Post, r: Response, engaged: int, clicked: int) -> tuple[float, ...]:
    """Probabilities of the three decisions, given how the earlier ones fell."""
    trust, seen = min(1.0, tie.trust * post.standing) - post.trust, person.exposures * person.remembered
    engage = post.engage + r.trust_on_engage * trust + r.fit_on_engage * person.affinity + r.wear_on_engage * seen
    engage += r.susceptibility_on_engage * person.susceptibility * post.by_peer + r.persona_on_engage * tie.persona
    click = post.click + r.trust_on_click * trust + r.fit_on_click * person.affinity + r.wear_on_click * seen
    click += r.engaged_on_click * engaged + r.persona_on_click * tie.persona
    order = post.order if clicked else post.view_through
    order += r.trust_on_order * trust + r.fit_on_order * person.affinity + r.persona_on_order * tie.persona
    order += r.quality * (1.0 - r.blindness * tie.persona)
    order += {0: 0.0, 1: r.second_source}.get(int(person.sources), r.second_source + r.third_source)
    return float(expit(engage)), float(expit(click)), float(expit(order))


@given(people, ties, posts, responses, dice, st.booleans(), st.booleans())
def test_each_decision_falls_at_its_probability(
    person: Person, tie: Tie, post: Post, response: Response, words: Words, engaged: bool, clicked: bool
) -> None:
    """A die just below the probability says yes, one just above says no: so the chance of yes is the probability."""
    for place, name in enumerate(("engage", "click", "intent")):
        chance = chances(person, tie, post, response, int(engaged), int(clicked))[place]
        given_so_far = words._replace(engage=0.0 if engaged else 1.0, click=0.0 if clicked else 1.0)
        for nudge, happens in ((1.0 - 1e-9, 1), (1.0 + 1e-9, 0)):
            outcome = encounter(person, tie, post, response, given_so_far._replace(**{name: chance * nudge}))
            decided = (int(outcome.kind != IGNORED), outcome.clicked, outcome.intends)
            assert happens == decided[place], name


@given(people, ties, posts, responses, dice, die)
def test_a_higher_die_never_makes_its_own_decision_happen(
    person: Person, tie: Tie, post: Post, response: Response, words: Words, other: float
) -> None:
    for name in ("engage", "click", "intent"):
        low, high = sorted((getattr(words, name), other))
        before, after = (
            encounter(person, tie, post, response, words._replace(**{name: value})) for value in (low, high)
        )
        if name == "engage":
            assert (before.kind != IGNORED) >= (after.kind != IGNORED)
        else:
            assert {"click": before.clicked, "intent": before.intends}[name] >= (
                {"click": after.clicked, "intent": after.intends}[name]
            )


@given(people, ties, posts, responses, dice, die, die)
def test_where_each_step_helps_the_next_the_whole_outcome_is_monotone_in_every_die(
    person: Person, tie: Tie, post: Post, response: Response, words: Words, engage: float, click: float
) -> None:
    """Engaging raises the odds of clicking, clicking those of ordering: lower dice never give a smaller outcome."""
    post = post._replace(view_through=min(post.order, post.view_through))
    response = response._replace(engaged_on_click=abs(response.engaged_on_click))
    lower = words._replace(engage=min(words.engage, engage), click=min(words.click, click))
    more, less = (encounter(person, tie, post, response, w) for w in (lower, words))
    assert more.kind >= less.kind
    assert more.clicked >= less.clicked
    assert more.intends >= less.intends


@given(people, ties, posts, responses, dice)
def test_only_an_engagement_raises_trust_and_trust_stays_a_share(
    person: Person, tie: Tie, post: Post, response: Response, words: Words
) -> None:
    outcome = encounter(person, tie, post, response, words)
    assert 0.0 <= outcome.trust <= 1.0
    if outcome.kind == IGNORED:
        assert outcome.trust <= tie.trust
    elif post.doubt == 0.0:
        assert outcome.trust >= tie.trust


@given(people, ties, posts, responses, dice)
def test_what_looks_like_an_ad_costs_trust_the_more_the_less_there_is(
    person: Person, tie: Tie, post: Post, response: Response, words: Words
) -> None:
    plain, doubted = (
        encounter(person, tie, post._replace(doubt=doubt), response, words).trust for doubt in (0.0, post.doubt)
    )
    assert doubted == pytest.approx(plain * (1.0 - post.doubt * (1.0 - plain)), abs=1e-14)
    assert doubted <= plain


def test_trust_moves_by_the_bounded_update() -> None:
    """T + step (1 − T) after an engagement, T − step × weight × T after a view that was ignored."""
    engaged = encounter(PERSON, Tie(0.4), POST, RESPONSE, WORDS._replace(engage=0.0))
    ignored = encounter(PERSON, Tie(0.4), POST, RESPONSE, WORDS._replace(engage=1.0))
    assert engaged.trust == pytest.approx(0.4 + 0.05 * 0.6, rel=1e-14)
    assert ignored.trust == pytest.approx(0.4 - 0.05 * 0.1 * 0.4, rel=1e-14)


@given(people, ties, posts, responses, dice)
def test_each_encounter_adds_one_exposure(
    person: Person, tie: Tie, post: Post, response: Response, words: Words
) -> None:
    expected = person.exposures * person.remembered + 1.0
    assert encounter(person, tie, post, response, words).exposures == pytest.approx(expected, rel=1e-13)


@given(st.floats(0.0, 100.0), st.integers(1, 365))
def test_exposures_fade_to_one_part_in_e_after_the_days_of_wear(exposures: float, wear_days: int) -> None:
    response = RESPONSE._replace(forgetting=1.0 / wear_days)
    later = Person(0.0, 0.0, exposures, share_remembered(wear_days, response))
    assert remembered_exposures(later) == pytest.approx(exposures / math.e, rel=1e-13)
    assert exposures == remembered_exposures(later._replace(remembered=share_remembered(0, response)))


@given(people, ties, posts, responses, dice)
def test_plain_and_compiled_journeys_have_the_same_bits(
    person: Person, tie: Tie, post: Post, response: Response, words: Words
) -> None:
    plain = encounter(person, tie, post, response, words)
    assert plain == Outcome(*compiled_encounter(person, tie, post, response, words))
    assert 1 == plain.sound


@given(people, ties, posts, responses, dice)
def test_the_kind_of_an_engagement_follows_its_die(
    person: Person, tie: Tie, post: Post, response: Response, words: Words
) -> None:
    assume(words.kind not in (post.share, post.share + post.comment))
    kind = encounter(person, tie, post, response, words._replace(engage=0.0)).kind
    expected = SHARE if words.kind < post.share else COMMENT if words.kind < post.share + post.comment else LIKE
    assert expected == kind


@given(people, ties, posts, responses, dice)
def test_who_throws_above_the_highest_chances_ignores_the_post(
    person: Person, tie: Tie, post: Post, response: Response, words: Words
) -> None:
    """And each of them is reached: one of the two ways in which the other decisions can fall has it."""
    highest = highest_chances(person, tie, post, response)
    above = Words(max(words.engage, highest.engage), words.kind, *map(max, zip(words[2:], highest[1:], strict=True)))
    assert (IGNORED, 0, 0) == encounter(person, tie, post, response, above)[:3]
    for place in range(3):
        both = [chances(person, tie, post, response, *other)[place] for other in ((0, 0), (0, 1), (1, 0), (1, 1))]
        assert highest[place] == pytest.approx(max(both), rel=1e-9)


UNASKED = {"forgetting", "trust_ignored_weight"}  # of who engages
FACTS = [
    *(("person", name) for name in Person._fields),
    *(("tie", name) for name in Tie._fields),
    *(("post", name) for name in ("engage", "click", "order", "trust", "by_peer", "standing", "doubt")),
    *(("response", name) for name in Response._fields if name not in UNASKED),
]


@pytest.mark.parametrize("journey", [encounter, compiled_encounter], ids=["plain", "compiled"])
@pytest.mark.parametrize(("part", "fact"), FACTS, ids=[f"{part}.{fact}" for part, fact in FACTS])
def test_a_fact_that_is_not_a_number_is_not_sound(part: str, fact: str, journey: Callable[..., Outcome]) -> None:
    parts = {"person": PERSON, "tie": Tie(0.4), "post": POST, "response": RESPONSE}
    words = Words(0.0, 0.5, 0.0, 0.5)  # engages and clicks, so that every fact plays a part
    assert 1 == Outcome(*journey(*parts.values(), words)).sound
    parts[part] = parts[part]._replace(**{fact: math.nan})
    assert 0 == Outcome(*journey(*parts.values(), words)).sound
