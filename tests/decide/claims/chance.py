"""Normal numbers for tests of statistics, from keyed dice."""

from __future__ import annotations

import numpy as np

from simulator.arithmetic import normal_quantile
from simulator.dice import inner_unit, throw


def normals(*shape: int, about: int) -> np.ndarray:
    """Independent standard normals; another `about` gives others."""
    count = int(np.prod(shape))
    words = [word for who in range(-(-count // 4)) for word in throw(5, 0, who, about, 0, 0, 0)]
    return np.array([normal_quantile(inner_unit(word)) for word in words[:count]]).reshape(shape)
