"""What one run costs: W, a run with almost nothing in it, the Mesa form, and worlds."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarking.clock import clocked, repeated
from benchmarking.effort import Effort
from benchmarking.loads import MAIN, Load, W, campaign, load, nearly_empty
from simulator.engines.play import Scratch
from simulator.results.outcome import Outcome
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world

SMALL_RUNS = 20  # per run of W


def work_of(outcome: Outcome) -> dict[str, int]:
    """What a run did: the figures that must not shrink when it gets faster."""
    tally = outcome.tally
    return {
        "encounters": tally.impressions,
        "engagements": tally.engagements + tally.engagements_word_of_mouth,
        "orders": tally.orders,
    }


def measure_w(w: Load, scratch: Scratch, effort: Effort) -> dict[str, Any]:
    """One arm of W: milliseconds per run, and what the first run did."""
    timing = repeated(lambda run: w.play(run, scratch), effort.runs)
    work = work_of(w.play(1, scratch))
    return {
        "w_ms": timing.wall_ms,
        **work,
        "details": {"w": {**timing._asdict(), "us_per_encounter": 1e3 * timing.cpu_ms / work["encounters"]}},
    }


def measure_small_runs(effort: Effort) -> dict[str, Any]:
    """One arm of a nearly empty scenario, which is all overhead."""
    with tempfile.TemporaryDirectory() as folder:
        small, scratch = nearly_empty(Path(folder)), Scratch()
        timing = repeated(lambda run: small.play(run, scratch), SMALL_RUNS * effort.runs)
    return {"small_run_overhead_ms": timing.wall_ms, "details": {"small_run": timing._asdict()}}


def measure_mesa(effort: Effort, compiled_us: float) -> dict[str, Any]:
    """The Mesa form on a shrunken W, in CPU time, and whether it gives what the compiled form gives."""
    small, scratch = load(W, effort.mesa_followers), Scratch()
    runs = range(1, effort.rounds + 1)
    compiled = [small.play(run, scratch) for run in runs]
    mesa = [small.play(run, scratch, "mesa") for run in runs]  # the first one converts the graph
    timing = repeated(lambda run: small.play(run, scratch, "mesa"), effort.rounds)
    us = 1e3 * timing.cpu_ms / median(work_of(outcome)["encounters"] for outcome in mesa)
    return {
        "mesa_us_per_encounter": us,
        "engines_equal": all(same(one, other) for one, other in zip(compiled, mesa, strict=True)),
        "details": {
            "mesa": {
                **timing._asdict(),
                "followers": effort.mesa_followers,
                "ratio_to_compiled": us / compiled_us,
                "compared": "CPU time per encounter; the compiled form's is of W",
            }
        },
    }


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes are equal in every count, cent and byte."""
    fields = [field for field in vars(one) if field != "daily"]
    return one.daily.tobytes() == other.daily.tobytes() and all(
        getattr(one, field) == getattr(other, field) for field in fields
    )


def measure_worlds(effort: Effort) -> dict[str, Any]:
    """Seconds per million people to build W's market and the main scenario's, from dice and not from a disk."""
    worlds = {W: _measure_world(*campaign(W, effort.followers), effort.worlds)}
    if effort.followers is None:  # the other market is too large for a test
        worlds[MAIN] = _measure_world(*campaign(MAIN), effort.worlds)
    slowest = max(world["wall_s_per_million"] for world in worlds.values())
    return {"world_s_per_million": slowest, "details": {"worlds": worlds}}


def _measure_world(scenario: Scenario, plan: Plan, worlds: int) -> dict[str, Any]:
    times = [clocked(partial(build_world, scenario, plan, world)) for world in range(worlds)]
    wall, cpu = (1e-3 * median(column) for column in zip(*times, strict=True))
    millions = plan.population / 1e6
    return {
        "people": plan.population,
        "wall_s_per_million": wall / millions,
        "cpu_s_per_million": cpu / millions,
    }
