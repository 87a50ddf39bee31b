"""People of a market: main interest, activity, affinity to the brand, susceptibility. Drawn, but for what is known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.arithmetic import beta_cdf, beta_quantile, normal_quantile, sqrt_
from simulator.compiled import kernel
from simulator.dice import PERSON, TRAITS, inner_unit, throw

ACTIVITY_CLASSES = 256
ACTIVITY_ROWS = 49
UNKNOWN: Final = 255  # a main interest that the dice decide


class People(NamedTuple):
    """Columns over people; a person is a row."""

    topic: NDArray[np.uint8]  # main interest, an index into the population's topics
    activity: NDArray[np.uint8]  # class of activity: 256 equally large classes, ascending
    affinity: NDArray[np.float32]  # to the brand's topic: mean 0 and standard deviation 1 over the market
    rank: NDArray[np.float32]  # of the own audience, in (0, 1): 1 is the largest
    susceptibility: NDArray[np.float32]  # to peers: mean 0 and standard deviation 1 over the market


class Known(NamedTuple):
    """What is known of people before any dice: columns over people, or empty ones."""

    topic: NDArray[np.uint8]  # main interest, or UNKNOWN
    audience: NDArray[np.int64]  # people who see what the person shares


NOTHING: Final = Known(np.empty(0, np.uint8), np.empty(0, np.int64))


def build_people(
    seed: int,
    world: int,
    size: int,
    *,
    topic_shares: tuple[float, ...],
    brand_topic: int,
    topic_affinity_share: float,
    influence_correlation: float,
    known: Known = NOTHING,
) -> People:
    """People of one world. `topic_shares` sum to 1; `topic_affinity_share` is a share of variance."""
    people = People(
        topic=np.empty(size, np.uint8),
        activity=np.empty(size, np.uint8),
        affinity=np.empty(size, np.float32),
        rank=np.empty(size, np.float32),
        susceptibility=np.empty(size, np.float32),
    )
    drawn = open_shares(topic_shares, known.topic)
    cumulative = np.array([sum(drawn[: k + 1]) for k in range(len(drawn))])
    matched, unmatched, spread = affinity_terms(topic_shares[brand_topic], topic_affinity_share)
    ranks = dealt_ranks(seed, world, known.audience)
    correlation = influence_correlation
    _fill_people(
        seed, world, cumulative, brand_topic, matched, unmatched, spread, correlation, known.topic, ranks, people
    )
    return people


def open_shares(topic_shares: tuple[float, ...], known: NDArray[np.uint8]) -> tuple[float, ...]:
    """Shares of main interest among those of whom none is known, such that all people together have `topic_shares`."""
    counts = np.bincount(known, minlength=UNKNOWN + 1)
    open_ones = int(counts[UNKNOWN])
    if open_ones in (0, known.size):
        return topic_shares
    return tuple(
        max(0.0, share * known.size - int(counts[code])) / open_ones for code, share in enumerate(topic_shares)
    )


def dealt_ranks(seed: int, world: int, audience: NDArray[np.int64]) -> NDArray[np.float64]:
    """The ranks that the dice give, dealt out so that they ascend with the audience; among equals, as they fell."""
    ranks = np.empty(audience.size)
    _draw_ranks(seed, world, ranks)
    order = np.lexsort((ranks, audience))
    dealt = np.empty(audience.size)
    dealt[order] = np.sort(ranks)
    return dealt


@kernel
def _draw_ranks(seed: int, world: int, ranks: Any) -> None:
    for who in range(ranks.size):
        ranks[who] = inner_unit(throw(seed, world, who, 0, 0, PERSON, 0)[3])


def affinity_terms(topic_share: float, variance_share: float) -> tuple[float, float, float]:
    """Affinity of a person with the brand's topic as main interest, of one without, and the spread around both.

    Mean 0 and variance 1 over the market, of which the main interest explains `variance_share`.
    """
    if not 0.0 < topic_share < 1.0:
        return 0.0, 0.0, 1.0
    scale = sqrt_(variance_share / (topic_share * (1.0 - topic_share)))
    return scale * (1.0 - topic_share), -scale * topic_share, sqrt_(1.0 - variance_share)


@kernel
def _fill_people(
    seed: int,
    world: int,
    cumulative: Any,
    brand_topic: int,
    matched: float,
    unmatched: float,
    spread: float,
    influence_correlation: float,
    known_topic: Any,
    known_rank: Any,
    people: Any,
) -> None:
    independent = sqrt_(1.0 - influence_correlation * influence_correlation)
    for who in range(people.topic.size):
        topic_word, activity_word, affinity_word, rank_word = throw(seed, world, who, 0, 0, PERSON, 0)
        die = inner_unit(topic_word)
        topic = 0
        while topic < cumulative.size - 1 and die >= cumulative[topic]:
            topic += 1
        if who < known_topic.size and known_topic[who] != UNKNOWN:
            topic = int(known_topic[who])
        people.topic[who] = topic
        people.activity[who] = activity_word >> 24
        base = matched if topic == brand_topic else unmatched
        people.affinity[who] = base + spread * normal_quantile(inner_unit(affinity_word))
        rank = known_rank[who] if who < known_rank.size else inner_unit(rank_word)
        people.rank[who] = min(rank, 0.99999994)
        own = normal_quantile(inner_unit(throw(seed, world, who, 0, 0, TRAITS, 0)[0]))
        people.susceptibility[who] = influence_correlation * normal_quantile(rank) + independent * own


@lru_cache(maxsize=8)
def activity_table(correlation: float) -> NDArray[np.float64]:
    """Chance of seeing a post by reach and activity class: float64[rows, classes].

    Over people the chance is beta-distributed with mean `reach` and intra-class correlation `correlation`; a class
    holds the mean of its slice, so that each row's mean is its reach. Rows as in `rules.attention.row_reach`.
    """
    table = np.empty((ACTIVITY_ROWS, ACTIVITY_CLASSES))
    _fill_activity_table(correlation, table)
    table.setflags(write=False)
    return table


@kernel
def _fill_activity_table(correlation: float, table: Any) -> None:
    last = table.shape[0] - 1
    classes = table.shape[1]
    for row in range(last + 1):
        reach = (row / last) * (row / last)
        if row == 0 or row == last or correlation <= 0.0:
            for c in range(classes):
                table[row, c] = reach
            continue
        # Quantiles near 1 would lose their digits: the upper half is the mirror image of a lower one.
        mirrored = reach > 0.5
        mean = 1.0 - reach if mirrored else reach
        a = mean * (1.0 / correlation - 1.0)
        b = (1.0 - mean) * (1.0 / correlation - 1.0)
        before = 0.0
        for c in range(classes):
            edge = beta_quantile(a, b, (c + 1.0) / classes) if c < classes - 1 else 1.0
            below = beta_cdf(a + 1.0, b, edge)
            chance = min(1.0, max(0.0, mean * (below - before) * classes))
            table[row, classes - 1 - c if mirrored else c] = 1.0 - chance if mirrored else chance
            before = below
