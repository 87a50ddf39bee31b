"""The loads: shipped scenarios, at any number of followers, with one arm to play."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from simulator.engines.play import Scratch, play
from simulator.results.outcome import Outcome
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import ArmPlan, Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world
from simulator.world.world import World

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
W, W_SIMPLE, MAIN, QUICK = "benchmark_w", "benchmark_w_simple", "one_macro_vs_ten_micros", "quick"


class Load(NamedTuple):
    """One arm of one scenario in its first world, ready to be played."""

    scenario: Scenario
    plan: Plan
    arm: ArmPlan
    world: World

    def play(self, run: int, scratch: Scratch, engine: str = "compiled") -> Outcome:
        """Play one run (from 1)."""
        return play(self.scenario, self.world, self.arm, run, engine, scratch)  # type: ignore[arg-type]


def campaign(name: str, followers: int | None = None) -> tuple[Scenario, Plan]:
    """A shipped scenario; with `followers`, a benchmark of that many followers in a market of just them."""
    resized = [] if followers is None else [
        f"population.size={followers}", f"arms.macro.hire.0.followers={followers}", "tiers.macro=[1,100000000]",
    ]  # fmt: skip
    return load_campaign(SCENARIOS / f"{name}.yaml", resized)


def load(name: str, followers: int | None = None) -> Load:
    """A benchmark with its world built and its arm (not `no campaign`) chosen."""
    scenario, plan = campaign(name, followers)
    return Load(scenario, plan, _hiring(plan), build_world(scenario, plan, 0))


def nearly_empty(folder: Path) -> Load:
    """A hire with 100 followers in a market of 4,000, four weeks: what is left is the cost of any run."""
    path = folder / "nearly_empty.yaml"
    path.write_text(NEARLY_EMPTY)
    scenario, plan = load_campaign(path)
    return Load(scenario, plan, _hiring(plan), build_world(scenario, plan, 0))


def _hiring(plan: Plan) -> ArmPlan:
    return next(arm for arm in plan.arms if arm.contracts)


NEARLY_EMPTY = """\
version: 1
name: A hire with a hundred followers
days: 14
settle: 14
worlds: 1
seed: 7
brand: {topic: beauty, handling_cost: 5}
product: {price: 40, margin: 0.5, baseline_orders_per_day: 1}
population: {size: 4000, topics: {beauty: 0.6, other: 0.4}, network: {kind: heavy_tailed, most_peers: 1000}}
tiers: {nano: [100, 1000]}
budget: 300
arms:
  one: {hire: [{followers: 100, posts: 1, pay: {kind: flat_fee, amount: equal_share}}]}
"""
