"""Normal numbers for tests of statistics, from keyed dice, many at once."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from simulator.dice import inner_unit, philox


def normals(*shape: int, about: int) -> np.ndarray:
    """Independent standard normals; another `about` gives others."""
    count = int(np.prod(shape))
    words = np.stack(philox(np.arange(-(-count // 4)), about, 0, 0, 5, 0))
    return ndtri(inner_unit(words.T.ravel()[:count])).reshape(shape)


def grouped(runs: np.ndarray, worlds: int, replicates: int) -> np.ndarray:
    """World and draw of runs numbered from 1, as arms hold them."""
    world, draw = (runs - 1) % worlds, (runs - 1) // replicates + 1
    return np.stack([world, draw]) if replicates > 1 else world


def alike(groups: np.ndarray, *, by_world: float, by_draw: float, about: int) -> np.ndarray:
    """Normal runs of variance 1, and what their worlds and draws add to them, in standard deviations."""
    world, *draw = np.atleast_2d(groups)
    values = normals(len(world), about=3 * about) + by_world * normals(np.max(world) + 1, about=3 * about + 1)[world]
    return values + by_draw * normals(np.max(draw[0]) + 1, about=3 * about + 2)[draw[0]] if draw else values
