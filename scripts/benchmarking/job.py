"""W-simple in bare numbers, for programs that know nothing of this package: followers alike, nobody shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from benchmarking.loads import Load
from simulator.campaign.brief import Brief, brief_run
from simulator.dice import inner_unit
from simulator.results.outcome import Outcome
from simulator.rules.attention import age_when_seen, chance_of_class
from simulator.rules.conversion import click, order, order_lag
from simulator.rules.engagement import engage
from simulator.rules.facts import Person, Response, Tie
from simulator.scenario.draws import Draws

LARGEST_WORD = 0xFFFFFFFF
COUNTS = ("impressions", "reach", "engagements", "clicks", "intents", "orders", "late_orders")


@dataclass(frozen=True)
class Job:
    """What every program is told. Chances are of a person who sees a post."""

    run: int
    followers: int
    days: int
    post_days: tuple[int, ...]
    about: tuple[int, ...]  # identities of the posts, for keyed dice
    seed: int
    world: int
    reach: float  # chance that a follower sees a post at all
    seen_by_age: tuple[float, ...]  # of those, by the end of each day of its life
    engage: float
    click: tuple[float, float]  # by engaged
    order: tuple[float, float]  # by clicked
    half_life: float  # days from intent to order

    def expected(self) -> dict[str, float]:
        """Expected counts of one run, from the chances alone."""
        views = self.followers * self.reach * sum(self.seen_by_age[self.last_age(day)] for day in self.post_days)
        clicking = self.engage * self.click[1] + (1.0 - self.engage) * self.click[0]
        intending = clicking * self.order[1] + (1.0 - clicking) * self.order[0]
        chances = {"impressions": 1.0, "engagements": self.engage, "clicks": clicking, "intents": intending}
        return {name: views * chance for name, chance in chances.items()}

    def last_age(self, post_day: int) -> int:
        """The oldest age at which a post is seen within the run."""
        return min(self.days - 1 - post_day, len(self.seen_by_age) - 1)

    def day_chances(self, post_day: int) -> list[tuple[int, float]]:
        """(day, chance that a follower sees the post on that day), in order."""
        by_age = (0.0, *self.seen_by_age[: self.last_age(post_day) + 1])
        return [(post_day + age, self.reach * (late - early)) for age, (early, late) in enumerate(pairwise(by_age))]


@dataclass(frozen=True)
class Thresholds:
    """The same chances as words of dice: each is the smallest word that does not pass."""

    seen_by: tuple[int, ...]  # per age
    engage: int
    click: tuple[int, int]
    intent: tuple[int, int]
    lag_above: tuple[int, ...]  # per day of lag: words from here on order within so many days


def job_of(load: Load, run: int) -> Job:
    """The job of one run of a W-simple of any size. Refuses loads whose followers are not alike."""
    brief = brief_run(load.scenario, load.world, load.arm, Draws(load.scenario.seed, load.world.index, run))
    _demand_simplicity(brief, load)
    post, response = brief.posts[0].organic, brief.response
    person, tie = Person(0.0, 0.0, 0.0, 0), Tie(post.trust)
    return Job(
        run=run,
        followers=load.world.size,
        days=brief.horizon,
        post_days=tuple(post.day for post in brief.posts),
        about=tuple(post.about for post in brief.posts),
        seed=brief.seed,
        world=load.world.index,
        reach=chance_of_class(load.world.activity, 0, brief.posts[0].reach),
        seen_by_age=brief.seen_by_age[0],
        engage=engage(person, tie, post, response, 0.0),
        click=(click(person, tie, post, response, 0.0, 0), click(person, tie, post, response, 0.0, 1)),
        order=(order(person, tie, post, response, 0), order(person, tie, post, response, 1)),
        half_life=brief.sales.half_life,
    )


def thresholds(job: Job) -> Thresholds:
    """Where the rules themselves draw the line between two neighboring words."""
    curve = np.array(job.seen_by_age)

    def below(chance: float) -> int:
        return _first_word(lambda word: inner_unit(word) >= chance)

    def seen_later(age: int, word: int) -> bool:
        return not 0 <= age_when_seen(inner_unit(word), job.reach, curve) <= age

    def orders_within(lag: int, word: int) -> bool:
        return order_lag(inner_unit(word), job.half_life) <= lag

    return Thresholds(
        seen_by=tuple(_first_word(partial(seen_later, age)) for age in range(len(job.seen_by_age))),
        engage=below(job.engage),
        click=(below(job.click[0]), below(job.click[1])),
        intent=(below(job.order[0]), below(job.order[1])),
        lag_above=tuple(_first_word(partial(orders_within, lag)) for lag in range(job.days)),
    )


def comparable(outcome: Outcome) -> dict[str, int]:
    """The counts of ours that a job has too; intents are not among them."""
    return {name: getattr(outcome.tally, name) for name in COUNTS if name != "intents"}


def _first_word(passes: Callable[[int], bool]) -> int:
    """Smallest word from which on a monotone predicate holds."""
    low, high = 0, LARGEST_WORD
    while low < high:
        middle = (low + high) // 2
        if passes(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _demand_simplicity(brief: Brief, load: Load) -> None:
    response: Response = brief.response
    alike = response._replace(
        engaged_on_click=0.0, forgetting=0.0, trust_ignored_weight=0.0, susceptibility_on_engage=0.0
    )
    people = load.world.audiences.person
    assert not any(alike), f"W-simple has no modifiers; its scenario gives {response}"
    assert people.size == load.world.size, "W-simple: everybody follows"
    assert not load.world.network.peers.size, "W-simple: nobody shares"
    assert len({post.reach for post in brief.posts}) == 1, "W-simple: all posts reach alike"
    assert not np.ptp(load.world.activity, axis=1).any(), "W-simple: all are equally active"
