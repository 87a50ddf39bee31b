"""Points, runs and arms are laid out as the indices need them: where trials earn what is known, so are the indices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.decide.ensemble import Stage
from simulator.decide.question import Question
from simulator.decide.sensitivity import cube
from simulator.decide.sensitivity.cube import MIDDLE_SHARE, RUNS_OF_LUCK, morris, sobol
from simulator.decide.sensitivity.inquiry import Inquiry
from simulator.experiment.executors import open_team
from simulator.experiment.trials import Trials
from simulator.experiment.versions import AtFractions

QUICK = Path(__file__).parents[3] / "scenarios" / "quick.yaml"
PATHS = ("behavior.code_leak", "behavior.halo")
Gap = Callable[[np.ndarray, np.ndarray], np.ndarray]  # of fractions [trial, number] and runs [trial]


@dataclass(frozen=True)
class Known:
    """Trials of which the arm "one" earns what is known and the other nothing."""

    trials: Trials
    gap: Gap
    failures: tuple[object, ...] = ()

    def in_order(self, arm: str, column: str) -> np.ndarray:
        assert "incremental_orders" == column
        versions = self.trials.versions
        assert isinstance(versions, AtFractions)
        found = self.gap(versions.fractions[self.trials.version], self.trials.run)
        return found if arm == "one" else np.zeros(len(self.trials))


def analyzed(
    monkeypatch: pytest.MonkeyPatch,
    method: Callable[..., Any],
    *size: int,
    gap: Gap,
) -> dict[str, Any]:
    def known(trials: Trials, _stage: Stage, _name: str, *, whole: bool) -> Known:
        assert whole  # a design needs every trial
        return Known(trials, gap)

    monkeypatch.setattr(cube, "played", known)
    inquiry = Inquiry(method.__name__, *size, between=("one", "five"), metric="incremental_orders", numbers=PATHS)
    with open_team("serial") as team:
        return method(Question(QUICK).version(), inquiry, Stage(team))


def hit(fractions: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """In half of the runs nothing, else one and what the second number adds."""
    return np.where(runs > RUNS_OF_LUCK / 2, 1.0 + fractions[:, 1], 0.0)


def test_luck_and_numbers_share_the_variance_as_they_must(monkeypatch: pytest.MonkeyPatch) -> None:
    """With x even from 0 to 1 the variance is 7/6 - 9/16; of it x alone has 1/48, luck alone 9/16, both the rest.

    Which is better hangs on luck alone: the first in half of the runs, nobody in the others.
    """
    found = analyzed(monkeypatch, sobol, 1024, gap=hit)
    whole = 7 / 6 - 9 / 16
    assert whole**0.5 == pytest.approx(found["sd"], rel=0.02)
    assert 0.75 == pytest.approx(found["p_better"], abs=0.01)
    assert ["luck", "behavior.halo", "behavior.code_leak"] == [row["path"] for row in found["rows"]]
    alone = {"luck": 9 / 16, "behavior.halo": 1 / 48, "behavior.code_leak": 0.0}
    with_others = {"luck": whole - 1 / 48, "behavior.halo": whole - 9 / 16, "behavior.code_leak": 0.0}
    for row in found["rows"]:
        first, total = alone[row["path"]], with_others[row["path"]]
        assert first / whole == pytest.approx(row["first"]["value"], abs=0.05)
        assert total / whole == pytest.approx(row["total"]["value"], abs=0.05)
        share = 1.0 if row["path"] == "luck" else 0.0
        assert share == pytest.approx(row["decision"]["total"]["value"], abs=0.05)


def noisy(fractions: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """Three for the second number, on average over two runs in a row; and each run's own luck, large."""
    return 3.0 * fractions[:, 1] * (1 - (-1) ** runs) + 1000.0 * np.sin(runs)


def test_a_trajectory_has_runs_of_its_own_whose_luck_cancels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are moved through the middle 95% of their spread; effects are told per whole step of it."""
    found = analyzed(monkeypatch, morris, 5, 4, gap=noisy)
    assert list(reversed(PATHS)) == [row["path"] for row in found["rows"]]
    effects = {row["path"]: (row["mu"], row["mu_star"], row["sigma"]) for row in found["rows"]}
    assert (3 * MIDDLE_SHARE, 3 * MIDDLE_SHARE, 0.0) == pytest.approx(effects["behavior.halo"], abs=1e-6)
    assert (0.0, 0.0, 0.0) == pytest.approx(effects["behavior.code_leak"], abs=1e-6)


def test_no_two_trajectories_share_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[np.ndarray] = []
    analyzed(monkeypatch, morris, 5, 4, gap=lambda fractions, runs: seen.append(runs) or fractions[:, 1])
    trajectories = seen[0].reshape(5, -1, 4)
    assert np.arange(1, 21).tolist() == trajectories[:, 0].ravel().tolist()
    assert np.all(trajectories == trajectories[:, :1])
