"""A sweep's figures are those of the runs at each point, on the same people and luck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulator.decide import sweep as sweeping
from simulator.decide.ensemble import Ensemble, Stage, played
from simulator.decide.question import Question
from simulator.decide.sampling import sampled
from simulator.decide.sweep import Sweep, sweep, sweep_name
from simulator.decide.varied import Varied
from simulator.errors import InputProblems
from simulator.experiment.executors import open_team
from simulator.experiment.runner import play_all
from simulator.results.failures import Failure
from simulator.results.statistics import share
from simulator.results.tables import runs_table

QUICK = Path(__file__).parents[2] / "scenarios" / "quick.yaml"
RUNS = 16
PRICE = Varied("product.price", 20.0, 60.0, "linear", "money")


@pytest.fixture(scope="module")
def found() -> Sweep:
    with open_team("serial") as team:
        return sweep(Question(QUICK), [PRICE], sampled("grid", 1, 3, 1), RUNS, Stage(team))


def test_every_arm_is_there_at_every_point(found: Sweep) -> None:
    assert [20.0, 40.0, 60.0] == [point["values"]["product.price"] for point in found.summary["points"]]
    assert ["five", "no campaign", "one"] == sorted(found.summary["arms"])
    for point in found.summary["points"]:
        assert set(found.summary["arms"]) == set(point["arms"])
    assert 3 * 3 * RUNS == found.runs.num_rows


def test_figures_are_those_of_the_runs(found: Sweep) -> None:
    runs = found.runs.to_pandas()
    for place, point in enumerate(found.summary["points"], start=1):
        for arm, figures in point["arms"].items():
            mine = runs[(runs["point"] == place) & (runs["arm"] == arm)]
            assert mine["profit"].mean() == pytest.approx(figures["profit"]["value"])
            if arm != "no campaign":
                assert mine["profit"].sum() / mine["cost"].sum() == pytest.approx(figures["roi"]["value"])
        profits = runs[runs["point"] == place].pivot_table(index="run", columns="arm", values="profit")
        assert profits.mean().idxmax() == point["best"]


def test_the_tidy_table_agrees_with_the_summary(found: Sweep) -> None:
    tidy: pd.DataFrame = found.figures
    for point in found.summary["points"]:
        price = point["values"]["product.price"]
        for arm, figures in point["arms"].items():
            row = tidy[(tidy["product.price"] == price) & (tidy["arm"] == arm) & (tidy["metric"] == "p_best")]
            assert [figures["p_best"]["value"]] == row["value"].tolist()


def test_a_point_is_the_scenario_with_its_values_set() -> None:
    """Of two numbers, so that neither stands for the other."""
    margin = Varied("product.margin", 0.25, 0.75)
    with open_team("serial") as team:
        two = sweep(Question(QUICK), [PRICE, margin], sampled("grid", 2, 4, 1), 4, Stage(team))
    assert [(20.0, 0.25), (20.0, 0.75), (60.0, 0.25), (60.0, 0.75)] == list(two.points)
    runs = two.runs.to_pandas()
    for place, (price, margin_share) in enumerate(two.points, start=1):
        mine = runs[(runs["point"] == place) & (runs["arm"] == "one")].sort_values("run")
        assert [(price, margin_share)] == sorted(set(zip(mine["product.price"], mine["product.margin"], strict=True)))
        version = Question(QUICK).version(f"product.price={price}", f"product.margin={margin_share}")
        outcomes = play_all(version.scenario, version.plan, runs=4, executor="serial")
        alone = runs_table(outcomes, {arm.name: arm.budget for arm in version.plan.arms}).to_pandas()
        expected = alone[alone["arm"] == "one"].sort_values("run")["profit"]
        assert expected.tolist() == mine["profit"].tolist()


def test_errors_are_those_of_runs_that_share_their_luck() -> None:
    """Four worlds and two runs of each draw: such runs are no independent ones. At this price either may be best."""
    with open_team("serial") as team:
        found = sweep(Question(QUICK), [Varied("product.price", 300.0, 400.0)], np.array([[1.0]]), RUNS, Stage(team))
    runs = found.runs.to_pandas()
    profits = runs.pivot_table(index="run", columns="arm", values="profit")
    groups = np.stack([np.arange(RUNS) % 4, np.arange(RUNS) // 2])
    best = share((profits["one"] == profits.max(axis=1)).to_numpy().astype(float), groups)
    told = found.summary["points"][0]["arms"]["one"]["p_best"]
    tidy = found.figures.query("arm == 'one' and metric == 'p_best'").iloc[0]
    assert 0.0 < told["value"] < 1.0
    assert best.as_dict() == pytest.approx(told)
    assert best.error == pytest.approx(tidy["error"])


def test_luck_is_the_same_at_every_point(found: Sweep) -> None:
    """The price changes what an order earns and whether one is made, not who sees a post."""
    runs = found.runs.to_pandas()
    seen = runs[runs["arm"] == "one"].pivot_table(index="run", columns="point", values="impressions")
    assert np.ptp(seen.to_numpy(), axis=1).max() == 0


def test_the_price_is_said_to_move_no_demand(found: Sweep) -> None:
    (note,) = found.summary["notes"]
    assert note.startswith("nobody orders more or less because of product.price")


def test_points_at_which_nothing_can_be_signed_are_named() -> None:
    cost = Varied("brand.handling_cost", 0.0, 1000.0)
    with pytest.raises(InputProblems) as told, open_team("serial") as team:
        sweep(Question(QUICK), [cost], sampled("grid", 1, 9, 1), RUNS, Stage(team))
    (five, one) = sorted(told.value.problems, key=lambda problem: problem.path)
    assert "nothing is left to share: USD 300.00 must handle 5 influencers" in five.message
    assert "(at brand.handling_cost=125 and 7 other points)" in five.message
    assert "must handle 1 influencer (at" in one.message
    assert "(at brand.handling_cost=375 and 5 other points)" in one.message


@pytest.mark.parametrize(("high", "told"), [(70.0, "cost=70)"), (80.0, "cost=70 and 1 other point)")])
def test_so_many_points_are_named_as_there_are(high: float, told: str) -> None:
    """Five creators take more than USD 300 above a handling cost of 60; every tenth is a point."""
    cost = Varied("brand.handling_cost", 0.0, high)
    with pytest.raises(InputProblems) as error, open_team("serial") as team:
        sweep(Question(QUICK), [cost], sampled("grid", 1, int(high / 10) + 1, 1), RUNS, Stage(team))
    (five,) = error.value.problems
    assert told in five.message


def test_what_is_wrong_at_every_point_is_told_once_and_without_them() -> None:
    with pytest.raises(InputProblems) as told, open_team("serial") as team:
        sweep(Question(QUICK), [Varied("product.prise", 0.0, 1.0)], sampled("grid", 1, 9, 1), RUNS, Stage(team))
    (problem,) = told.value.problems
    assert "(at" not in problem.message


def test_a_name_is_a_file_name() -> None:
    assert "sweep-arms.ten-micros.hire.0.count" == sweep_name([Varied("arms.ten micros.hire.0.count", 1.0, 2.0)])
    assert "/" not in sweep_name([Varied("arms.a/b.hire.0.count", 1.0, 2.0)])


def test_a_name_is_no_longer_than_a_disk_takes_and_still_its_own() -> None:
    many = [Varied(f"behavior.a_number_with_a_long_name_{k}", 1.0, 2.0) for k in range(12)]
    names = {sweep_name(many), sweep_name(many[:-1]), sweep_name([*many[:-1], Varied("budget", 1.0, 2.0)])}
    assert 3 == len(names)
    assert all(len(name.encode()) <= 120 for name in names)
    assert len(sweep_name([Varied("arms." + "ж" * 300, 1.0, 2.0)]).encode()) <= 120


def test_failed_trials_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "played", one_is_lost)
    with open_team("serial") as team:
        found = sweep(Question(QUICK), [PRICE], sampled("grid", 1, 2, 1), RUNS, Stage(team))
    assert 1 == found.summary["failed"]


def one_is_lost(*asked: Any) -> Ensemble:
    return replace(played(*asked), failures=(Failure(1, "one", "ValueError", "too trusting", ""),))
