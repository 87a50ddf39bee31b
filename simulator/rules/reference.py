"""Rates of a reference audience: solve the log-odds that make the modeled mean equal a stated rate.

Modifiers (trust, fit) act on log-odds. Whoever states "2% of viewers click" states a mean over an audience in which
people differ; the intercept that gives this mean is found here, numerically. Audiences are weighted nodes.
"""

from __future__ import annotations

from typing import Any

from simulator.arithmetic import logistic, logit
from simulator.compiled import rule

NEVER = -1000.0
ALWAYS = 1000.0


@rule
def mean_chance(intercept: float, weights: Any, offsets: Any) -> float:
    """Weighted mean of logistic(intercept + offset); weights need not sum to 1."""
    total = 0.0
    weight = 0.0
    for i in range(weights.size):
        total += weights[i] * logistic(intercept + offsets[i])
        weight += weights[i]
    return total / weight if weight > 0.0 else 0.0


@rule
def solve_intercept(target: float, weights: Any, offsets: Any) -> float:
    """Intercept at which the mean chance over the nodes equals `target`: Newton, kept inside a shrinking bracket."""
    if target <= 0.0:
        return NEVER
    if target >= 1.0:
        return ALWAYS
    smallest = offsets[0]
    largest = offsets[0]
    for i in range(offsets.size):
        smallest = min(smallest, offsets[i])
        largest = max(largest, offsets[i])
    low = logit(target) - largest
    high = logit(target) - smallest
    x = 0.5 * (low + high)
    for _ in range(60):
        total = 0.0
        slope = 0.0
        weight = 0.0
        for i in range(weights.size):
            p = logistic(x + offsets[i])
            total += weights[i] * p
            slope += weights[i] * p * (1.0 - p)
            weight += weights[i]
        error = total / weight - target
        if -1e-14 < error < 1e-14 or high - low < 1e-13:
            break
        if error > 0.0:
            high = x
        else:
            low = x
        step = x - error * weight / slope if slope > 0.0 else low
        x = step if low < step < high else 0.5 * (low + high)
    return x


@rule
def shocked_chance(
    mean: float, sd: float, shock: float, normal_weights: Any, normal_offsets: Any, scratch: Any
) -> float:
    """A probability moved by a normal shock on its log-odds, with mean exactly `mean` over shocks.

    For small rates this is the lognormal factor e^(sd·shock − sd²/2); unlike the factor it cannot leave [0, 1].
    `normal_*` are quadrature nodes of a standard normal; `scratch` has their size.
    """
    if sd <= 0.0 or mean <= 0.0 or mean >= 1.0:
        return mean
    for i in range(normal_offsets.size):
        scratch[i] = sd * normal_offsets[i]
    return logistic(solve_intercept(mean, normal_weights, scratch) + sd * shock)
