"""Who sees what an ordinary person shares: a peer network in compressed rows.

Row `i` lists, in ascending order, the people who see the shares of person `i`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class PeerNetwork(NamedTuple):
    """Compressed rows: the peers of person i are `peers[offsets[i]:offsets[i + 1]]`."""

    offsets: NDArray[np.int64]
    peers: NDArray[np.int32]


class Given(NamedTuple):
    """A network that is taken as it is, and what comes with it."""

    network: PeerNetwork
    topic: NDArray[np.uint8]  # main interest by person, or people.UNKNOWN
