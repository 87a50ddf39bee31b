"""Posts of many accounts at once: the same bits from plain Python, alone, and in any company."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.campaign import settling
from simulator.campaign.accounts import Account, Rated
from simulator.campaign.reference import Crowd, follower_sample, market_of
from simulator.campaign.settling import Kinds, Shocks, organic_posts, shared_posts, shocked_reaches
from simulator.rules.facts import Post, Response
from simulator.rules.rates import Rates, Scratch, settle_post

RESPONSE = Response(3.0, 2.6, 1.8, 0.4, 0.35, 0.25, -0.2, -0.1, 1.6, 0.4, 1 / 30, 0.05, 0.1)
KINDS = Kinds(comment=0.03, share=0.01, peer_engage=0.1, peer_comment=0.03, peer_share=0.2)
SHOCKS = Shocks(seed=7, run=3, draw=3, level_about=11, level_sd=0.6, account_sd=0.7, post_sd=0.7)
MARKET = market_of(0.2, 0.5, 0.2)
share = st.floats(0.01, 0.9)
rated = st.builds(
    Rated, share, share, st.sampled_from([0.0, 1.0]), st.sampled_from([0.01, 0.02]), st.sampled_from([0.05, 0.2]),
    st.floats(0.0, 5.0), share,
)  # fmt: skip
crowds = st.builds(Crowd, share, st.floats(-0.2, 0.2), share, share)
accounts = st.builds(Account, rated, crowds, crowds, crowds)


@settings(max_examples=30)
@given(st.lists(accounts, max_size=5))
def test_company_changes_nobody(found: list[Account]) -> None:
    names = list(range(100, 100 + len(found)))
    organic = organic_posts(found, names, SHOCKS, RESPONSE, MARKET, KINDS)
    shared = shared_posts(found, RESPONSE, MARKET, KINDS)
    for k, account in enumerate(found):
        assert organic[k : k + 1] == organic_posts([account], names[k : k + 1], SHOCKS, RESPONSE, MARKET, KINDS)
        assert shared[k : k + 1] == shared_posts([account], RESPONSE, MARKET, KINDS)
        assert (account.rates.trust, 0.0) == (organic[k].trust, organic[k].by_peer)
        assert (account.rates.trust, 1.0) == (shared[k].trust, shared[k].by_peer)


@settings(max_examples=5)
@given(accounts)
def test_each_rate_is_settled_for_the_audience_it_is_the_mean_of(account: Account) -> None:
    engagers, clickers, buyers = (
        follower_sample(crowd.brand_share, 0.2, 0.5, crowd.trust_offset, 0.2) for crowd in account[1:]
    )
    rates = Rates(account.rates.engage, *account.rates[3:6], KINDS.comment, KINDS.share)
    scratch = Scratch(*np.empty((3, 400)))
    expected = settle_post(rates, RESPONSE, account.rates.trust, 0.0, engagers, clickers, buyers, scratch)
    stated = account._replace(rates=account.rates._replace(shocked=0.0))
    assert [expected] == organic_posts([stated], [5], SHOCKS, RESPONSE, MARKET, KINDS)


@settings(max_examples=5)
@given(accounts)
def test_plain_python_gives_the_same_bits(account: Account) -> None:
    """Whatever lies in the room beforehand."""
    room = np.full((18, 600), 1e3)
    found = np.empty((1, len(Post._fields)))
    names = np.array([5], object)  # whole numbers of Python, which never wrap
    facts = (np.array([account.flat()]), names, SHOCKS, RESPONSE, MARKET, KINDS)
    settling._settle_organic.py_func(*facts, room, found)
    assert [tuple(found[0])] == [tuple(post) for post in organic_posts([account], [5], *facts[2:])]
    settling._settle_shared.py_func(np.array([account.rates[3:5]]), RESPONSE, MARKET, KINDS, room, found)
    assert tuple(found[0])[:6] == tuple(shared_posts([account], RESPONSE, MARKET, KINDS)[0])[:6]


def test_each_post_has_a_shock_of_its_own_with_mean_one() -> None:
    reaches = np.array(shocked_reaches(range(1, 20_001), [0.3] * 20_000, SHOCKS))
    assert 20_000 == np.unique(reaches).size
    assert abs(reaches.mean() - 0.3) < 4 * reaches.std(ddof=1) / np.sqrt(reaches.size)
    assert [0.3] * 9 == shocked_reaches(range(9), [0.3] * 9, SHOCKS._replace(post_sd=0.0))
