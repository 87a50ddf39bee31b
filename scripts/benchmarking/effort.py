"""How much is measured: the whole, a quick look, or just enough to test the program itself."""

from __future__ import annotations

from typing import NamedTuple


class Effort(NamedTuple):
    """Sizes and repetitions. Numbers of followers that are none are those of the shipped scenario."""

    followers: int | None  # of W and W-simple
    runs: int
    rounds: int  # of everything that takes turns
    mesa_followers: int  # of the W that the Mesa form plays
    peer_followers: int | None  # of peers that are too slow for all
    sizes: tuple[int, ...]  # at which cost against size is measured
    seconds: float  # for each size, and for each turn of threads
    commands: int  # repetitions of each command; none at 0
    cold: bool  # also compile everything anew
    worlds: int  # built of each market


FULL = Effort(
    followers=None, runs=31, rounds=5, mesa_followers=3_000, peer_followers=None,
    sizes=(10_000, 31_600, 100_000, 316_000, 1_000_000, 3_160_000, 10_000_000),
    seconds=2.0, commands=5, cold=True, worlds=5,
)  # fmt: skip
QUICK = Effort(
    followers=None, runs=7, rounds=3, mesa_followers=1_500, peer_followers=50_000,
    sizes=(10_000, 31_600, 100_000, 316_000, 1_000_000),
    seconds=0.5, commands=3, cold=False, worlds=1,
)  # fmt: skip
TINY = Effort(
    followers=5_000, runs=2, rounds=1, mesa_followers=500, peer_followers=5_000,
    sizes=(500, 5_000),
    seconds=0.05, commands=0, cold=False, worlds=1,
)  # fmt: skip
