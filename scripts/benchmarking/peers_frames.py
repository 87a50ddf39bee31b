"""W-simple as users of mesa-frames write it: a row per follower, a column per post, a day per step."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarking.job import Job
from benchmarking.peers import NAMES, Counts, days_of_view, follow_journeys, hazards


class _MesaFrames:
    """A mesa-frames model on Polars: a row per follower, a column per post, a day per step."""

    name, needs, slow = "mesa-frames", ("mesa_frames", "polars"), True
    fresh: Any = False

    def __init__(self, job: Job) -> None:
        import polars as pl
        from mesa_frames import AgentSetPolars, ModelDF

        peer, columns = self, [f"post_{post}" for post in range(len(job.post_days))]
        fresh = {column: pl.repeat(self.fresh, job.followers, eager=True) for column in columns}

        class Followers(AgentSetPolars):  # type: ignore[misc]
            """All followers."""

            def step(self) -> None:
                for column, chance in self.model.on_air:
                    peer.look(self, column, chance)

        class Campaign(ModelDF):  # type: ignore[misc]
            """One influencer and its followers; `on_air` holds today's posts and their hazards."""

            def __init__(self) -> None:
                super().__init__(seed=job.seed)
                followers = Followers(self)
                followers += pl.DataFrame({"unique_id": pl.int_range(job.followers, eager=True), **fresh})
                self.agents += followers

        self.job, self.columns, self.model, self.kind, self.table = job, columns, Campaign(), Followers, fresh
        self.hazards = [[(columns[post], chance) for post, chance in day] for day in hazards(job)]

    def play(self) -> Counts:
        """Step through all days."""
        model = self.model
        followers = model.get_agents_of_type(self.kind)
        followers.agents = followers.agents.with_columns(**self.table)
        model.tally = np.zeros(4, np.int64)
        for model.day, model.on_air in enumerate(self.hazards):
            model.step()
        counts = dict(zip(NAMES, model.tally.tolist(), strict=True))
        return counts | {"reach": self.reach(followers)}

    def meet(self, viewers: int) -> None:
        """Count what so many viewers do."""
        self.model.tally += (viewers, *follow_journeys(self.model.random, viewers, self.job))

    def look(self, followers: Any, column: str, chance: float) -> None:
        """Find today's viewers of a post on air."""
        raise NotImplementedError

    def reach(self, followers: Any) -> int:
        """Followers who saw any post."""
        raise NotImplementedError


class MesaFramesConcise(_MesaFrames):
    """Its own interface, as its documentation shows it: select the agents that act, then set their column."""

    name = "mesa-frames, its own interface"

    def look(self, followers: Any, column: str, chance: float) -> None:
        """Everybody who has not seen the post throws."""
        import polars as pl

        dice = pl.Series(self.model.random.random(self.job.followers, np.float32))
        followers.select((dice < chance) & ~followers[column])
        followers["active", column] = True
        self.meet(len(followers.active_agents))

    def reach(self, followers: Any) -> int:
        """Followers who saw any post."""
        import polars as pl

        return int(followers.agents.select(pl.any_horizontal(*self.columns).sum()).item())


class MesaFramesNative(_MesaFrames):
    """Polars' own expressions on its table, and the day of a view thrown when the post is published."""

    name, slow, fresh = "mesa-frames, native Polars", False, -1

    def look(self, followers: Any, column: str, chance: float) -> None:
        """On the first day everybody throws for a day; on each, who is due meets the post."""
        import polars as pl

        day, post = self.model.day, self.columns.index(column)
        if self.job.post_days[post] == day:
            days, seen_by = days_of_view(self.job, post)
            dice = self.model.random.random(self.job.followers)
            due = np.array([*days, -1], np.int8)[np.searchsorted(seen_by, dice, side="right")]
            followers.agents = followers.agents.with_columns(pl.Series(column, due))
        self.meet(int((followers.agents[column] == day).sum()))

    def reach(self, followers: Any) -> int:
        """Followers who saw any post."""
        import polars as pl

        return int(followers.agents.select(pl.any_horizontal(pl.col(*self.columns) >= 0).sum()).item())
