"""Half widths are those of the intervals an answer shows, of the arm that is known least."""

from __future__ import annotations

import math

import numpy as np
import pytest
from results.noise import alike, grouped, normals

from simulator.results.arms import ArmRuns
from simulator.results.precision import half_width, plain_half_width
from simulator.results.statistics import best_shares, mean, ratio_of_means, share

GROUPS = grouped(np.arange(1, 401), 8, 2)


def arm(name: str, about: int, spread: float) -> ArmRuns:
    cost = 100.0 + normals(400, about=500 + about)
    profit = 10.0 + spread * alike(GROUPS, by_world=0.6, by_draw=1.0, about=about)
    return ArmRuns(name, GROUPS, {"profit": profit, "cost": cost, "clicks": np.zeros(400)}, ())


CALM, WILD = arm("calm", 1, 5.0), arm("wild", 2, 50.0)
NOTHING = ArmRuns("no campaign", GROUPS, {"profit": np.zeros(400), "cost": np.zeros(400)}, ())
ARMS = (NOTHING, CALM, WILD)


def test_a_metric_is_as_precise_as_in_the_campaign_known_least() -> None:
    assert mean(WILD.profit, GROUPS).half_width == half_width("profit", ARMS) > mean(CALM.profit, GROUPS).half_width
    ratio = ratio_of_means(WILD.profit, WILD.columns["cost"], GROUPS)
    assert ratio.half_width == half_width("roi", ARMS)


def test_the_best_choice_is_as_precise_as_the_choice_known_least() -> None:
    shares = best_shares(np.array([each.profit for each in ARMS]))
    assert max(share(each, GROUPS).half_width for each in shares) == half_width("best", ARMS)


def test_the_larger_side_of_a_chance_counts() -> None:
    sure = ArmRuns("sure", GROUPS, {"profit": np.ones(400)}, ())
    never = share(np.zeros(400), GROUPS)
    assert never.high == pytest.approx(half_width("best", [NOTHING, sure]))
    assert 0.0 == never.low < never.high


def test_the_plain_reading_takes_runs_for_independent() -> None:
    plain = 1.96 * np.std(WILD.profit, ddof=1) / 20
    assert plain == pytest.approx(plain_half_width("profit", ARMS), rel=0.02)
    assert plain_half_width("profit", ARMS) < half_width("profit", ARMS)
    roi = (WILD.profit - WILD.profit.mean() / WILD.columns["cost"].mean() * WILD.columns["cost"]) / 100
    assert 1.96 * np.std(roi) / 20 == pytest.approx(plain_half_width("roi", ARMS), rel=0.03)
    shares = best_shares(np.array([each.profit for each in ARMS]))
    widest = max(share(each, np.zeros(400)).half_width for each in shares)
    assert widest == plain_half_width("best", ARMS)


def test_what_cannot_be_told_is_infinitely_wide() -> None:
    assert math.inf == half_width("cpc", ARMS) == plain_half_width("cpc", ARMS)
    one = ArmRuns("one", GROUPS[:, :1], {"profit": np.ones(1)}, ())
    assert math.inf == half_width("profit", [one]) == plain_half_width("profit", [one])
    assert math.inf == half_width("profit", [NOTHING])


def test_an_unknown_metric_is_an_error() -> None:
    for reading in (half_width, plain_half_width):
        with pytest.raises(KeyError):
            reading("roj", ARMS)
