"""Campaigns as users write them, in markets of any size the test can afford."""

from __future__ import annotations

from dataclasses import replace

from simulator.engines.play import Room, play
from simulator.results.outcome import Outcome
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world
from simulator.world.world import World

NO_SHOCKS = (
    "platform.engagement_level_sd=0", "platform.engagement_account_sd=0", "platform.post_reach_sd=0",
)  # fmt: skip


def hire(key: str, followers: int, more: str = "", *, posts: str = "1", amount: str = "100") -> str:
    """One hire of a scenario file."""
    return (
        f"{{key: {key}, followers: {followers}, posts: {posts}, "
        f"pay: {{kind: flat_fee, amount: {amount}}}{', ' if more else ''}{more}}}"
    )


def village(scenario: Scenario, plan: Plan, people: int = 2000) -> World:
    """A world too small for its audiences: enough where only the numbers of a brief are looked at."""
    return build_world(scenario, replace(plan, population=people), 0)


def outcomes(scenario: Scenario, plan: Plan, arm: int, runs: int) -> list[Outcome]:
    """The first runs of an arm in the first world."""
    world, room = build_world(scenario, plan, 0), Room()
    return [play(scenario, world, plan.arms[arm], run, "compiled", room) for run in range(1, runs + 1)]
