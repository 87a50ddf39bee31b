"""Content: what sets a post apart adds up on log-odds, is worth something of a name, and may look like an ad."""

from __future__ import annotations

import math

import pytest
from drawn_facts import half_shares, posts, share
from hypothesis import given
from hypothesis import strategies as st

from simulator.arithmetic import logistic
from simulator.compiled import kernel
from simulator.rules.content import (
    Compared,
    Content,
    Weights,
    clicking,
    doubt,
    engaging,
    ordering,
    partnership_grown,
    shares_when_asked,
    standing,
    with_content,
)
from simulator.rules.facts import Post, Response, Tie
from simulator.rules.reference import NEVER
from simulator.rules.trust import trust_after, trust_felt

USUAL = Content(*[0.0] * len(Content._fields))
NO_WEIGHT = Weights()
beside = st.floats(-10.0, 10.0)
log_odds_ratio = st.floats(-3.0, 3.0)
relative = st.floats(-1.0, 10.0)
contents = st.builds(
    Content, polish=beside, effort=beside, control=st.floats(-1.0, 1.0), disclosed=st.sampled_from([0.0, 1.0]),
    lacking=share, belief=beside, rivals=st.floats(-10.0, 100.0), partnership=share,
)  # fmt: skip
weights = st.builds(
    Weights, polish_on_engage=log_odds_ratio, polish_doubt=share, effort_on_engage=log_odds_ratio,
    effort_on_click=log_odds_ratio, control_on_engage=log_odds_ratio, control_on_order=log_odds_ratio,
    disclosed_on_engage=log_odds_ratio, disclosed_doubt=share, lacking_on_order=log_odds_ratio, belief_trust=relative,
    rival_penalty=share, partnership_trust=relative, partnership_fit=log_odds_ratio, partnership_relief=relative,
)  # fmt: skip


def alike(content: Content) -> Compared:
    """Content beside one kind of account."""
    return Compared(content, content, content, content)


@kernel
def compiled_content(post, content, weights):
    return with_content(post, content, weights)


@kernel
def compiled_growth(earlier, saturation):
    return partnership_grown(earlier, saturation)


@kernel
def compiled_shares(share, comment, factor):
    return shares_when_asked(share, comment, factor)


@given(posts, contents)
def test_content_without_weight_changes_no_bit(post: Post, content: Content) -> None:
    plain = post._replace(standing=1.0, doubt=0.0)
    assert plain == with_content(plain, alike(content), NO_WEIGHT)


@given(posts, weights)
def test_usual_content_changes_no_bit_whatever_it_weighs(post: Post, weights: Weights) -> None:
    """A new partner, no label, nothing lacking: what published rates are the means of."""
    plain = post._replace(standing=1.0, doubt=0.0)
    assert plain == with_content(plain, alike(USUAL), weights)


@given(posts, contents, contents, contents, contents, weights)
def test_each_rate_is_moved_by_what_it_is_compared_with(
    post: Post, engage: Content, click: Content, order: Content, name: Content, weights: Weights
) -> None:
    found = with_content(post, Compared(engage, click, order, name), weights)
    kept = ("comment", "share", "trust", "by_peer")
    assert [getattr(post, fact) for fact in kept] == [getattr(found, fact) for fact in kept]
    assert post.engage + engaging(engage, weights) == found.engage
    assert post.click + clicking(click, weights) == found.click
    assert post.order + ordering(order, weights) == found.order
    assert post.view_through + ordering(order, weights) == found.view_through
    assert (standing(name, weights), doubt(name, weights)) == (found.standing, found.doubt)


@pytest.mark.parametrize(
    ("fact", "weight", "effect"),
    [
        ("polish", "polish_on_engage", engaging),
        ("effort", "effort_on_engage", engaging),
        ("control", "control_on_engage", engaging),
        ("disclosed", "disclosed_on_engage", engaging),
        ("effort", "effort_on_click", clicking),
        ("partnership", "partnership_fit", clicking),
        ("control", "control_on_order", ordering),
        ("lacking", "lacking_on_order", ordering),
        ("partnership", "partnership_fit", ordering),
    ],
)
def test_a_unit_of_each_fact_multiplies_the_odds_by_its_ratio(fact, weight, effect) -> None:
    """Two units multiply them twice; no other effect moves."""
    for units in (1.0, 2.0, -1.0):
        content, by_weight = USUAL._replace(**{fact: units}), NO_WEIGHT._replace(**{weight: math.log(1.7)})
        assert math.exp(effect(content, by_weight)) == pytest.approx(1.7**units, rel=1e-13)
        moved = {each for each in (engaging, clicking, ordering) if each(content, by_weight) != 0.0}
        assert moved == ({clicking, ordering} if fact == "partnership" else {effect})


@given(contents, weights)
def test_a_name_is_never_worth_less_than_nothing_and_doubt_is_a_share(content: Content, weights: Weights) -> None:
    assert standing(content, weights) >= 0.0
    assert 0.0 <= doubt(content, weights) <= 1.0


@given(contents, weights, posts, share)
def test_no_content_makes_trust_leave_its_range(content: Content, weights: Weights, post: Post, trust: float) -> None:
    found, tie = with_content(post, alike(content), weights), Tie(trust)
    still = Response(*[0.0] * len(Response._fields))
    assert 0.0 <= trust_felt(tie, found) <= 1.0
    for engaged in (0, 1):
        assert 0.0 <= trust_after(tie, found, engaged, still._replace(trust_step=trust)) <= 1.0


@given(contents, weights, st.floats(0.0, 100.0))
def test_more_rivals_never_add_to_a_name(content: Content, weights: Weights, more: float) -> None:
    rivalled = content._replace(rivals=content.rivals + more)
    assert standing(rivalled, weights) <= standing(content, weights)
    assert standing(content, weights._replace(rival_penalty=0.0)) == standing(
        rivalled, weights._replace(rival_penalty=0.0)
    )


@given(contents, weights, beside, share)
def test_belief_and_partnership_move_a_name_by_their_weight(
    content: Content, weights: Weights, belief: float, partnership: float
) -> None:
    one = content._replace(belief=belief, partnership=partnership)
    worth = 1.0 + weights.belief_trust * belief + weights.partnership_trust * partnership
    worth -= weights.rival_penalty * content.rivals
    assert standing(one, weights) == pytest.approx(max(0.0, worth), abs=1e-12)


@given(share, share, share, share)
def test_a_partnership_relieves_doubt_and_a_label_raises_it(
    label: float, polish: float, relief: float, partnership: float
) -> None:
    weights = NO_WEIGHT._replace(disclosed_doubt=label, polish_doubt=polish, partnership_relief=relief)
    marked = USUAL._replace(disclosed=1.0, polish=1.0)
    grown = marked._replace(partnership=partnership)
    assert doubt(marked, weights) == pytest.approx(min(1.0, label + polish), abs=1e-15)
    expected = min(1.0, (label + polish) * (1.0 - relief * partnership))
    assert doubt(grown, weights) == pytest.approx(expected, abs=1e-15)
    assert doubt(marked._replace(disclosed=0.0), weights) <= doubt(marked, weights)


@given(st.floats(-10.0, 0.0), share)
def test_rawness_earns_no_trust(polish: float, weight: float) -> None:
    """Less polish than usual takes away doubt; where there is none it gives nothing."""
    assert 0.0 == doubt(USUAL._replace(polish=polish), NO_WEIGHT._replace(polish_doubt=weight))


@given(st.integers(0, 500), st.floats(0.1, 100.0))
def test_a_partnership_saturates_exponentially(earlier: int, saturation: float) -> None:
    """1 − e^(−posts ÷ saturation): each further post closes the same part of the distance left."""
    now, next_ = (partnership_grown(float(posts), saturation) for posts in (earlier, earlier + 1))
    assert now == pytest.approx(-math.expm1(-earlier / saturation), abs=1e-14)
    assert 0.0 <= now <= next_ <= 1.0
    assert 1.0 - next_ == pytest.approx((1.0 - now) * math.exp(-1.0 / saturation), abs=1e-14)


@given(st.floats(0.0, 100.0))
def test_a_new_partner_has_grown_nothing(saturation: float) -> None:
    assert 0.0 == partnership_grown(0.0, saturation)


def test_a_partnership_without_saturation_is_fully_grown_after_one_post() -> None:
    assert 1.0 == partnership_grown(1.0, 0.0)


@given(half_shares, half_shares, st.floats(0.0, 1e6))
def test_who_is_asked_to_share_comments_as_often_and_never_shares_more_than_engages(
    share: float, comment: float, factor: float
) -> None:
    found = shares_when_asked(share, comment, factor)
    assert 0.0 <= found
    assert comment + found <= 1.0
    if share * factor + comment <= 1.0 - 1e-9:
        assert share * factor == found


@given(half_shares, half_shares)
def test_a_call_without_effect_changes_no_bit(share: float, comment: float) -> None:
    assert share == shares_when_asked(share, comment, 1.0)


@given(half_shares, half_shares, st.floats(0.0, 1e3), st.floats(0.0, 1e3))
def test_a_stronger_call_never_lowers_shares(share: float, comment: float, one: float, other: float) -> None:
    weak, strong = sorted((one, other))
    assert shares_when_asked(share, comment, weak) <= shares_when_asked(share, comment, strong)


@given(posts, contents, weights)
def test_who_orders_only_after_a_click_still_does(post: Post, content: Content, weights: Weights) -> None:
    """The chance that means never stays below the smallest die, however far content shifts it."""
    found = with_content(post._replace(view_through=NEVER), alike(content), weights)
    assert logistic(found.view_through) < 2.0**-33


@given(posts, contents, weights, st.integers(0, 100), st.floats(0.0, 50.0), half_shares, half_shares)
def test_plain_and_compiled_content_have_the_same_bits(
    post: Post, content: Content, weights: Weights, earlier: int, saturation: float, share: float, comment: float
) -> None:
    assert with_content(post, alike(content), weights) == Post(*compiled_content(post, alike(content), weights))
    assert partnership_grown(float(earlier), saturation) == compiled_growth(float(earlier), saturation)
    assert shares_when_asked(share, comment, saturation) == compiled_shares(share, comment, saturation)
