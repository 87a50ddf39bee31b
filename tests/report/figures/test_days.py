"""Figures over days against the table of days and of runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.report.figures.days import break_even_day, orders_over_days, profit_over_days, reach_over_days
from simulator.report.reading import Reading
from simulator.results.wording import money


def caused(reading: Reading, arm: str, column: str) -> pd.DataFrame:
    """What the arm has more than no campaign, added up; by run and day."""
    assert reading.daily is not None
    days = reading.daily.pivot_table(index=["arm", "run"], columns="day", values=column)
    return (days.loc[arm] - days.loc["no campaign"]).cumsum(axis=1)


def test_orders_are_those_beyond_no_campaign_added_up(mixed: Reading) -> None:
    figure = orders_over_days(mixed)
    assert figure is not None
    for arm in mixed.campaigns:
        expected = caused(mixed, arm.name, "orders")
        rows = figure.data[figure.data["arm"] == arm.name].set_index("day")
        for day in rows.index:
            runs = expected[day - 1]
            assert rows.loc[day, "mean"] == pytest.approx(runs.mean(), abs=1e-6)
            for band, part in (("p05", 0.05), ("p25", 0.25), ("p75", 0.75), ("p95", 0.95)):
                assert rows.loc[day, band] == pytest.approx(runs.quantile(part), abs=1e-6)


def test_on_the_last_day_stand_the_numbers_of_the_whole_run(mixed: Reading) -> None:
    orders, profit = orders_over_days(mixed), profit_over_days(mixed)
    assert orders is not None
    assert profit is not None
    means = mixed.runs.groupby("arm")[["incremental_orders", "profit"]].mean()
    for arm in mixed.campaigns:
        for figure, column in ((orders, "incremental_orders"), (profit, "profit")):
            rows = figure.data[figure.data["arm"] == arm.name]
            assert 28 == rows["day"].max()
            assert rows["mean"].iloc[-1] == pytest.approx(means.loc[arm.name, column], rel=1e-5, abs=1e-5)


def test_people_reached_for_the_first_time_add_up_to_the_reach_of_every_run(mixed: Reading) -> None:
    assert mixed.daily is not None
    by_days = mixed.daily.groupby(["arm", "run"])["reach_new"].sum()
    reach = mixed.runs.set_index(["arm", "run"])["reach"]
    assert reach.max() > 0
    assert by_days.to_dict() == reach.to_dict()
    figure = reach_over_days(mixed)
    assert figure is not None
    for arm in mixed.campaigns:
        rows = figure.data[figure.data["arm"] == arm.name]
        assert rows["mean"].is_monotonic_increasing
        assert rows["mean"].iloc[-1] == pytest.approx(reach[arm.name].mean(), rel=1e-5)


def test_a_folder_from_before_reach_was_counted_by_day_has_no_such_figure(mixed: Reading) -> None:
    assert mixed.daily is not None
    assert reach_over_days(replace(mixed, daily=mixed.daily.drop(columns="reach_new"))) is None


def test_before_the_first_order_the_whole_cost_is_lost(mixed: Reading) -> None:
    figure = profit_over_days(mixed)
    assert figure is not None
    costs = mixed.runs.groupby("arm")["cost"].mean()
    for arm in mixed.campaigns:
        first = figure.data[figure.data["arm"] == arm.name].iloc[0]
        earned = caused(mixed, arm.name, "contribution")[0].mean()
        assert first["mean"] == pytest.approx(earned - costs[arm.name], rel=1e-5)


def test_the_break_even_day_is_the_first_from_which_the_mean_stays_positive() -> None:
    assert 3 == break_even_day(np.array([[-2.0, -1.0, 0.0, 4.0], [-2.0, -1.0, 0.5, 4.0]]))
    assert 4 == break_even_day(np.array([[-2.0, 1.0, -1.0, 4.0]]))
    assert 1 == break_even_day(np.array([[0.0, 1.0]]))
    assert break_even_day(np.array([[1.0, -1.0]])) is None


def test_the_sentence_says_the_day_and_the_end(mixed: Reading, quick: Reading) -> None:
    figure = profit_over_days(mixed)
    assert figure is not None
    for arm in mixed.campaigns:
        runs = caused(mixed, arm.name, "contribution").sub(pd.Series(arm.columns["cost"], index=range(1, 121)), axis=0)
        day = break_even_day(runs.to_numpy())
        back = f"has earned its cost back by day {day}" if day else "does not earn its cost back"
        end = money(runs[27].mean(), "USD", mixed.answers[arm.name]["versus_no_campaign"]["error"])
        assert f"{arm.name} {back}" in figure.sentence
        assert f"ends at {end}" in figure.sentence
    never = profit_over_days(quick)
    assert never is not None
    assert "five does not earn its cost back within the days observed" in never.sentence


def test_a_run_without_days_has_neither(mixed: Reading) -> None:
    from dataclasses import replace

    bare = replace(mixed, daily=None)
    assert (None, None) == (orders_over_days(bare), profit_over_days(bare))


def test_of_a_long_run_no_more_than_sixty_days_are_drawn_and_the_last_is_one(mixed: Reading) -> None:
    from simulator.report.figures.days import _fan

    data = _fan({"one": np.arange(150.0)[np.newaxis]})
    assert len(data) <= 60
    assert (150, 149.0) == (data["day"].iloc[-1], data["mean"].iloc[-1])
