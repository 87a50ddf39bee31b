"""From mean rates to the facts of posts, for all accounts of an arm in one compiled call.

A run's shocks move each account's engagement and each post's reach; then the log-odds are solved with which the
audience that a rate is the mean of shows that rate (`rules.rates.settle_post`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.arithmetic import normal_quantile, sqrt_
from simulator.campaign.accounts import Account, Rated
from simulator.campaign.reference import (
    FOLLOWERS,
    NORMAL_NODES,
    NORMAL_WEIGHTS,
    PEOPLE,
    Crowd,
    Market,
    fill_followers,
    fill_people,
)
from simulator.compiled import kernel, rule
from simulator.dice import ACCOUNT, NO_WORLD, PARAMETER, POST, inner_unit, throw
from simulator.rules.facts import Post, Response
from simulator.rules.rates import Audience, Rates, Scratch, settle_post
from simulator.rules.reference import shocked_chance

NODES: Final = np.array(NORMAL_NODES)
WEIGHTS: Final = np.array(NORMAL_WEIGHTS)
FACTS: Final = len(Post._fields)
SAMPLE: Final = 5  # columns of one audience
ENGAGERS: Final = len(Rated._fields)  # where an account's row holds whom its rates are means of
CLICKERS: Final = ENGAGERS + len(Crowd._fields)
BUYERS: Final = CLICKERS + len(Crowd._fields)


class Shocks(NamedTuple):
    """How far rates deviate from their means: log-sds, and whose dice tell."""

    seed: int
    run: int
    draw: int  # whose level it is: runs of one draw share it
    level_about: int  # identity of the platform's level, common to all accounts
    level_sd: float
    account_sd: float
    post_sd: float


class Kinds(NamedTuple):
    """How engagements split, of followers and of peers, and how many peers engage."""

    comment: float
    share: float
    peer_engage: float
    peer_comment: float
    peer_share: float


def organic_posts(
    accounts: Sequence[Account],
    names: Sequence[int],
    shocks: Shocks,
    response: Response,
    market: Market,
    kinds: Kinds,
) -> list[Post]:
    """Each account's posts as its own followers meet them. `names` are the accounts' identities."""
    found = np.empty((len(accounts), FACTS))
    if accounts:
        rows = np.array([account.flat() for account in accounts])
        _settle_organic(rows, np.array(names, np.int64), shocks, response, market, kinds, room_for_samples(), found)
    return _posts(found)


def shared_posts(accounts: Sequence[Account], response: Response, market: Market, kinds: Kinds) -> list[Post]:
    """Each account's posts as a peer shows them. They differ between accounts by the rates of clicks and orders."""
    rates = [(account.rates.click, account.rates.order) for account in accounts]
    place = {pair: k for k, pair in enumerate(dict.fromkeys(rates))}
    found = np.empty((len(place), FACTS))
    if place:
        _settle_shared(np.array(list(place)), response, market, kinds, room_for_samples(), found)
    posts = _posts(found)
    return [
        posts[place[pair]]._replace(trust=account.rates.trust) for pair, account in zip(rates, accounts, strict=True)
    ]


def shocked_reaches(abouts: Sequence[int], means: Sequence[float], shocks: Shocks) -> list[float]:
    """Reach of each post in this run. `abouts` are the posts' identities."""
    found = np.array(means, np.float64)
    _shock_reaches(np.array(abouts, np.int64), shocks, np.empty(NODES.size), found)
    reaches: list[float] = found.tolist()
    return reaches


def _posts(rows: NDArray[np.float64]) -> list[Post]:
    return [Post(*row) for row in rows.tolist()]


def room_for_samples() -> NDArray[np.float64]:
    """Room for three samples of people of two motives, and for a solution over one of them."""
    return np.empty((3 * SAMPLE + 3, 2 * max(2 * FOLLOWERS, PEOPLE)))


@kernel
def _shock_reaches(abouts: Any, shocks: Shocks, scratch: Any, reaches: Any) -> None:
    for post in range(abouts.size):
        shock = _standard_normal(shocks, abouts[post], shocks.run, POST)
        reaches[post] = shocked_chance(reaches[post], shocks.post_sd, shock, WEIGHTS, NODES, scratch)


@kernel
def _settle_organic(
    rows: Any, names: Any, shocks: Shocks, response: Response, market: Market, kinds: Kinds, room: Any, found: Any
) -> None:
    size = FOLLOWERS * market.motives
    engagers = row_sample(room, 0, size)
    clickers = row_sample(room, SAMPLE, size)
    buyers = row_sample(room, 2 * SAMPLE, size)
    scratch = Scratch(room[3 * SAMPLE], room[3 * SAMPLE + 1], room[3 * SAMPLE + 2])
    for number in range(names.size):
        account = row_account(rows[number])
        engage = engagement_of_run(account, names[number], shocks, room[3 * SAMPLE])
        fill_followers(engagers, market, _crowd(rows[number], ENGAGERS))
        fill_followers(clickers, market, _crowd(rows[number], CLICKERS))
        fill_followers(buyers, market, _crowd(rows[number], BUYERS))
        rates = Rates(engage, account.click, account.order, account.halo, kinds.comment, kinds.share)
        post = settle_post(rates, response, account.trust, 0.0, engagers, clickers, buyers, scratch)
        write_facts(post, found[number])


@kernel
def _settle_shared(pairs: Any, response: Response, market: Market, kinds: Kinds, room: Any, found: Any) -> None:
    people = row_sample(room, 0, PEOPLE)
    scratch = Scratch(room[3 * SAMPLE], room[3 * SAMPLE + 1], room[3 * SAMPLE + 2])
    fill_people(people, market)
    for pair in range(pairs.shape[0]):
        # Halo orders per tracked order are counted for the author's own audience; people shown by peers add none.
        rates = Rates(kinds.peer_engage, pairs[pair, 0], pairs[pair, 1], 0.0, kinds.peer_comment, kinds.peer_share)
        write_facts(settle_post(rates, response, 0.0, 1.0, people, people, people, scratch), found[pair])


def engagement_per_view(account: Rated, name: int, shocks: Shocks) -> float:
    """One account's engagement given seen in this run."""
    return _engagement_of_run(np.array(account), name, shocks, np.empty(NODES.size))


@kernel
def _engagement_of_run(row: Any, name: int, shocks: Shocks, scratch: Any) -> float:
    return engagement_of_run(row_account(row), name, shocks, scratch)


@rule
def engagement_of_run(account: Rated, name: int, shocks: Shocks, scratch: Any) -> float:
    """Engagement given seen with the platform's common shock and the account's own, both with mean one."""
    mean = account.engage
    if account.shocked <= 0.0:
        return mean
    sd = sqrt_(shocks.level_sd * shocks.level_sd + shocks.account_sd * shocks.account_sd)
    if sd <= 0.0:
        return mean
    level = _standard_normal(shocks, shocks.level_about, shocks.draw, PARAMETER)
    own = _standard_normal(shocks, name, shocks.run, ACCOUNT)
    shock = (shocks.level_sd * level + shocks.account_sd * own) / sd
    return shocked_chance(mean, sd, shock, WEIGHTS, NODES, scratch[: NODES.size])


@rule
def _standard_normal(shocks: Shocks, about: int, run: int, decision: int) -> float:
    """The shock of an account or a post in a run, or of the level in a draw: word 0 of its block."""
    return normal_quantile(inner_unit(throw(shocks.seed, NO_WORLD, 0, about, run, decision, 0)[0]))


@rule
def row_sample(room: Any, first: int, size: int) -> Audience:
    """A sample of an audience, in rows of the room from `first` on."""
    return Audience(
        room[first][:size],
        room[first + 1][:size],
        room[first + 2][:size],
        room[first + 3][:size],
        room[first + 4][:size],
    )


@rule
def row_account(row: Any) -> Rated:
    """The rates of an account, from its row."""
    return Rated(row[0], row[1], row[2], row[3], row[4], row[5], row[6])


@rule
def _crowd(row: Any, first: int) -> Crowd:
    return Crowd(row[first], row[first + 1], row[first + 2], row[first + 3])


@rule
def write_facts(post: Post, row: Any) -> None:
    for fact in range(FACTS):
        row[fact] = post[fact]
