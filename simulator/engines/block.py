"""A block of encounters: facts in, dice in, outcome out.

Facts lie in one array, a column after the other, and so do the words: compilers vectorize a loop only where they see
that nothing it writes is read elsewhere in the loop, which they do not see of a dozen separate arrays.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.compiled import inlined
from simulator.dice import throw

BLOCK: Final = 512
LANES: Final = 16  # blocks are played in multiples of so many, so that no remainder runs one by one

# Where columns of `Block.facts` begin.
AFFINITY: Final = 0 * BLOCK
SUSCEPTIBILITY: Final = 1 * BLOCK
EXPOSURES: Final = 2 * BLOCK  # before, then after
REMEMBERED: Final = 3 * BLOCK
TRUST: Final = 4 * BLOCK
TRUST_AFTER: Final = 5 * BLOCK
PERSONA: Final = 6 * BLOCK
SOURCES: Final = 7 * BLOCK
COLUMNS: Final = 8

# What happened: the kind of engagement in the low bits, and these.
KIND: Final = 3
CLICKS: Final = 4
INTENDS: Final = 8
UNSOUND: Final = 16  # some rule left [0, 1]


class Block(NamedTuple):
    """Room for BLOCK encounters."""

    who: NDArray[np.int32]
    edge: NDArray[np.int32]  # follow edge, where the author shows the post
    sender: NDArray[np.int32]  # person, where a peer shows it
    marks: NDArray[np.uint8]  # of the person, before
    tie_marks: NDArray[np.uint8]  # of the edge, before
    facts: NDArray[np.float64]  # [COLUMNS * BLOCK]
    words: NDArray[np.uint32]  # [4 * BLOCK]: word 0 of all, word 1 of all …
    happened: NDArray[np.int64]
    eventful: NDArray[np.int32]  # places where something happened


def new_block() -> Block:
    """Room for one block."""
    return Block(
        who=np.zeros(BLOCK, np.int32),
        edge=np.zeros(BLOCK, np.int32),
        sender=np.zeros(BLOCK, np.int32),
        marks=np.zeros(BLOCK, np.uint8),
        tie_marks=np.zeros(BLOCK, np.uint8),
        facts=np.zeros(COLUMNS * BLOCK, np.float64),
        words=np.zeros(4 * BLOCK, np.uint32),
        happened=np.zeros(BLOCK, np.int64),
        eventful=np.zeros(BLOCK + 1, np.int32),
    )


@inlined
def whole_lanes(size: int) -> int:
    """The next multiple of LANES: what lies beyond `size` is left over from earlier blocks, and nobody looks at it."""
    return (size + LANES - 1) & -LANES


@inlined
def throw_words(size: int, who: Any, about: int, decision: int, when: Any, key: Any, words: Any) -> None:
    """The four words of each of a block's throws."""
    for i in range(whole_lanes(size)):
        first, second, third, fourth = throw(key.seed, key.world, who[i], about, key.run, decision, when[i])
        words[i] = first
        words[BLOCK + i] = second
        words[2 * BLOCK + i] = third
        words[3 * BLOCK + i] = fourth
