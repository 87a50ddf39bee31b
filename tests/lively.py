"""A small scenario in which everything happens often, and how to play a plan to bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulator.experiment.executors import open_team
from simulator.experiment.runner import simulate
from simulator.experiment.worker import Job
from simulator.results.store import open_store
from simulator.results.tables import TablesOf
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

TABLES = ("runs", "influencers", "daily")
Play = Callable[..., dict[str, bytes]]

LIVELY = """
version: 1
name: everything happens
brand: {topic: beauty, handling_cost: 5}
product: {price: 80, margin: 0.5, baseline_orders_per_day: 4, complexity: 0.5, quality: 1}
population: {size: 2000}
days: 14
settle: 1
worlds: 2
budget: 1000
seed: 7
arms:
  codes:
    hire:
      - followers: 1500
        posts: 3
        pay: {kind: flat_fee, amount: equal_share}
        tracking: code
        content: {polish: 2, effort: 1.5, control: 0.9, call_to_action: true}
        relationship: {belief: 1, rivals: 3, earlier_posts: 2}
  many:
    hire:
      - {followers: 600, count: 3, posts: [{day: 0}, {day: 9}], pay: {kind: flat_fee, amount: 150}}
      - key: bought
        followers: 800
        topic: food
        posts: 2
        count: 3
        tracking: none
        content: {disclosed: false}
        relationship: {rivals: 0}
        pay: {kind: flat_fee, amount: {uniform: [50, 200], varies: influencer}}
  ads: {paid_social: {spend: 60}}
behavior: {reproduction: 0.9, share_given_engaged: 0.3, peer_engagement: 0.3, wear_on_engage: 0.4, trust_step: 0.3}
platform:
  name: instagram
  reach_rate: 0.5
  decay_scale_hours: 300
  decay_shape: 1
  click_rate: 0.08
  conversion_rate: 0.3
  ad_click_rate: 0.1
  ad_conversion_rate: 0.3
"""


def lively(folder: Path, more: str = "") -> Path:
    """The file of the lively scenario, with more said at its end."""
    path = folder / "lively.yaml"
    path.write_text(LIVELY + more)
    return path


def played(
    folder: Path,
    scenario: Scenario,
    plan: Plan,
    runs: int,
    engine: str = "compiled",
    goes: tuple[int, ...] = (),
    **how: object,
) -> dict[str, bytes]:
    """The bytes of each table that a plan gives; `goes` are runs after which it is begun anew."""
    store = open_store(folder, identity="same", daily=True)
    budgets = {arm.name: arm.budget for arm in plan.arms}
    job = Job(scenario, plan, engine, TablesOf(budgets, ("runs", "influencers", "daily")))
    executor, before = str(how.pop("executor", "serial")), 0
    for limit in (*goes, runs):
        with open_team(executor) as team:
            for batch in simulate(job, team, runs=limit, done=range(1, before + 1), **how):  # type: ignore[arg-type]
                store.add(batch.content)
        before = limit
    store.merge([arm.name for arm in plan.arms], runs)
    return {name: (store.folder / f"{name}.parquet").read_bytes() for name in TABLES}
