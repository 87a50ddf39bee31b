"""Trust: felt through what a name is worth, moved by the bounded update, and doubted the more the less there is."""

from __future__ import annotations

import pytest
from drawn_facts import posts, responses, share, ties
from hypothesis import given
from hypothesis import strategies as st

from simulator.compiled import kernel
from simulator.rules.facts import Post, Response, Tie
from simulator.rules.trust import trust_after, trust_felt

standings = st.floats(0.0, 50.0)


@kernel
def compiled_trust(tie, post, engaged, response):
    return trust_felt(tie, post), trust_after(tie, post, engaged, response)


@given(ties, posts, standings)
def test_trust_is_felt_in_proportion_to_the_name_and_never_more_than_full(tie: Tie, post: Post, worth: float) -> None:
    assert min(1.0, tie.trust * worth) == trust_felt(tie, post._replace(standing=worth))


@given(ties, posts)
def test_a_usual_name_leaves_trust_to_the_last_bit_and_a_worthless_one_none_of_it(tie: Tie, post: Post) -> None:
    assert tie.trust == trust_felt(tie, post._replace(standing=1.0))
    assert 0.0 == trust_felt(tie, post._replace(standing=0.0))


@given(ties, posts, standings, standings)
def test_a_better_name_is_never_trusted_less(tie: Tie, post: Post, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert trust_felt(tie, post._replace(standing=low)) <= trust_felt(tie, post._replace(standing=high))


@given(ties, posts, responses, st.sampled_from([0, 1]), standings)
def test_what_a_name_is_worth_today_changes_no_tie(
    tie: Tie, post: Post, response: Response, engaged: int, worth: float
) -> None:
    """So a tie is what it was when the name recovers."""
    plain = trust_after(tie, post, engaged, response)
    assert plain == trust_after(tie, post._replace(standing=worth), engaged, response)


@given(ties, posts, responses, st.sampled_from([0, 1]))
def test_trust_stays_a_share(tie: Tie, post: Post, response: Response, engaged: int) -> None:
    assert 0.0 <= trust_after(tie, post, engaged, response) <= 1.0


@given(ties, posts, responses, st.integers(1, 40))
def test_engagements_compound_toward_full_trust(tie: Tie, post: Post, response: Response, times: int) -> None:
    """1 − (1 − T)(1 − step)^n, where nothing looks like an ad."""
    found = tie
    for _ in range(times):
        found = found._replace(trust=trust_after(found, post._replace(doubt=0.0), 1, response))
    expected = (1.0 - tie.trust) * (1.0 - response.trust_step) ** times
    assert 1.0 - found.trust == pytest.approx(expected, abs=1e-13)


@given(ties, posts, share, responses, st.sampled_from([0, 1]))
def test_doubt_takes_its_share_from_who_trusts_least(
    tie: Tie, post: Post, doubt: float, response: Response, engaged: int
) -> None:
    """Relative loss = doubt × (1 − trust): all of the doubt without trust, none with full trust."""
    plain = trust_after(tie, post._replace(doubt=0.0), engaged, response)
    found = trust_after(tie, post._replace(doubt=doubt), engaged, response)
    assert found == pytest.approx(plain * (1.0 - doubt * (1.0 - plain)), abs=1e-15)
    assert found <= plain


@given(posts, share)
def test_full_trust_doubts_nothing(post: Post, doubt: float) -> None:
    still = Response(*[0.0] * len(Response._fields))
    assert 1.0 == trust_after(Tie(1.0), post._replace(doubt=doubt), 0, still)


@given(ties, posts, share, share, responses, st.sampled_from([0, 1]))
def test_who_trusted_more_trusts_more_afterwards(
    tie: Tie, post: Post, other: float, doubt: float, response: Response, engaged: int
) -> None:
    low, high = sorted((tie.trust, other))
    ends = [trust_after(Tie(t), post._replace(doubt=doubt), engaged, response) for t in (low, high)]
    assert ends[0] <= ends[1] + 1e-15


@given(ties, posts, responses, st.sampled_from([0, 1]))
def test_trust_that_nothing_moves_stays_to_the_last_bit(tie: Tie, post: Post, response: Response, engaged: int) -> None:
    still = response._replace(trust_step=0.0)
    assert tie.trust == trust_after(tie, post._replace(doubt=0.0), engaged, still)


@given(ties, posts, responses, st.sampled_from([0, 1]))
def test_plain_and_compiled_trust_have_the_same_bits(tie: Tie, post: Post, response: Response, engaged: int) -> None:
    plain = trust_felt(tie, post), trust_after(tie, post, engaged, response)
    assert plain == compiled_trust(tie, post, engaged, response)
