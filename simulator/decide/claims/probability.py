"""How likely an effect is above zero, over what we don't know. Luck is no part of it.

A draw of parameters is played several times (replicates). The effect a draw would show on average is unknown, but its
replicates tell it with some noise. The share of draws whose *average over replicates* is above zero would lean to one
half, because noise flips signs. So the noise is taken out: effects are measured in units of their draw's own noise,
where they are normal around a common center, and each draw keeps as much of its distance from the center as its noise
leaves credible (empirical Bayes). The probability is the mean over draws of the chance that the effect lies above zero.

Runs of one world share its people. An effect of worlds is the same in all draws, so it is estimated and set aside as
luck. The stated error leaves out draws and worlds in turn (jackknife): both kinds of chance are in it, worlds as far as
they differ by more than the luck that is in both. It is never below what a wider spread of effects would change, as
wide as the replicates allow: where luck drowns ignorance, a spread of zero is no knowledge.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from simulator.results.statistics import Estimate, Values

GROUPS: Final = 40  # of draws, left out one at a time
LEAST_VARIANCE: Final = 1e-4  # of a draw, relative to the median: a draw without any noise is not infinitely certain


class Effects(NamedTuple):
    """Effects of the draws in units of their own noise, and what chance adds to them, as variances."""

    means: Values  # [draw]
    noise: float  # of one draw's mean
    spread: float  # between draws, without noise
    spread_error: float  # standard error of the spread
    center: float  # of the mean of all draws
    worlds: float  # share of what worlds seem to do that is more than chance


def probability_above_zero(values: Values, worlds: int) -> Estimate:
    """Chance that the expected effect is above zero, and its Monte Carlo error.

    `values` are effects [draw, replicate]; replicate j of each draw was played in world j mod `worlds`. The error is
    never below the weight of a single draw.
    """
    found = effects(values, worlds)
    value = _probability(found)
    error = math.sqrt(_error_of_draws(values, worlds) + found.worlds * _error_of_worlds(values, worlds))
    if_wider = _probability(found._replace(spread=found.spread + found.spread_error))
    return Estimate(value, max(error, abs(if_wider - value), 1.0 / len(values)))


def effects(values: Values, worlds: int) -> Effects:
    """Take apart what draws, worlds and luck do to the values [draw, replicate]."""
    draws, replicates = values.shape
    scales, own = _scales(values)
    scaled = values / scales[:, None]
    means = scaled.mean(axis=1)
    left = (scaled - means[:, None]).reshape(draws, -1, worlds)
    by_world = left.mean(axis=(0, 1))
    freedom = draws * replicates - draws - worlds + 1
    noise = float(np.sum((left - by_world) ** 2)) / freedom / replicates if freedom > 0 else 0.0
    noise *= (replicates - 1) / max(replicates - 1 - 2.0 * own, 0.5)  # a scale from the same luck hides some of it
    total = float(np.var(means, ddof=1)) if draws > 1 else 0.0
    seen = float(np.var(by_world, ddof=1)) / worlds if worlds > 1 else 0.0
    through_worlds = max(0.0, seen - noise / draws)
    beyond_chance = through_worlds / seen if seen > 0.0 else 0.0
    spread_error = total * math.sqrt(2.0 / max(draws - 1, 1))
    return Effects(means, noise, max(0.0, total - noise), spread_error, total / draws + through_worlds, beyond_chance)


def _probability(found: Effects) -> float:
    center = float(np.mean(found.means))
    known = found.spread + found.noise
    kept = found.spread / known if known > 0.0 else 1.0
    shrunk = center + kept * (found.means - center)
    uncertainty = math.sqrt(kept * found.noise + (1.0 - kept) ** 2 * found.center)
    return float(np.mean([_chance_above_zero(mean, uncertainty) for mean in shrunk.tolist()]))


def _chance_above_zero(mean: float, sd: float) -> float:
    if sd > 0.0:
        return 0.5 * math.erfc(-mean / sd / math.sqrt(2.0))
    return 0.5 if mean == 0.0 else float(mean > 0.0)


def _scales(values: Values) -> tuple[Values, float]:
    """Standard deviation of each draw's replicates, drawn together as far as their differences may be chance.

    The log of a variance with n degrees of freedom varies by trigamma(n / 2) around the log of the true one.
    """
    replicates = values.shape[1]
    variances = np.var(values, axis=1, ddof=1) if replicates > 1 else np.zeros(len(values))
    if not np.any(variances > 0.0):
        return np.ones(len(values)), 0.0
    least = LEAST_VARIANCE * float(np.median(variances[variances > 0.0]))
    logs = np.log(np.maximum(variances, least))
    found = float(np.var(logs, ddof=1)) if len(logs) > 1 else 0.0
    kept = max(0.0, 1.0 - _trigamma(0.5 * (replicates - 1)) / found) if found > 0.0 else 0.0
    scales: Values = np.exp(0.5 * (np.mean(logs) + kept * (logs - np.mean(logs))))
    return scales, kept


def _trigamma(x: float) -> float:
    """Second derivative of the log of the gamma function, x > 0."""
    shifted = 0.0
    while x < 6.0:
        shifted += 1.0 / (x * x)
        x += 1.0
    return shifted + 1.0 / x + 0.5 / x**2 + 1.0 / (6.0 * x**3) - 1.0 / (30.0 * x**5) + 1.0 / (42.0 * x**7)


def _error_of_draws(values: Values, worlds: int) -> float:
    """Variance of the probability through the choice of draws."""
    groups = min(GROUPS, len(values))
    if groups < 2:
        return 0.25
    group = np.arange(len(values)) % groups
    return _jackknife([_probability(effects(values[group != left_out], worlds)) for left_out in range(groups)])


def _error_of_worlds(values: Values, worlds: int) -> float:
    """Variance of the probability through the choice of worlds; a single world cannot tell."""
    if worlds < 2:
        return 0.0
    world = np.arange(values.shape[1]) % worlds
    without_one = [effects(values[:, world != left_out], worlds - 1) for left_out in range(worlds)]
    return _jackknife([_probability(found) for found in without_one])


def _jackknife(without_one: list[float]) -> float:
    return (len(without_one) - 1) * float(np.var(without_one))
