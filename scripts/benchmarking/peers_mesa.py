"""W-simple as users of Mesa write it: an agent per follower; all step every day, or only those who are touched."""

from __future__ import annotations

import random  # noqa: TID251  (peers throw the dice their users would)
from bisect import bisect
from typing import Any

import numpy as np

from benchmarking.job import Job
from benchmarking.peers import NAMES, Counts, days_of_view, generator


class _Mesa:
    """A Mesa model with one agent per follower; `tally` counts impressions, engagements, clicks and intents."""

    name, needs, slow = "Mesa", ("mesa",), True

    def __init__(self, job: Job) -> None:
        import mesa

        class Follower(mesa.Agent):  # type: ignore[misc]
            """One who meets each post at most once, on a day found when it is published."""

            def __init__(self, model: Any) -> None:
                super().__init__(model)
                self.agenda: dict[int, list[int]] = {}
                self.reached = False

            def step(self) -> None:
                model = self.model
                for days, seen_by in model.published:
                    die = model.random.random()
                    if die < seen_by[-1]:
                        self.agenda.setdefault(days[bisect(seen_by, die)], []).append(1)
                for _ in self.agenda.pop(model.day, ()):
                    self.meet()

            def meet(self) -> None:
                self.reached = True
                tally, dice = self.model.tally, self.model.random.random
                engaged = dice() < job.engage
                clicked = dice() < job.click[engaged]
                tally[0] += 1
                tally[1] += engaged
                tally[2] += clicked
                tally[3] += dice() < job.order[clicked]

        class Campaign(mesa.Model):  # type: ignore[misc]
            """All followers, a day per step; `published` holds today's posts."""

            def __init__(self) -> None:
                super().__init__()
                self.random = random.Random(job.seed)  # noqa: S311  (a simulation)
                self.people = [Follower(self) for _ in range(job.followers)]

        self.job, self.model = job, Campaign()

    def play(self) -> Counts:
        """Step through all days."""
        model, job = self.model, self.job
        model.tally = [0, 0, 0, 0]
        for person in model.people:
            person.reached = False
        for model.day in range(job.days):
            self.live([post for post, first in enumerate(job.post_days) if first == model.day])
        counts = dict(zip(NAMES, model.tally, strict=True))
        return counts | {"reach": sum(person.reached for person in model.people)}

    def live(self, published: list[int]) -> None:
        """Play `model.day`."""
        raise NotImplementedError

    def close(self) -> None:
        """Let Mesa forget the model: 3.3 keeps each one alive otherwise."""
        import mesa

        self.model.remove_all_agents()
        getattr(mesa.Agent, "_ids", {}).pop(self.model, None)


class MesaEveryDay(_Mesa):
    """Mesa as its tutorials show it: every agent steps every day. No order matters here, so none is shuffled."""

    name = "Mesa, all agents step"

    def live(self, published: list[int]) -> None:
        """Let everybody look."""
        parts = [days_of_view(self.job, post) for post in published]
        self.model.published = [(days, seen_by.tolist()) for days, seen_by in parts]
        self.model.agents.do("step")


class MesaEvents(_Mesa):
    """Mesa where only agents with something to do are called: NumPy finds all viewers when a post is published."""

    name = "Mesa, only touched agents"

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.rng = generator(job)
        self.viewers: dict[int, list[int]] = {}

    def live(self, published: list[int]) -> None:
        """Publish, then call today's viewers."""
        people = self.model.people
        for post in published:
            days, seen_by = days_of_view(self.job, post)
            dice = self.rng.random(self.job.followers)
            viewers = np.flatnonzero(dice < seen_by[-1])
            place = np.searchsorted(seen_by, dice[viewers], side="right")
            order = np.argsort(place, kind="stable")
            parts = np.split(viewers[order], np.searchsorted(place[order], range(1, len(days))))
            for day, part in zip(days, parts, strict=True):
                self.viewers.setdefault(day, []).extend(part.tolist())
        for who in self.viewers.pop(self.model.day, ()):
            people[who].meet()
