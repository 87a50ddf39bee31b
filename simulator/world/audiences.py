"""Who follows whom: each creator's real followers, drawn from the market with a topic focus. Overlap emerges."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.compiled import kernel
from simulator.dice import FOLLOWS, TIE, inner_unit, throw, unit

FIXED_POINT = 4294967296.0  # trust is summed as int64 in units of 2^-32
THROWN_AT_ONCE: Final = 256  # blocks of four people


class Audiences(NamedTuple):
    """Follow edges in compressed rows: followers of creator c are `person[offsets[c]:offsets[c + 1]]`, ascending."""

    names: tuple[str, ...]
    offsets: NDArray[np.int64]
    person: NDArray[np.int32]
    trust: NDArray[np.float32]  # at the start, per edge
    trust_prior: NDArray[np.float64]  # per creator
    trust_sum: NDArray[np.int64]  # per creator, fixed point
    brand_share: NDArray[np.float64]  # per creator: followers whose main interest is the brand's topic

    def edges(self, creator: int) -> slice:
        """The edges of one creator."""
        return slice(int(self.offsets[creator]), int(self.offsets[creator + 1]))


class Motives(NamedTuple):
    """Why people follow: columns like those of `Audiences`, empty where it does not count."""

    persona: NDArray[np.uint8]  # per edge: 1 who follows for the person, 0 who follows for the topic
    matched: NDArray[np.float64]  # per creator: share of 1 among followers with the brand's topic as main interest
    other: NDArray[np.float64]  # and among those with another


NO_MOTIVES: Final = Motives(np.empty(0, np.uint8), np.empty(0), np.empty(0))


class AudienceWish(NamedTuple):
    """What one creator's audience should look like."""

    name: str
    about: int  # identity of the creator
    followers: float  # real ones, expected
    topic: int
    focus: float  # share that follows for the topic
    trust_prior: float
    topic_ceiling: float  # largest share of those with the topic as main interest who may follow


def topic_chances(wish: AudienceWish, size: int, topic_share: float) -> tuple[float, float]:
    """Chance to follow for people with the creator's topic as main interest, and for all others.

    Who follows for the topic is of the topic; the others come from the whole market. Where the topic runs out, the
    rest comes from people with other interests.
    """
    fans = size * topic_share
    others = size - fans
    wanted = wish.followers * (wish.focus + (1.0 - wish.focus) * topic_share)
    inside = min(wanted / fans, wish.topic_ceiling) if fans > 0.0 else 0.0
    outside = (wish.followers - inside * fans) / others if others > 0.0 else 0.0
    return min(inside, 1.0), min(outside, 1.0)


def persona_matched(focus: float, topic_share: float) -> float:
    """Of followers with the author's topic as main interest: the share who came by chance, hence for the person."""
    by_chance = (1.0 - focus) * topic_share
    return by_chance / (focus + by_chance) if focus + by_chance > 0.0 else 1.0


def build_motives(
    seed: int,
    world: int,
    topic: NDArray[np.uint8],
    audiences: Audiences,
    *,
    topic_shares: tuple[float, ...],
    brand_topic: int,
    wishes: tuple[AudienceWish, ...],
) -> Motives:
    """Why each follower follows: for the topic only those whose main interest it is."""
    motives = Motives(np.empty(audiences.person.size, np.uint8), np.zeros(len(wishes)), np.zeros(len(wishes)))
    for number, wish in enumerate(wishes):
        row = audiences.edges(number)
        person, persona = audiences.person[row], motives.persona[row]
        chance = persona_matched(wish.focus, topic_shares[wish.topic])
        _draw_motives(seed, world, wish.about, person, topic, wish.topic, chance, persona)
        matched = topic[person] == brand_topic
        motives.matched[number] = persona[matched].mean() if matched.any() else 0.0
        motives.other[number] = persona[~matched].mean() if not matched.all() else 0.0
    return motives


def build_audiences(
    seed: int,
    world: int,
    topic: NDArray[np.uint8],
    *,
    topic_shares: tuple[float, ...],
    brand_topic: int,
    trust_spread: float,
    wishes: tuple[AudienceWish, ...],
) -> Audiences:
    """Follow edges of all creators in one world."""
    scratch = np.empty(4 * THROWN_AT_ONCE, np.uint32), np.empty(topic.size, np.int32)
    rows = [_followers(seed, world, topic, topic_shares, wish, *scratch) for wish in wishes]
    offsets = np.zeros(len(rows) + 1, np.int64)
    offsets[1:] = np.cumsum([len(row) for row in rows])
    person = np.concatenate(rows) if rows else np.empty(0, np.int32)
    trust = np.empty(person.size, np.float32)
    trust_sum = np.zeros(len(rows), np.int64)
    brand_share = np.zeros(len(rows))
    for number, wish in enumerate(wishes):
        row = slice(int(offsets[number]), int(offsets[number + 1]))
        trust_sum[number] = _draw_trust(
            seed, world, wish.about, person[row], wish.trust_prior, trust_spread, trust[row]
        )
        brand_share[number] = np.count_nonzero(topic[person[row]] == brand_topic) / max(1, row.stop - row.start)
    priors = np.array([wish.trust_prior for wish in wishes], np.float64)
    return Audiences(tuple(wish.name for wish in wishes), offsets, person, trust, priors, trust_sum, brand_share)


def _followers(
    seed: int,
    world: int,
    topic: NDArray[np.uint8],
    topic_shares: tuple[float, ...],
    wish: AudienceWish,
    words: NDArray[np.uint32],
    found: NDArray[np.int32],
) -> NDArray[np.int32]:
    inside, outside = topic_chances(wish, topic.size, topic_shares[wish.topic])
    count = _draw_followers(seed, world, wish.about, topic, wish.topic, inside, outside, words, found)
    return found[:count].copy()


@kernel
def _draw_followers(
    seed: int, world: int, about: int, topic: Any, wanted: int, inside: float, outside: float, words: Any, found: Any
) -> int:
    count = 0
    for first in range(0, (topic.size + 3) >> 2, THROWN_AT_ONCE):
        _throw_many(seed, world, first, about, words)
        count += _choose(first, topic, wanted, inside, outside, words, found[count:])
    return count


@kernel
def _throw_many(seed: int, world: int, first: int, about: int, words: Any) -> None:
    """Word w of the i-th block from `first` goes to `words[w * THROWN_AT_ONCE + i]`.

    A loop of its own over one array: so the processor throws several blocks side by side, in a quarter of the time.
    """
    for i in range(THROWN_AT_ONCE):
        word0, word1, word2, word3 = throw(seed, world, first + i, about, 0, FOLLOWS, 0)
        words[i] = word0
        words[i + THROWN_AT_ONCE] = word1
        words[i + 2 * THROWN_AT_ONCE] = word2
        words[i + 3 * THROWN_AT_ONCE] = word3


@kernel
def _choose(first: int, topic: Any, wanted: int, inside: float, outside: float, words: Any, found: Any) -> int:
    """Fill `found` with those of some blocks who follow, and return how many they are."""
    count = 0
    most = max(inside, outside)
    for i in range(THROWN_AT_ONCE):
        low = min(words[i], words[i + THROWN_AT_ONCE])
        high = min(words[i + 2 * THROWN_AT_ONCE], words[i + 3 * THROWN_AT_ONCE])
        if inner_unit(min(low, high)) < most:  # else none of the four, as mostly with small accounts
            for lane in range(4):
                who = ((first + i) << 2) + lane
                if who < topic.size:
                    chance = inside if topic[who] == wanted else outside
                    found[count] = who
                    count += 1 if inner_unit(words[i + lane * THROWN_AT_ONCE]) < chance else 0
    return count


@kernel
def _draw_trust(seed: int, world: int, about: int, person: Any, prior: float, spread: float, trust: Any) -> int:
    """Fill trust with prior + spread × triangular(−1, 1), kept within [0, 1]; return its fixed-point sum."""
    total = 0
    for edge in range(person.size):
        words = throw(seed, world, person[edge], about, 0, TIE, 0)
        value = prior + spread * (unit(words[0]) + unit(words[1]) - 1.0)
        trust[edge] = min(1.0, max(0.0, value))
        total += int(float(trust[edge]) * FIXED_POINT)
    return total


@kernel
def _draw_motives(
    seed: int, world: int, about: int, person: Any, topic: Any, wanted: int, chance: float, persona: Any
) -> None:
    for edge in range(person.size):
        die = inner_unit(throw(seed, world, person[edge], about, 0, TIE, 0)[2])
        persona[edge] = 1 if topic[person[edge]] != wanted or die < chance else 0
