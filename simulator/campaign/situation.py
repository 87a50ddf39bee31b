"""What brand and influencers see of the campaign when a day begins, and what they can change: decisions are made here.

Both engines offer the same: closed counts up to yesterday, and the facts of posts as people will meet them from today.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.rules.facts import Post

ORDER: Final = Post._fields.index("order")
VIEW_THROUGH: Final = Post._fields.index("view_through")
STANDING: Final = Post._fields.index("standing")


class Situation(NamedTuple):
    """The campaign in the morning of a day."""

    day: int
    results: Mapping[str, NDArray[np.int64]]  # counts by author, up to yesterday
    reviews: int  # that buyers wrote, up to yesterday: of people
    organic: NDArray[np.float64]  # [posts, facts]: rows of `rules.facts.Post`, to be changed
    shared: NDArray[np.float64]
    discovered: NDArray[np.float64]
    baseline_kept: NDArray[np.float64]  # by day: share of baseline demand that is left, to be changed
