"""Looks that single rows need agree with what one computes by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from simulator.decide.claims.rows.attribution import (
    bias_of_return,
    error_of_return,
    log_ratio_of_errors,
    relative_error,
)
from simulator.decide.claims.rows.managing import missing, per_added
from simulator.decide.claims.runs import Runs, Tables
from simulator.decide.claims.teams import mean_over_hired

REPLICATES = 2
RUNS = 4


def tables(effort: list[tuple[int, float]]) -> Tables:
    """Arms `one` and `three` with so many creators; tracked orders are a half, and a half and one more."""
    caused = np.array([4.0, 8.0, 6.0, 10.0])
    table = pa.table(
        {
            "arm": ["one"] * RUNS + ["three"] * RUNS,
            "run": [1, 2, 3, 4] * 2,
            "hired": [1.0] * RUNS + [3.0] * RUNS,
            "no_shows": [0.0] * RUNS + [1.0] * RUNS,
            "profit": [5.0, 6.0, 7.0, 8.0, 9.0, 6.0, 3.0, 0.0],
            "cost": [10.0] * RUNS + [20.0] * RUNS,
            "incremental_orders": np.tile(caused, 2),
            "attributed_orders": np.concatenate([caused / 2.0, caused + 1.0]),
            "incremental_revenue": np.tile(10.0 * caused, 2),
            "attributed_revenue": np.concatenate([5.0 * caused, 10.0 * caused + 10.0]),
        }
    )
    who = pa.table(
        {"arm": ["three"] * len(effort), "run": [run for run, _ in effort], "effort": [each for _, each in effort]}
    )
    return Tables(table, who, REPLICATES, 1, 100, frozenset())


FOUND = Runs({"": tables([(1, 1.0), (1, 0.5), (2, 0.75), (4, 0.3)])})


def test_what_is_added_is_told_for_each_influencer() -> None:
    assert [[2.0, 0.0], [-2.0, -4.0]] == per_added("profit", "three", "one")(FOUND).tolist()
    assert pytest.approx(1 / 3) == missing("three")(FOUND)


def test_the_error_of_tracking_counts_bias_relative_to_what_was_caused() -> None:
    half = np.sqrt([(4 + 16) / 2, (9 + 25) / 2]) / [6.0, 8.0]
    whole = relative_error("one")(FOUND)
    # The jackknife of two: twice the whole less the mean of the two parts, whose errors are 1/2 each.
    assert pytest.approx((2.0 * half - 0.5).tolist()) == whole.mean(axis=1).tolist()
    assert (2, 2) == log_ratio_of_errors("one", "three")(FOUND).shape
    assert (log_ratio_of_errors("one", "three")(FOUND).mean(axis=1) > 0.0).all()


def test_bias_and_error_of_return_are_in_revenue_for_a_dollar() -> None:
    assert pytest.approx([-3.0, -4.0]) == bias_of_return("one")(FOUND).mean(axis=1).tolist()
    assert pytest.approx(0.5) == bias_of_return("three")(FOUND)
    assert pytest.approx(0.5) == error_of_return("three")(FOUND)


def test_a_mean_over_who_was_hired_goes_by_run_and_fills_runs_without_any() -> None:
    assert pytest.approx(np.array([[0.75, 0.75], [0.6, 0.3]])) == mean_over_hired("effort", "three")(FOUND)
