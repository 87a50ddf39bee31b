"""A stand-in for worlds and engine: outcomes are a pure function of arm and run, and cost no time."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from simulator.dice import Decision, identity, throw
from simulator.experiment.worker import Machinery
from simulator.results.outcome import DAILY, InfluencerTally, Outcome, Tally
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import ArmPlan, Contract, Plan
from simulator.scenario.schema import Scenario

SCENARIO = """
version: 1
name: One macro or three micros
days: 2
settle: 1
runs: 24
worlds: 4
seed: 7
brand: {topic: beauty, handling_cost: 50}
product: {price: 80, margin: 0.5, baseline_orders_per_day: 2}
population: {size: 2000}
platform: instagram
budget: 10000
arms:
  one macro: {hire: [{followers: 900, posts: 1, pay: {kind: flat_fee, amount: 700}}]}
  three micros: {hire: [{count: 3, followers: 300, posts: 2, pay: {kind: flat_fee, amount: 200}}]}
targets: {roi: ">= 0"}
"""


def campaign(folder: Path, *settings: str) -> tuple[Scenario, Plan]:
    """The scenario above with changes, and its plan."""
    file = folder / "deal.yaml"
    if not file.exists():
        file.write_text(SCENARIO)
    return load_campaign(file, settings)


@dataclass
class FakeWorld:
    """Nothing but its number."""

    number: int


@dataclass
class Watch:
    """What a test sees of the machinery: worlds alive at once, runs played, and where to fail."""

    most_worlds: int = 0
    played: list[tuple[str, int, int]] = field(default_factory=list)
    scratches: int = 0
    built: list[int] = field(default_factory=list)
    seconds: float = 0.0
    building: float = 0.0
    fail_at: frozenset[int] = frozenset()
    error: BaseException = field(default_factory=lambda: RuntimeError("the engine failed"))
    _alive: list[weakref.ref[FakeWorld]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def machinery(self) -> Machinery:
        return Machinery(self.build, self.play, self.scratch)

    def scratch(self) -> object:
        self.scratches += 1
        return object()

    def build(self, _scenario: Scenario, _plan: Plan, world: int) -> FakeWorld:
        built = FakeWorld(world)
        time.sleep(self.building)
        with self._lock:
            gc.collect(0)
            self.built.append(world)
            self._alive.append(weakref.ref(built))
            self.most_worlds = max(self.most_worlds, sum(ref() is not None for ref in self._alive))
        return built

    def play(self, scenario: Scenario, world: FakeWorld, arm: ArmPlan, run: int, engine: str, scratch: Any) -> Outcome:
        assert world.number == (run - 1) % scenario.worlds
        if run in self.fail_at:
            raise self.error
        if self.seconds:
            time.sleep(self.seconds)
        self.played.append((arm.name, run, threading.get_ident()))
        return outcome(scenario, arm, run)


def outcome(scenario: Scenario, arm: ArmPlan, run: int) -> Outcome:
    """Counts of one run: the baseline is the same in every arm, orders caused hang on the arm's name and the run."""
    world = (run - 1) % scenario.worlds
    words = throw(scenario.seed, world, 0, 0, run, Decision.BASELINE, 0)
    baseline = 3 + words[0] % 8
    influencers = tuple(_influencer(scenario, contract, run) for contract in arm.contracts)
    totals = {name: sum(getattr(tally, name) for tally in influencers) for name in SUMMED}
    orders = baseline + 2 * totals["attributed_orders"]
    return Outcome(
        arm=arm.name,
        run=run,
        world=world,
        tally=Tally(
            reach_audience=totals["reach"],
            orders=orders,
            orders_word_of_mouth=0,
            orders_discovered=0,
            late_orders=words[1] % 2,
            returns=words[2] % 3,
            repeat_orders=0,
            orders_by_list=0,
            user_posts=0,
            owned_audience=0,
            reviews=20,
            discounts_anyway=0,
            revenue=8000 * orders,
            contribution=4001 * orders,
            cost_boost=0,
            cost_license=0,
            cost_sales_rep=0,
            audiences=totals["audience"],
            audience_union=totals["audience"] * 9 // 10,
            engagers=totals["engagements"],
            engager_union=totals["engagements"],
            follower_posts=sum(tally.followers * tally.posts for tally in influencers),
            trust_sum=sum(tally.trust_sum for tally in influencers),
            population=2000,
            hired=len(influencers),
            replies=0,
            scandals=0,
            unaffordable=0,
            **{name: totals[name] for name in SHARED},
        ),
        influencers=influencers,
        parameters={"behavior.halo": words[2] / 2**32, "product.margin": 0.5},
        daily=np.full((scenario.horizon, len(DAILY)), run, dtype=np.int64),
    )


def _influencer(scenario: Scenario, contract: Contract, run: int) -> InfluencerTally:
    creator = contract.creator
    words = throw(scenario.seed, 1, 0, identity(creator.name), run, Decision.POST, 0)
    engagements, orders = words[0] % 50, words[1] % (2 + creator.followers // 60)
    return InfluencerTally(
        influencer=creator.name,
        hire=creator.hire,
        tier=creator.tier,
        followers=creator.followers,
        posts=len(contract.post_days),
        impressions=3 * engagements,
        reach=2 * engagements,
        engagements=engagements,
        engagements_word_of_mouth=1,
        impressions_discovered=2,
        engagements_discovered=1,
        likes=engagements,
        comments=0,
        shares=0,
        replies=0,
        clicks=words[2] % 3,
        attributed_orders=orders,
        attributed_revenue=8000 * orders,
        redemptions=orders,
        discounts=800 * orders,
        emv=14 * engagements,
        engagements_bought=engagements // 2,
        audience=creator.followers * 4 // 5,
        trust_sum=0.5 * (creator.followers * 4 // 5),
        cost_fees=contract.expected_fee,
        cost_product=contract.sample_cost,
        cost_handling=5000,
        cost_boost=0,
        cost_license=0,
        market_fee=contract.market_fee,
    )


SHARED = (
    "impressions", "reach", "engagements", "engagements_word_of_mouth", "likes", "comments", "shares", "clicks",
    "attributed_orders", "attributed_revenue", "redemptions", "discounts", "emv", "engagements_bought",
    "impressions_discovered", "engagements_discovered", "cost_fees", "cost_product", "cost_handling",
)  # fmt: skip
SUMMED = (*SHARED, "audience")
