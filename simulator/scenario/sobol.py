"""The Sobol' design: a number's path alone says which dimension of one sequence it takes, scrambled anew in each lane.

Sobol' points with the direction numbers of Joe and Kuo (2008, "Constructing Sobol' sequences with better
two-dimensional projections") come from scipy. Numbers that the model knows have fixed dimensions, in the order of the
schema, with mechanisms on or off alike. A number that only a scenario has takes a dimension beyond, by its path's hash.

The scrambling is Owen's (1995, "Randomly permuted (t,m,s)-nets and (t,s)-sequences"): each binary digit is flipped or
kept by a throw keyed by the digits before it. So each point is uniform, means are without bias, the net stays a net,
and for smooth functions the variance falls faster than under a digital shift, which only moves the points together.

A net of many dimensions has pairs that are spread worse than by chance until there are thousands of places in a lane:
the measured share of such pairs is in docs/statistics.md. Means stay without bias, and the spread of lanes shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from simulator.compiled import kernel
from simulator.dice import NO_WORLD, SCRAMBLE, identity, inner_unit, pick, throw
from simulator.errors import Problem
from simulator.quantity import Curve, Quantity
from simulator.scenario.problems import child
from simulator.scenario.schema import Scenario

SECTIONS: Final = ("platform", "behavior", "product", "mechanisms", "brand")  # first what every scenario is unsure of
KNOWN_DIMENSIONS: Final = 512  # kept for the model's own numbers; the rest is for those of scenarios
ALL_DIMENSIONS: Final = 21_201  # for which scipy has direction numbers
DIGITS: Final = 32
LEVELS: Final = (12, 17, 22, DIGITS)  # digits of a place for which direction numbers are worked out at once


def scrambled_point(seed: int, path: str, about: str, lane: int, place: int) -> float:
    """The quantile of a number at a place of a lane, strictly between 0 and 1."""
    dimension = dimension_of(path, about)
    digits = next(level for level in LEVELS if place < 1 << level)
    point = _point(_directions(digits, whole=dimension >= KNOWN_DIMENSIONS)[dimension], place)
    return _scrambled(seed, identity(path, about), lane, point)


@lru_cache(maxsize=1 << 12)
def dimension_of(path: str, about: str = "") -> int:
    """The dimension of a number, from 0; it depends on the path alone."""
    known = None if about else known_dimensions().get(path)
    if known is not None:
        return known
    return KNOWN_DIMENSIONS + pick(identity("dimension", path, about), ALL_DIMENSIONS - KNOWN_DIMENSIONS)


@lru_cache(maxsize=1)
def known_dimensions() -> dict[str, int]:
    """The dimension of each number that the model knows, by path."""
    fields = Scenario.model_fields
    paths = [path for name in SECTIONS for path in _paths(fields[name].annotation, name)]
    assert len(paths) <= KNOWN_DIMENSIONS
    return {path: dimension for dimension, path in enumerate(paths)}


def _paths(annotation: Any, path: str) -> Iterator[str]:
    """The paths of all numbers that a field may hold."""
    kinds = _members(annotation)
    if Quantity in kinds or Curve in kinds:
        yield path
        return
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                yield from _paths(field.annotation, child(path, name))


def _members(annotation: Any) -> list[Any]:
    arguments = get_args(annotation)
    return [member for argument in arguments for member in _members(argument)] if arguments else [annotation]


def dimension_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """Numbers of a scenario's own that would take the same dimension, and so the same values."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(set(paths)):
        found[dimension_of(path)].append(path)
    for first, *others in found.values():
        for path in others:
            message = f"takes the dimension of {first} in the Sobol' sequence, so the two would rise and fall together"
            yield Problem(path, message, "give the hire or the number another name, or write design: latin_hypercube")


@lru_cache(maxsize=2 * len(LEVELS))
def _directions(digits: int, *, whole: bool) -> NDArray[np.int64]:
    """Direction numbers of each dimension for each binary digit of a place, as whole numbers of 32 digits.

    scipy counts in Gray code, so the point at place 2^(k+1) - 1 is the direction number of digit k by itself.
    """
    from scipy.stats.qmc import Sobol

    dimensions = ALL_DIMENSIONS if whole else KNOWN_DIMENSIONS
    sequence = Sobol(dimensions, scramble=False, bits=DIGITS)
    table = np.empty((dimensions, digits), np.int64)
    at = 0
    for k in range(digits):
        place = (1 << (k + 1)) - 1
        sequence.fast_forward(place - at)
        table[:, k] = sequence.random(1)[0] * float(1 << DIGITS)
        at = place + 1
    return table


@kernel
def _point(directions: NDArray[np.int64], place: int) -> int:
    """The point at a place of the sequence, as a whole number of 32 digits."""
    gray = place ^ (place >> 1)
    point = 0
    for k in range(directions.size):
        if (gray >> k) & 1:
            point ^= directions[k]
    return point


@kernel
def _scrambled(seed: int, number: int, lane: int, point: int) -> float:
    """A point with each digit flipped by the throw of its node in the tree of digits, whose root is node 1."""
    node = 1
    scrambled = 0
    for k in range(DIGITS):
        digit = (point >> (DIGITS - 1 - k)) & 1
        flip = throw(seed, NO_WORLD, node, number, 0, SCRAMBLE, lane)[0] >> 31
        scrambled = 2 * scrambled + (digit ^ flip)
        node = 2 * node + digit
    return inner_unit(scrambled)
