"""How draws cover what is not known: each by chance, or spread evenly by a Latin hypercube or a Sobol' sequence.

A design decides the quantiles of numbers drawn once per draw; luck and worlds stay random. Each quantile is a pure
function of seed, path and draw, so one more number, arm or run leaves all others as they were.

The draws are dealt to lanes, as many as there are worlds per replicate: draw d is place (d - 1) // lanes of lane
(d - 1) mod lanes. A lane is randomized by itself, so lanes are independent experiments, and what differs between their
means is the error of the design (Owen 1997, "Monte Carlo variance of scrambled net quadrature").

`latin_hypercube` (McKay, Beckman, Conover 1979) cuts the places of a lane into blocks. Within a block each stratum of
each number comes once, in an order of the number's own. `sobol`: see `simulator.scenario.sobol`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.compiled import kernel
from simulator.dice import NO_WORLD, PARAMETER, STRATUM, WITHIN, identity, inner_unit, throw
from simulator.errors import Problem

Draw = TypeVar("Draw", int, NDArray[np.integer[Any]])
FEWEST_LANES: Final = 4  # an error estimated from fewer would itself be mostly noise
# Places of a block. Whole blocks gain with their size, the last one loses with it. Of 8, 16, 32, 64 and 128 places, 16
# came close to the least variance for any number of draws between 200 and 2,000 in eight lanes (docs/statistics.md).
BLOCK: Final = 16


@dataclass(frozen=True)
class Design:
    """A kind of design and its number of lanes."""

    kind: Literal["random", "latin_hypercube", "sobol"] = "random"
    lanes: int = 1

    def quantile(self, seed: int, path: str, about: str, draw: int) -> float:
        """The quantile of a number in a draw (from 1), strictly between 0 and 1. Draw 0 belongs to no run."""
        number = identity(path, about)
        if self.kind == "random" or draw < 1:
            return drawn(seed, NO_WORLD, number, draw)
        lane, place = lane_and_place(draw, self.lanes)
        if self.kind == "latin_hypercube":
            return _stratified(seed, number, lane, place)
        from simulator.scenario.sobol import scrambled_point

        return scrambled_point(seed, path, about, lane, place)


RANDOM: Final = Design()


def lane_and_place(draw: Draw, lanes: int) -> tuple[Draw, Draw]:
    """Which lane a draw (from 1) belongs to, and its place there; both count from 0. Also of many draws at once."""
    return (draw - 1) % lanes, (draw - 1) // lanes


def lane_problems(kind: str, worlds: int, replicates: int) -> Iterator[Problem]:
    """What keeps the draws of a design from being dealt to lanes: nothing, or one problem."""
    if kind == "random" or (worlds % replicates == 0 and worlds >= FEWEST_LANES * replicates):
        return
    enough = FEWEST_LANES * replicates
    remedies = [f"worlds: {max(enough, -(-worlds // replicates) * replicates)}"]
    remedies += ["replicates: 1"] if replicates > 1 and worlds >= FEWEST_LANES else []
    message = (
        f"{kind} needs worlds to be a multiple of replicates, at least {FEWEST_LANES} times as many; "
        f"here are worlds: {worlds} and replicates: {replicates}"
    )
    yield Problem("design", message, f"write {', or '.join(remedies)}")


@kernel
def drawn(seed: int, world: int, about: int, run: int) -> float:
    """The random quantile of a number."""
    return inner_unit(throw(seed, world, 0, about, run, PARAMETER, 0)[0])


@kernel
def _stratified(seed: int, number: int, lane: int, place: int) -> float:
    """The quantile at a place of a lane: in the stratum that is this place's rank among the words of its block."""
    first = place - place % BLOCK
    own = throw(seed, NO_WORLD, lane, number, 0, STRATUM, place >> 2)[place & 3]
    rank = 0
    for four in range(first, first + BLOCK, 4):
        words = throw(seed, NO_WORLD, lane, number, 0, STRATUM, four >> 2)
        for k in range(4):
            if words[k] < own or (words[k] == own and four + k < place):
                rank += 1
    within = throw(seed, NO_WORLD, lane, number, 0, WITHIN, place >> 2)[place & 3]
    return (rank + inner_unit(within)) / BLOCK
