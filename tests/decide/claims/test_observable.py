"""Looks at hand-made tables agree with what one computes by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from chance import normals

from simulator.decide.claims import observable as look
from simulator.decide.claims.labels import largest_change, relabeled, untiered
from simulator.decide.claims.runs import Runs, Tables, of_each_draw

DRAWS, REPLICATES = 3, 4
COUNT = DRAWS * REPLICATES
HIRED = 5


def tables(shift: float = 0.0, labels: tuple[str, ...] = ("nano", "nano", "micro", "micro", "mega")) -> Tables:
    """Two arms; `few` has the numbers 1, 2, ... as profit, `many` twice that plus a shift. Five creators each."""
    profit = np.arange(1.0, COUNT + 1)
    runs = pa.table(
        {
            "arm": ["few"] * COUNT + ["many"] * COUNT,
            "run": [*range(1, COUNT + 1)] * 2,
            "world": [run % 2 for run in range(COUNT)] * 2,
            "profit": np.concatenate([profit, 2.0 * profit + shift]),
            "cost": np.concatenate([np.full(COUNT, 2.0), np.full(COUNT, 5.0)]),
            "roi": pa.array([None if run == 1 else 1.0 for run in range(COUNT)] * 2, pa.float64()),
            "param.halo": np.repeat(np.arange(DRAWS), REPLICATES).tolist() * 2,
            "param.real_share": [float(run % 2) for run in range(COUNT)] * 2,
        }
    )
    hired = {
        "arm": [],
        "run": [],
        "influencer": [],
        "hire": [],
        "tier": [],
        "followers": [],
        "clicks": [],
        "orders": [],
    }
    for arm in ("few", "many"):
        for run in range(1, COUNT + 1):
            for k in range(HIRED):
                row = (arm, run, f"a#{k}", "a", labels[k], 10**k, float(run + k), float(run + k * k))
                for name, value in zip(hired, row, strict=True):
                    hired[name].append(value)
    return Tables(runs, pa.table(hired), REPLICATES, 2, 100, frozenset())


RUNS = Runs(
    {"": tables(), "shifted": tables(10.0), "other": tables(labels=("nano", "micro", "micro", "micro", "untiered"))}
)
PROFIT = np.arange(1.0, COUNT + 1).reshape(DRAWS, REPLICATES)


def test_differences_are_paired_run_by_run_also_between_variants() -> None:
    assert PROFIT.tolist() == look.difference("profit", "many", "few")(RUNS).tolist()
    assert (PROFIT + 10.0).tolist() == look.difference("profit", "many @ shifted", "few")(RUNS).tolist()


def test_a_ratio_has_the_mean_of_its_draw_over_the_mean_of_its_draw() -> None:
    found = look.ratio("profit", "cost", "few")(RUNS)
    assert pytest.approx((PROFIT.mean(axis=1) / 2.0).tolist()) == found.mean(axis=1).tolist()
    assert pytest.approx((0.4 - 0.5) * PROFIT) == look.ratio_difference("profit", "cost", "many", "few")(RUNS)


def test_logarithms_of_ratios() -> None:
    assert pytest.approx(np.log(2.0)) == look.log_ratio("profit", "many", "few")(RUNS)
    assert pytest.approx(np.log(0.8)) == look.log_ratio_of_ratios("profit", "cost", "many", "few")(RUNS)
    assert pytest.approx(0.0, abs=1e-9) == look.log_ratio_of_spreads("profit", "many", "few")(RUNS)
    assert (look.log_ratio_of_spreads("profit", "many @ shifted", "few")(RUNS).mean(axis=1) < 0).all()


def test_a_logarithm_of_nothing_is_undefined() -> None:
    assert np.isnan(
        look.log_of(look.minus(look.level("profit", "few"), look.level("profit", "few")), look.level("profit", "few"))(
            RUNS
        )
    ).all()


def test_an_undefined_figure_is_not_above_its_bound() -> None:
    assert [0.0, 1.0] == look.chance_above("roi", 0.5, "few")(RUNS).ravel()[1:3].tolist()


def test_the_worst_of_each_draw() -> None:
    found = look.tail_difference("profit", "many", "few", 0.25)(RUNS)
    assert found.mean(axis=1)[1] < PROFIT[1].mean()  # one worst run of four, without its bias
    assert pytest.approx(0.0) == look.tail_difference("profit", "few", "few", 0.25)(RUNS)


def test_correlations_are_over_the_influencers_of_a_run() -> None:
    expected = np.corrcoef(np.arange(HIRED), np.arange(HIRED) ** 2)[0, 1]
    assert pytest.approx(expected) == look.correlation("clicks", "orders", "few")(RUNS)


def test_the_share_of_small_accounts_leaves_out_the_largest() -> None:
    clicks = 1.0 + np.arange(HIRED)
    found = look.share_of_small("clicks", "few", largest=2)(RUNS)
    assert pytest.approx(clicks[:3].sum() / clicks.sum()) == found[0, 0]


def test_labels_are_compared_account_by_account() -> None:
    assert (0.4, 0.2) == (relabeled("other")(RUNS)[0, 0], untiered("other")(RUNS)[0, 0])
    assert 0.0 == largest_change("other")(RUNS).max()
    assert 10.0 == largest_change("other", "shifted")(RUNS).max()


def test_numbers_of_a_draw_are_told_from_those_of_a_world() -> None:
    assert {"halo": [0.0, 1.0, 2.0]} == {name: drawn.tolist() for name, drawn in RUNS.parameters().items()}


def test_a_mean_is_made_of_its_runs() -> None:
    assert pytest.approx(PROFIT) == of_each_draw(lambda values: values.mean(axis=-1), PROFIT)


def test_a_statistic_of_few_replicates_loses_its_bias() -> None:
    """The mean of x over the mean of y is biased by about var(y) / n; pseudo-values leave a tenth of it or less."""
    top, bottom = 4.0 + 0.0 * normals(4000, 4, about=1), 4.0 + normals(4000, 4, about=2)

    def ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return a.mean(axis=-1) / b.mean(axis=-1)

    plain, corrected = ratio(top, bottom), of_each_draw(ratio, top, bottom).mean(axis=1)
    error = corrected.std() / np.sqrt(4000)
    assert plain.mean() - 1.0 > 4 * error
    assert abs(corrected.mean() - 1.0) < 4 * error
