"""Studies of numbers whose truth is known: runs with a network, ignorance and luck of stated sizes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import ndtr, ndtri

from simulator.dice import inner_unit, philox
from simulator.results.arms import ArmRuns
from simulator.results.estimate import Estimate
from simulator.results.lanes import lane_of
from simulator.results.paired import paired, regret
from simulator.results.statistics import (
    TAIL,
    Values,
    best_shares,
    conditional_value_at_risk,
    mean,
    ratio_of_means,
    share,
    value_at_risk,
)
from simulator.results.variance import parts_of

SKEW = 0.8  # log-sd of skewed profits: skewness 3.7
LEAD, OWN = 0.1, 0.5  # of the better arm, and what only one arm's dice decide
COST = 2.0
LIKELY, RARE = 0.3, 0.05
SIZES = ((4, 2), (8, 1), (8, 2), (16, 2))  # worlds, and runs per draw
RUNS = (200, 1000, 2000)
EFFECTS = ((0.0, 0.0), (0.2, 1.0), (0.5, 0.0), (0.0, 3.0))  # of worlds and of draws, in standard deviations of luck


@dataclass(frozen=True)
class Case:
    """One kind of study."""

    worlds: int
    replicates: int
    runs: int
    by_world: float
    by_draw: float
    shape: str = "normal"  # or skewed
    spread: str = "all"  # "gaps": every tenth run is missing; "lanes": draws are spread evenly in each lane

    @property
    def scale(self) -> float:
        return math.sqrt(1.0 + self.by_world**2 + self.by_draw**2)


def cases() -> Iterator[Case]:
    """Every size with every effect and shape, and some with gaps or lanes."""
    for (worlds, replicates), runs, effects, shape in product(SIZES, RUNS, EFFECTS, ("normal", "skewed")):
        yield Case(worlds, replicates, runs, *effects, shape)
    for runs, effects in product(RUNS, EFFECTS):
        yield Case(8, 8, runs, *effects)
    for spread, runs, effects in product(("gaps", "lanes"), RUNS, EFFECTS):
        yield Case(8, 2, runs, *effects, "skewed", spread)


def noise(*shape: int, about: tuple[int, int]) -> Values:
    """Independent standard normals from keyed dice."""
    count = math.prod(shape)
    words = np.stack(philox(np.arange(-(-count // 4)), *about, 0, 7, 0))
    found: Values = ndtri(inner_unit(words.T.ravel()[:count])).reshape(shape)
    return found


def truths(case: Case) -> Mapping[str, float]:
    """What intervals should hold."""
    border = float(ndtri(TAIL))
    density = math.exp(-0.5 * border * border) / math.sqrt(2.0 * math.pi)
    center, tail, tail_mean = 0.0, border, -density / TAIL
    if case.shape == "skewed":
        center = math.exp(0.5 * SKEW**2)
        tail, tail_mean = math.exp(SKEW * border), center * float(ndtr(border - SKEW)) / TAIL
    ahead = LEAD / OWN
    better = float(ndtr(ahead))
    total = case.scale**2
    return {
        "mean": center,
        "ratio of means": center / COST,
        f"probability {LIKELY}": LIKELY,
        f"probability {RARE}": RARE,
        "value at risk": tail,
        "mean of the worst 5%": tail_mean,
        "paired difference": LEAD,
        "P(best)": better,
        "regret": OWN * math.exp(-0.5 * ahead**2) / math.sqrt(2.0 * math.pi) + LEAD * better,
        "share of ignorance": case.by_draw**2 / total,
        "share of luck": 1.0 / total,
        "share of network": case.by_world**2 / total,
    }


def studies(case: Case, repeats: int, about: int) -> Iterator[dict[str, Estimate]]:
    """What each study finds, by statistic."""
    numbers = np.arange(1, case.runs + 1)
    if case.spread == "gaps":
        numbers = numbers[numbers % 10 != 3]
    world, draw = (numbers - 1) % case.worlds, (numbers - 1) // case.replicates + 1
    lanes = lane_of(draw, case.worlds // case.replicates) if case.spread == "lanes" else None
    groups = np.stack([world, draw]) if case.replicates > 1 else world
    frame = ArmRuns("frame", groups, {}, (), lanes)
    for repeat in range(repeats):
        thrown = [scores(case, world, draw, (about, 4 * repeat + k)) for k in range(3)]
        yield _found(case, frame, *thrown)


def scores(case: Case, world: Values, draw: Values, about: tuple[int, int]) -> Values:
    """Standard normal scores of the runs."""
    draws = -(-case.runs // case.replicates)
    drawn = noise(len(world) + case.worlds + draws, about=about)
    luck, people, ignorance = np.split(drawn, [len(world), len(world) + case.worlds])
    if case.spread == "lanes":
        ignorance = _evenly(ignorance, case.worlds // case.replicates)
    return (luck + case.by_world * people[world] + case.by_draw * ignorance[draw - 1]) / case.scale


def _evenly(scores: Values, lanes: int) -> Values:
    """Scores of draws that fall in each of as many strata as a lane has draws, in the order of the given ones."""
    found = np.empty_like(scores)
    for lane in range(lanes):
        own = scores[lane::lanes]
        inside = ndtr(np.roll(own, 1))  # of another draw, so that a stratum tells nothing of the place in it
        found[lane::lanes] = ndtri((np.argsort(np.argsort(own)) + inside) / len(own))
    return found


def _found(case: Case, frame: ArmRuns, one: Values, two: Values, three: Values) -> dict[str, Estimate]:
    profit = one if case.shape == "normal" else np.exp(SKEW * one)
    ratio = ratio_of_means(profit, COST + 0.5 * two, frame.alike)
    assert ratio is not None
    ahead = ArmRuns("ahead", frame.worlds, {"profit": profit}, (), frame.lanes)
    behind = ArmRuns("behind", frame.worlds, {"profit": profit - LEAD - OWN * three}, (), frame.lanes)
    pair = paired(ahead, behind, lambda arm: arm.profit)
    assert pair is not None
    profits = np.stack([ahead.profit, behind.profit])
    found = {
        "mean": mean(profit, frame.alike),
        "ratio of means": ratio,
        f"probability {LIKELY}": share(one > -ndtri(LIKELY), frame.alike),
        f"probability {RARE}": share(one > -ndtri(RARE), frame.alike),
        "value at risk": value_at_risk(profit, frame.alike),
        "mean of the worst 5%": conditional_value_at_risk(profit, frame.alike),
        "paired difference": pair.difference,
        "P(best)": share(best_shares(profits)[0], frame.alike),
        "regret": regret(behind, profits.max(axis=0)),
    }
    if case.shape == "normal":  # else the parts of a skewed profit are others than those of its score
        found |= {f"share of {name}": part.share for name, part in parts_of(one, frame).items()}
    return found
