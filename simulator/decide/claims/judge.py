"""Judges a row: plays it under both presets until its probability is told from the borders, or until it gives up.

The verdict is that under `measured`; what comes out under the articles' own figures, `claimed`, stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.decide.claims.flips import Flip, flip_of
from simulator.decide.claims.observable import Observable
from simulator.decide.claims.play import PRESETS, Stage
from simulator.decide.claims.probability import probability_above_zero
from simulator.decide.claims.row import FEWEST_DRAWS, Claim
from simulator.decide.claims.runs import Runs
from simulator.decide.claims.verdict import Verdict, told, verdict_of
from simulator.errors import SimulatorError
from simulator.results.statistics import Estimate, Values, mean, share

TIMES: Final = "times"  # unit of a figure that is averaged as a logarithm
PART_OF_LIMIT: Final = {"claimed": 0.5, "measured": 1.0}  # the verdict rests on what was measured
ROUNDING: Final = 1e-12  # an error below this share of its figure comes from adding up
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Figure:
    """What an observable came to: its mean over draws, luck and worlds."""

    observable: str
    unit: str
    estimate: Estimate


@dataclass(frozen=True)
class Judged:
    """A row under one preset."""

    figure: Figure
    also: tuple[Figure, ...]
    probability: Estimate  # of the stated sign, over what we don't know
    runs: int
    agents: int
    undefined: int  # draws left out because the observable has no value in one of their runs
    verdict: Verdict
    flip: Flip | None
    flips_on_quantile: bool  # the flip's value is a quantile: the number is a curve over followers

    @property
    def told(self) -> bool:
        return told(self.probability)


@dataclass(frozen=True)
class Verdicts:
    """A row under every preset."""

    claim: Claim
    presets: Mapping[str, Judged]

    @property
    def measured(self) -> Judged:
        return self.presets["measured"]

    @property
    def verdict(self) -> Verdict:
        return self.measured.verdict


def judge(claim: Claim, stage: Stage, most_draws: int | None = None) -> Verdicts:
    """A row's verdicts. `most_draws` replaces the row's own limit."""
    limit = claim.most_draws if most_draws is None else most_draws
    return Verdicts(claim, {preset: judged(claim, stage, preset, _part(limit, preset)) for preset in PRESETS})


def _part(limit: int, preset: str) -> int:
    return max(2, int(limit * PART_OF_LIMIT[preset]))


def judged(claim: Claim, stage: Stage, preset: str, most_draws: int) -> Judged:
    """A row under one preset."""
    draws = min(FEWEST_DRAWS, most_draws)
    while True:
        runs = stage.runs(claim, preset, draws)
        values, defined = _defined(claim, runs)
        probability = _probability(claim.observable, values, runs.written.worlds)
        if claim.kind != "consequence" or told(probability) or draws >= most_draws:
            break
        draws = min(2 * draws, most_draws)
    verdict = verdict_of(probability) if claim.kind == "consequence" else claim.kind
    flip = _flip(values, defined, runs) if verdict == "depends" else None
    return Judged(
        figure=_figure(claim.observable, values, runs),
        also=tuple(_figure(other, other.values(runs), runs) for other in claim.also),
        probability=probability,
        runs=draws * runs.written.replicates,
        agents=runs.written.agents,
        undefined=int(np.sum(~defined)),
        verdict=verdict,
        flip=flip,
        flips_on_quantile=flip is not None and flip.parameter in runs.written.curves,
    )


def _defined(claim: Claim, runs: Runs) -> tuple[Values, Flags]:
    """The observable in the draws that have it, and which those are. Raises SimulatorError if fewer than two do."""
    values = claim.observable.values(runs)
    defined: Flags = np.asarray(np.isfinite(values).all(axis=1))
    if np.sum(defined) < 2:
        raise SimulatorError(f"{claim.id}: {claim.observable.name} is undefined; see {claim.scenario}")
    return values[defined], defined


def _probability(observable: Observable, values: Values, worlds: int) -> Estimate:
    if observable.stated == "above 0":
        return probability_above_zero(values, worlds)
    return share((values == 0.0).all(axis=1), np.zeros(len(values), np.int64))


def _flip(values: Values, defined: Flags, runs: Runs) -> Flip | None:
    parameters = {path: drawn[defined] for path, drawn in runs.parameters().items()}
    return flip_of(values, runs.written.worlds, parameters)


def _figure(observable: Observable, values: Values, runs: Runs) -> Figure:
    """Mean and error over all runs of the draws that have a value."""
    values = values[np.isfinite(values).all(axis=1)]
    draws, replicates = values.shape
    alike = np.stack(
        [np.tile(np.arange(replicates) % runs.written.worlds, draws), np.repeat(np.arange(draws), replicates)]
    )
    estimate = mean(values.ravel(), alike)
    if estimate.error is not None and estimate.error < ROUNDING * abs(estimate.value):
        estimate = Estimate(estimate.value, 0.0)
    if observable.unit == TIMES:
        factor = math.exp(estimate.value)
        estimate = Estimate(factor, None if estimate.error is None else factor * estimate.error)
    return Figure(observable.name, observable.unit, estimate)
