"""What rare scandals take is told from runs in which they are frequent, as if there had been millions of runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from chance import normals

from simulator.decide.claims.rare import Danger, expected_loss, loss_when_it_happens, tail_loss
from simulator.decide.claims.rows.scandals import MACRO, MICROS
from simulator.decide.claims.runs import Runs, Tables
from simulator.results.statistics import tail_mean
from simulator.scenario.loader import load_campaign

DRAWS, REPLICATES = 200, 16
COUNT = DRAWS * REPLICATES
LOSS = 100.0  # by each scandal
TAIL = 0.125


def error_of(draws: np.ndarray) -> float:
    return float(draws.std(ddof=1) / np.sqrt(len(draws)))


def runs_of(danger: Danger, luck: float = 0.0) -> Runs:
    """Campaigns that lose a fixed sum by each scandal, beside the same ones without any."""
    often = 1.0 - (1.0 - danger.played) ** (danger.horizon / 30.0)
    below = normals(COUNT, danger.authors, about=3) < normals_quantile(often)
    scandals = below.sum(axis=1).astype(np.float64)
    calm = luck * normals(COUNT, about=4)
    return Runs({"": table(calm - LOSS * scandals, scandals), "calm": table(calm, np.zeros(COUNT))})


def normals_quantile(p: float) -> float:
    return float(np.quantile(normals(200_000, about=5), p))


def table(profit: np.ndarray, scandals: np.ndarray) -> Tables:
    runs = pa.table({"arm": ["one"] * COUNT, "run": range(1, COUNT + 1), "profit": profit, "scandals": scandals})
    return Tables(runs, runs, REPLICATES, 1, 100, frozenset())


def test_what_the_tail_loses_is_the_difference_of_its_means() -> None:
    """Against the tail of all campaigns together, weighed by hand; all draws are alike here."""
    danger = Danger(1, 0.002, 0.2, 90)
    runs = runs_of(danger, luck=60.0)
    calm, hit = (runs.variants[name].runs["profit"].to_numpy() for name in ("calm", ""))
    struck = runs.variants[""].runs["scandals"].to_numpy() > 0
    values = np.concatenate([calm, hit[struck]])
    weights = np.concatenate(
        [np.full(COUNT, (1 - danger.chance) / COUNT), np.full(struck.sum(), danger.chance / struck.sum())]
    )
    assert abs(tail_mean(calm, TAIL) - worst_mean(calm, np.full(COUNT, 1 / COUNT), TAIL)) < 1e-9
    expected = tail_mean(calm, TAIL) - worst_mean(values, weights, TAIL)
    found = tail_loss("profit", "one", "calm", danger, TAIL)(runs)
    assert expected > 1.0
    assert abs(found.mean() - expected) < 4 * error_of(found.mean(axis=1)) + 0.1 * expected


def worst_mean(values: np.ndarray, weights: np.ndarray, tail: float) -> float:
    """Mean over the worst `tail`; a value on the border counts in part."""
    order = np.argsort(values)
    ordered, weight = values[order], weights[order]
    counted = np.clip(tail - (np.cumsum(weight) - weight), 0.0, weight)
    return float((ordered * counted).sum() / tail)


@pytest.mark.parametrize("danger", [Danger(1, 0.001, 0.2, 90), Danger(10, 0.004, 0.03, 90)])
def test_the_expected_loss_is_that_of_the_assumed_hazard(danger: Danger) -> None:
    """Ten authors: some campaigns have several scandals, and these weigh less than their share of the runs."""
    found = expected_loss("profit", "one", "calm", danger)(runs_of(danger, luck=50.0))
    expected = LOSS * danger.authors * danger.chance
    error = found.mean(axis=1).std(ddof=1) / np.sqrt(DRAWS)
    assert abs(found.mean() - expected) < 4 * error + 0.01 * expected
    assert pytest.approx(found / danger.of_any) == loss_when_it_happens("profit", "one", "calm", danger)(
        runs_of(danger)
    )


def test_without_luck_the_worst_are_the_campaigns_with_a_scandal() -> None:
    """Every loss lies in the tail, where it weighs 1 / tail; with luck far wider, every eighth one does."""
    danger = Danger(1, 0.001, 0.2, 90)
    calm, lucky = (
        tail_loss("profit", "one", "calm", danger, TAIL)(runs_of(danger, luck)).mean(axis=1) for luck in (0.0, 2000.0)
    )
    assert abs(calm.mean() - LOSS * danger.chance / TAIL) < 4 * error_of(calm)
    assert abs(lucky.mean() - LOSS * danger.chance) < 4 * error_of(lucky)


def test_a_run_without_a_scandal_loses_nothing() -> None:
    danger = Danger(10, 0.004, 0.03, 90)
    runs = runs_of(danger, luck=50.0)
    calm = runs.column("scandals", "one") == 0
    assert not expected_loss("profit", "one", "calm", danger)(runs)[calm].any()
    assert not tail_loss("profit", "one", "calm", danger, TAIL)(runs)[calm].any()


@pytest.mark.parametrize(("arm", "danger"), [("one macro", MACRO), ("ten micros", MICROS)])
def test_the_rows_dangers_are_those_of_catalog_and_scenario(arm: str, danger: Danger, root: Path) -> None:
    file = root / "scenarios" / "claims" / "M8.yaml"
    scenario, plan = load_campaign(file)
    (contracts,) = (each.contracts for each in plan.arms if each.name == arm)
    (followers,) = {float(contract.creator.followers) for contract in contracts}
    catalog, _ = load_campaign(root / "scenarios" / "claims" / "M6.yaml", ("mechanisms.scandals=on",))
    assert danger.authors == len(contracts)
    assert danger.horizon == scenario.horizon
    assert pytest.approx(danger.played) == scenario.mechanisms.scandals.hazard.mean(followers)
    assert pytest.approx(danger.per_month, rel=0.01) == catalog.mechanisms.scandals.hazard.mean(followers)
