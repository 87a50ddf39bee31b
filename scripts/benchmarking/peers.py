"""Other tools on W-simple, each written as a competent user of it would write the job.

All get the chances of `job.Job` and nothing of ours but the numbers; people are created before the clock starts. A
peer is a class with `name`, `needs` (importable modules), and `play()`, which plays all days once and returns counts.
Their chance is their own: generators of NumPy and of Python.
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from benchmarking.job import Job

Counts = dict[str, int]
NAMES = ("impressions", "engagements", "clicks", "intents")  # of every tally, in this order


class Peer(Protocol):
    """A program that plays the job."""

    name: str
    needs: tuple[str, ...]
    slow: bool  # too slow for a million followers in a quick look
    job: Job

    def __init__(self, job: Job) -> None: ...

    def play(self) -> Counts: ...


def deviations(job: Job, counts: Counts) -> float:
    """The largest distance of a count from what the chances give, in standard errors."""
    trials = job.followers * len(job.post_days)
    return max(
        abs(counts[name] - mean) / math.sqrt(max(1.0, mean * (1.0 - mean / trials)))
        for name, mean in job.expected().items()
    )


def days_of_view(job: Job, post: int) -> tuple[tuple[int, ...], Any]:
    """Days on which a post is seen, and the chances that a follower has seen it by the end of each."""
    days, chances = zip(*job.day_chances(job.post_days[post]), strict=True)
    return days, np.cumsum(chances)


def hazards(job: Job) -> list[list[tuple[int, float]]]:
    """Per day, each post on air with the chance that a follower who has not seen it sees it that day."""
    days: list[list[tuple[int, float]]] = [[] for _ in range(job.days)]
    for post, first in enumerate(job.post_days):
        before = 0.0
        for day, chance in job.day_chances(first):
            days[day].append((post, chance / (1.0 - before)))
            before += chance
    return days


def generator(job: Job) -> Any:
    """A fresh NumPy generator."""
    return np.random.default_rng(job.seed)  # noqa: TID251  (see above)


def follow_journeys(rng: Any, viewers: int, job: Job) -> tuple[int, int, int]:
    """Engagements, clicks and intents of that many viewers, vectorized."""
    engaged = rng.random(viewers, np.float32) < job.engage
    clicked = rng.random(viewers, np.float32) < np.where(engaged, job.click[1], job.click[0])
    intends = rng.random(viewers, np.float32) < np.where(clicked, job.order[1], job.order[0])
    return int(engaged.sum()), int(clicked.sum()), int(intends.sum())


class NumPyVectorized:
    """One array per question: who sees this post, on which day, who of them engages, clicks, orders."""

    name, needs, slow = "NumPy vectorized", ("numpy",), False

    def __init__(self, job: Job) -> None:
        self.job, self.rng = job, generator(job)

    def play(self) -> Counts:
        """Post after post."""
        job, rng = self.job, self.rng
        daily = np.zeros((job.days, 4), np.int64)
        reached = np.zeros(job.followers, bool)
        for first in job.post_days:
            days, chances = zip(*job.day_chances(first), strict=True)
            up_to = np.cumsum(np.array(chances, np.float32))
            dice = rng.random(job.followers, np.float32)
            viewers = np.flatnonzero(dice < up_to[-1])
            reached[viewers] = True
            sizes = np.bincount(np.searchsorted(up_to, dice[viewers], side="right"), minlength=len(days))
            for day, size in zip(days, sizes, strict=True):
                daily[day] += (size, *follow_journeys(rng, int(size), job))
        return dict(zip(NAMES, daily.sum(axis=0).tolist(), strict=True)) | {"reach": int(reached.sum())}


def missing(peer: Any) -> str | None:
    """The first module a peer needs that is not installed."""
    return next((module for module in peer.needs if find_spec(module) is None), None)
