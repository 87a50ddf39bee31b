"""Rows about what is measured: which of the orders caused are seen, and for whom the error is larger."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.decide.claims.observable import Look, Observable, difference, level, log_ratio_of_ratios, minus, ratio
from simulator.decide.claims.row import Claim
from simulator.decide.claims.runs import of_each_draw

LEAST_SEEN: Final = 0.5


def relative_error(place: str) -> Look:
    """Root mean square of tracked less caused orders, over the mean of those caused, within each draw."""
    return lambda runs: of_each_draw(
        _relative_error, runs.column("attributed_orders", place), runs.column("incremental_orders", place)
    )


def log_ratio_of_errors(more: str, less: str) -> Look:
    """Logarithm of how many times larger the relative error is in one arm than in another."""
    return lambda runs: of_each_draw(
        lambda a, b, c, d: np.log(_above_zero(_relative_error(a, b)) / _above_zero(_relative_error(c, d))),
        *(
            runs.column(metric, place)
            for place in (more, less)
            for metric in ("attributed_orders", "incremental_orders")
        ),
    )


def bias_of_return(place: str) -> Look:
    """Revenue tracked for each dollar, less revenue caused."""
    return minus(ratio("attributed_revenue", "cost", place), ratio("incremental_revenue", "cost", place))


def error_of_return(place: str) -> Look:
    """Root mean square of revenue tracked for each dollar less revenue caused, within each draw."""
    return lambda runs: of_each_draw(
        lambda tracked, caused, cost: np.sqrt((((tracked - caused) / cost) ** 2).mean(axis=-1)),
        *(runs.column(name, place) for name in ("attributed_revenue", "incremental_revenue", "cost")),
    )


def _relative_error(tracked: NDArray[Any], caused: NDArray[Any]) -> NDArray[Any]:
    """NaN where nothing was caused."""
    mean = caused.mean(axis=-1)
    return np.asarray(np.sqrt(((tracked - caused) ** 2).mean(axis=-1)) / _above_zero(mean))


def _above_zero(values: NDArray[Any]) -> NDArray[Any]:
    """The values, NaN unless above zero."""
    return np.where(values > 0.0, values, np.nan)


ROWS: Final = (
    Claim(
        "M11",
        "consequence",
        ("a0",),
        "Links and codes track the sales that a campaign drives.",
        Observable(
            "tracked orders less half of those caused",
            "orders",
            lambda runs: (
                runs.column("attributed_orders", "by link") - LEAST_SEEN * runs.column("incremental_orders", "by link")
            ),
        ),
        why="Tracking is never complete, so the claim is taken as: at least half of the orders are seen.",
        also=(
            Observable(
                "tracked of those caused, by link", "share", ratio("attributed_orders", "incremental_orders", "by link")
            ),
            Observable("by code", "share", ratio("attributed_orders", "incremental_orders", "by code")),
            Observable(
                "by link, if no click lost its track",
                "share",
                ratio("attributed_orders", "incremental_orders", "by link @ no loss"),
            ),
            Observable(
                "of what codes took off, by people who would have bought anyway",
                "share",
                ratio("discounts_anyway", "discounts", "by code"),
            ),
            Observable(
                "profit, by code with a tenth off, less by link", "USD", difference("profit", "by code", "by link")
            ),
        ),
        variants={"no loss": ("mechanisms.tracking_loss=off",)},
    ),
    Claim(
        "M24",
        "consequence",
        ("a2",),
        "What large accounts bring is harder to measure and to attribute.",
        Observable(
            "error of tracked orders relative to those caused, one macro against ten micros",
            "times",
            log_ratio_of_errors("one macro", "ten micros"),
        ),
        why="That more is lost with large audiences is put in; but most of what no link sees is ordered without a "
        "click, at every size. The error is the root mean square over luck, so bias counts as well as noise. Relative "
        "to what was caused, fewer orders for the same money show more of it; dollars, beside, may tell the opposite.",
        also=(
            Observable(
                "the same if no click lost its track",
                "times",
                log_ratio_of_errors("one macro @ no loss", "ten micros @ no loss"),
            ),
            Observable(
                "tracked of those caused, one macro against ten micros",
                "times",
                log_ratio_of_ratios("attributed_orders", "incremental_orders", "one macro", "ten micros"),
            ),
            Observable("error, one macro", "of those caused", relative_error("one macro")),
            Observable("error, ten micros", "of those caused", relative_error("ten micros")),
            Observable("bias of the revenue of a dollar, one macro", "USD", bias_of_return("one macro")),
            Observable("ten micros", "USD", bias_of_return("ten micros")),
            Observable("its error, one macro", "USD", error_of_return("one macro")),
            Observable("ten micros, error", "USD", error_of_return("ten micros")),
            Observable("revenue of a dollar, one macro", "USD", level("iroas", "one macro")),
            Observable("ten micros, revenue", "USD", level("iroas", "ten micros")),
        ),
        variants={"no loss": ("mechanisms.tracking_loss=off",)},
        facts=(
            "Even experiments tell an ad's return to ± 26 percentage points only, in the median (Lewis & Rao 2015).",
        ),
    ),
)
