"""A row is played until its probability is told, and no longer; what it comes to is told in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from chance import normals

from simulator.decide.claims.flips import Flip
from simulator.decide.claims.judge import Verdicts, judge
from simulator.decide.claims.observable import Observable, level
from simulator.decide.claims.row import FEWEST_DRAWS, Claim
from simulator.decide.claims.runs import Runs, Tables
from simulator.decide.claims.telling import as_row, sentence
from simulator.errors import SimulatorError

REPLICATES = 8


class Stage:
    """Plays an effect that is `center` plus what a number says plus luck; remembers what it was asked."""

    def __init__(self, center: float, *, spread: float = 1.0, luck: float = 1.0, curve: bool = False) -> None:
        self.center, self.spread, self.luck, self.curve = center, spread, luck, curve
        self.asked: list[tuple[str, int]] = []

    def runs(self, claim: Claim, preset: str, draws: int) -> Runs:
        self.asked.append((preset, draws))
        number = normals(200, about=1)[:draws]
        effect = self.center + self.spread * number[:, None] + self.luck * normals(200, REPLICATES, about=2)[:draws]
        count = draws * REPLICATES
        runs = pa.table(
            {
                "arm": ["one"] * count,
                "run": [*range(1, count + 1)],
                "effect": effect.ravel(),
                "param.number": np.repeat(5.0 + number, REPLICATES),
            }
        )
        return Runs({"": Tables(runs, runs, REPLICATES, REPLICATES, 100, frozenset(["number"] if self.curve else []))})


def claim(kind: str = "consequence", *, unit: str = "USD", stated: str = "above 0", most_draws: int = 150) -> Claim:
    observable = Observable("effect", unit, level("effect", "one"), stated)  # type: ignore[arg-type]
    also = (Observable("twice", "", lambda runs: 2.0 * runs.column("effect", "one")),)
    return Claim("M99", kind, ("a0",), "It works.", observable, "Why not?", also, most_draws=most_draws)  # type: ignore[arg-type]


def judged(stage: Stage, row: Claim | None = None) -> Verdicts:
    return judge(row or claim(), stage)  # type: ignore[arg-type]


@pytest.mark.parametrize(("center", "expected"), [(6.0, "holds"), (-6.0, "fails")])
def test_a_clear_sign_takes_the_fewest_draws(center: float, expected: str) -> None:
    stage = Stage(center)
    found = judged(stage)
    assert [("claimed", FEWEST_DRAWS), ("measured", FEWEST_DRAWS)] == stage.asked
    assert expected == found.verdict
    assert FEWEST_DRAWS * REPLICATES == found.measured.runs
    assert found.measured.flip is None
    assert sentence(found).startswith(f"{expected.capitalize()}, P = ")


def test_an_unclear_one_is_played_on_up_to_the_rows_limit_and_says_so() -> None:
    stage = Stage(1.5)
    found = judged(stage)
    assert [("claimed", 60), ("claimed", 75), ("measured", 60), ("measured", 120), ("measured", 150)] == stage.asked
    assert "depends" == found.verdict
    assert not found.measured.told
    assert "(too unsure to tell more after 1,200 runs)" in sentence(found)


def test_what_depends_names_the_number_and_where_it_flips() -> None:
    row = as_row(judged(Stage(0.4)))
    assert ("depends", "number") == (row["verdict"], row["parameter"])
    assert abs(row["flips_at"] - 4.6) < 0.2
    assert f"number flips it at {row['flips_at']:.2f}" in row["sentence"]
    assert "at its quantile 4." in sentence(judged(Stage(0.4, curve=True)))


def test_a_number_that_explains_most_but_flips_nothing_is_named_too() -> None:
    found = judged(Stage(0.4))
    far = replace(found.measured, flip=Flip("number", None, 0.31))
    row = as_row(Verdicts(found.claim, {**found.presets, "measured": far}))
    assert ("number", None) == (row["parameter"], row["flips_at"])
    assert "no single number flips it, number explains most (31%)" in row["sentence"]


def test_without_such_a_number_it_says_that_there_is_none() -> None:
    row = as_row(judged(Stage(0.0, spread=0.0, luck=9.0)))
    assert (None, None) == (row["parameter"], row["flips_at"])
    assert "no single number stands out" in row["sentence"]


@pytest.mark.parametrize("kind", ["assumed", "definition", "arithmetic", "outside"])
def test_other_classes_are_never_said_to_hold(kind: str) -> None:
    stage = Stage(9.0)
    found = judged(stage, claim(kind))
    assert kind == found.verdict
    assert [("claimed", FEWEST_DRAWS), ("measured", FEWEST_DRAWS)] == stage.asked
    assert "Effect: " in sentence(found)
    assert "; twice: " in sentence(found)


def test_a_figure_of_times_is_a_factor() -> None:
    found = judged(Stage(2.0, spread=0.0, luck=0.1), claim(unit="times")).measured.figure.estimate
    assert abs(found.value - np.exp(2.0)) < 4 * found.error
    assert abs(found.error - np.exp(2.0) * 0.1 / np.sqrt(FEWEST_DRAWS * REPLICATES)) < 0.01


def test_the_error_of_a_figure_counts_draws_not_runs() -> None:
    found = judged(Stage(5.0, luck=0.0)).measured.figure.estimate
    assert abs(found.error / (1.0 / np.sqrt(FEWEST_DRAWS)) - 1.0) < 4 / np.sqrt(2 * FEWEST_DRAWS)


def test_a_claim_of_no_change_counts_draws_without_any() -> None:
    found = judged(Stage(0.0, spread=0.0, luck=0.0), claim("definition", stated="equal to 0"))
    assert 1.0 == found.measured.probability.value
    assert 0.0 == judged(Stage(1.0), claim("definition", stated="equal to 0")).measured.probability.value


def test_draws_without_a_value_are_left_out_and_counted() -> None:
    def logarithm(runs: Runs) -> np.ndarray:
        values = runs.column("effect", "one")
        return np.where(values.mean(axis=1, keepdims=True) > 0, values, np.nan)

    row = Claim("M99", "consequence", ("a0",), "It works.", Observable("effect", "", logarithm))
    found = judge(row, Stage(1.0, luck=0.1)).measured  # type: ignore[arg-type]
    assert 0 < found.undefined < FEWEST_DRAWS
    assert 0.9 < found.probability.value <= 1.0  # of the draws that are left, which are all above zero
    assert found.figure.estimate.value > 0.0
    nothing = Claim(
        "M99", "consequence", ("a0",), "It works.", Observable("effect", "", lambda runs: np.nan * logarithm(runs))
    )
    with pytest.raises(SimulatorError, match="M99: effect is undefined"):
        judge(nothing, Stage(1.0))  # type: ignore[arg-type]
