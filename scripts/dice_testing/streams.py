"""Streams of words in the orders in which the model draws them, straight from its compiled `throw`.

A stream walks through keys like an odometer: the first axis turns fastest. So each stream puts side by side what would
betray a bond between neighbors: people, runs, posts, days, decisions, seeds, worlds, numbers, lanes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.compiled import kernel
from simulator.dice import (
    BUYER,
    FOLLOWS,
    MEET,
    NO_WORLD,
    PARAMETER,
    PURCHASE,
    SCRAMBLE,
    SEEN,
    STRATUM,
    TIE,
    Decision,
    identity,
    throw,
)
from simulator.scenario.sobol import known_dimensions

PARTS: Final = ("seed", "world", "who", "about", "run", "decision", "when", "word")
SEED, WORLD, RUN = 20261122, 3, 7
POST: Final = identity("macro#1", "post 1")
PEOPLE: Final = 1 << 24  # of a market; then comes the next run
ALL: Final = 1 << 32
POSTS: Final = tuple(identity(f"micro#{k}", f"post {j}") for k in range(1, 501) for j in range(1, 9))
NUMBERS: Final = tuple(identity(path, "") for path in known_dimensions())
DAYS: Final = 730


@dataclass(frozen=True)
class Axis:
    """A part of the key that turns: through `count` values from `first`, or through the `values` given."""

    part: str
    count: int
    first: int = 0
    values: tuple[int, ...] = ()

    def numbers(self) -> tuple[int, ...] | range:
        """What the part is, one after another."""
        return self.values or range(self.first, self.first + self.count)


@dataclass(frozen=True)
class Stream:
    """Words in a stated order: what the order is in words, the axes from the fastest, and what stands still."""

    title: str
    axes: tuple[Axis, ...]
    still: tuple[tuple[str, int], ...]

    def key(self) -> NDArray[np.int64]:
        """The first key, in the order of PARTS."""
        key = {"seed": SEED, "world": WORLD, "who": 0, "about": POST, "run": RUN, "decision": 0, "when": 0, "word": 0}
        key |= dict(self.still) | {axis.part: axis.numbers()[0] for axis in self.axes}
        return np.array([key[part] for part in PARTS], np.int64)


def among(part: str, values: tuple[int, ...]) -> Axis:
    """An axis through given values."""
    return Axis(part, len(values), values=values)


WORDS: Final = Axis("word", 4)
WHO, RUNS = Axis("who", PEOPLE), Axis("run", ALL - 1, 1)
BLOCKS: Final = Axis("who", PEOPLE >> 2)  # of four people, who share a throw
STREAMS: Final = {
    "people seen": Stream("who sees a post: person by person", (WORDS, BLOCKS, RUNS), (("decision", SEEN),)),
    "people follow": Stream(
        "who follows whom: person by person, then creator by creator",
        (WORDS, BLOCKS, among("about", POSTS)),
        (("decision", FOLLOWS), ("run", 0)),
    ),
    "people engage": Stream("who engages: person by person", (WHO, RUNS), (("decision", MEET),)),
    "people meet": Stream("all words of a meeting: person by person", (WORDS, WHO, RUNS), (("decision", MEET),)),
    "ties": Stream(
        "trust and motive: creator by creator of each person",
        (WORDS, among("about", POSTS), Axis("who", ALL)),
        (("decision", TIE), ("run", 0)),
    ),
    "runs": Stream("one person meets one post: run by run", (RUNS, Axis("who", ALL)), (("decision", MEET),)),
    "draws of a number": Stream(
        "an uncertain number: draw by draw, then number by number",
        (RUNS, among("about", NUMBERS)),
        (("decision", PARAMETER), ("world", NO_WORLD)),
    ),
    "numbers of a draw": Stream(
        "all uncertain numbers of each draw",
        (among("about", NUMBERS), RUNS),
        (("decision", PARAMETER), ("world", NO_WORLD)),
    ),
    "decisions": Stream(
        "all decisions about one person: person by person",
        (WORDS, among("decision", tuple(int(decision) for decision in Decision)), Axis("who", ALL)),
        (),
    ),
    "posts": Stream(
        "one person meets all posts: post by post",
        (among("about", POSTS), Axis("who", ALL)),
        (("decision", MEET),),
    ),
    "days": Stream(
        "buyers of a day: day by day, then ordinal by ordinal",
        (WORDS, Axis("when", DAYS), Axis("who", ALL)),
        (("decision", BUYER), ("about", 0)),
    ),
    "seeds": Stream("seed by seed", (Axis("seed", ALL), Axis("who", ALL)), (("decision", MEET),)),
    "worlds": Stream("world by world", (Axis("world", 30_000), Axis("who", ALL)), (("decision", MEET),)),
    "people and runs": Stream(
        "sixteen runs side by side: person by person",
        (Axis("run", 16, 1), WHO, among("about", POSTS)),
        (("decision", PURCHASE),),
    ),
    "strata": Stream(
        "ranks in a Latin hypercube: place by place, then lane by lane",
        (WORDS, Axis("when", 1 << 20), Axis("who", 30_000), among("about", NUMBERS)),
        (("decision", STRATUM), ("world", NO_WORLD), ("run", 0)),
    ),
    "scrambling": Stream(
        "flips of Sobol' digits: node by node, then lane by lane",
        (Axis("who", 1 << 20, 1), Axis("when", 30_000), among("about", NUMBERS)),
        (("decision", SCRAMBLE), ("world", NO_WORLD), ("run", 0)),
    ),
}


def keys(stream: Stream) -> Iterator[tuple[int, ...]]:
    """All keys of a stream in order, each with its word at the end: slow and plain, for comparison."""
    key = stream.key().tolist()

    def turned(axes: tuple[Axis, ...]) -> Iterator[tuple[int, ...]]:
        if not axes:
            yield tuple(key)
            return
        for value in axes[-1].numbers():
            key[PARTS.index(axes[-1].part)] = value
            yield from turned(axes[:-1])

    return turned(stream.axes)


class Source:
    """The words of a stream, some millions at a time. `reversed_bits` turns each word's last bit into its first."""

    def __init__(self, stream: Stream, *, reversed_bits: bool = False) -> None:
        axes = stream.axes
        self._parts = np.array([PARTS.index(axis.part) for axis in axes], np.int64)
        self._counts = np.array([axis.count for axis in axes], np.int64)
        self._starts = np.array([-1 if axis.values else axis.first for axis in axes], np.int64)
        self._values = np.zeros((len(axes), max(len(axis.values) for axis in axes) + 1), np.int64)
        for row, axis in zip(self._values, axes, strict=True):
            row[: len(axis.values)] = axis.values
        self._digits = np.zeros(len(axes), np.int64)
        self._key = stream.key()
        self._reversed = reversed_bits

    def words(self, count: int) -> NDArray[np.uint32]:
        """The next so many words."""
        words = np.empty(count, np.uint32)
        turn(self._key, self._digits, self._parts, self._counts, self._starts, self._values, words)
        return reverse(words) if self._reversed else words


def reverse(words: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Words with their bits in reverse order: batteries look harder at first bits than at last ones."""
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF), (16, 0x0000FFFF)):
        words = ((words >> np.uint32(shift)) & np.uint32(mask)) | ((words & np.uint32(mask)) << np.uint32(shift))
    return words


@kernel
def turn(
    key: NDArray[np.int64],
    digits: NDArray[np.int64],
    parts: NDArray[np.int64],
    counts: NDArray[np.int64],
    starts: NDArray[np.int64],
    values: NDArray[np.int64],
    words: NDArray[np.uint32],
) -> None:
    """Write the word at the key, turn the odometer, and so on; a throw serves all its words in a row."""
    thrown = throw(key[0], key[1], key[2], key[3], key[4], key[5], key[6])
    for n in range(words.size):
        words[n] = thrown[key[7]]
        moved = False
        for axis in range(parts.size):
            digits[axis] += 1
            over = digits[axis] == counts[axis]
            if over:
                digits[axis] = 0
            key[parts[axis]] = values[axis, digits[axis]] if starts[axis] < 0 else starts[axis] + digits[axis]
            moved = moved or parts[axis] < 7
            if not over:
                break
        if moved:
            thrown = throw(key[0], key[1], key[2], key[3], key[4], key[5], key[6])
