"""Runs that fail in some version are left out of all; what is left must be something."""

from __future__ import annotations

from pathlib import Path

import pytest
from experiment.fake_engine import Watch, campaign

from simulator.decide import ensemble
from simulator.decide.ensemble import Ensemble, Stage, played
from simulator.decide.question import Question
from simulator.errors import RunFailed
from simulator.experiment import worker
from simulator.experiment.executors import open_team
from simulator.experiment.trials import Trials
from simulator.experiment.versions import Listed, Version
from simulator.results.failures import Failure
from simulator.results.parts import Ledger
from simulator.results.trial_parts import TrialsInMemory

QUICK = Path(__file__).parents[2] / "scenarios" / "quick.yaml"
RUNS = 4
MANY = 400


def played_without(monkeypatch: pytest.MonkeyPatch, *lost: int) -> Ensemble:
    """Two versions in four runs; these trials count as failed."""

    class Failing(TrialsInMemory):
        def ledger(self) -> Ledger:
            failures = tuple(Failure(trial, "one", "ValueError", "too trusting", "") for trial in lost)
            return Ledger(frozenset(), frozenset(), failures)

    monkeypatch.setattr(ensemble, "TrialsInMemory", Failing)
    versions = Listed([Question(QUICK).version(f"product.price={price}") for price in (20, 40)])
    with open_team("serial") as team:
        return played(Trials.crossed(versions, RUNS), Stage(team), "sweep")


def test_a_run_that_fails_in_one_version_is_left_out_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    found = played_without(monkeypatch, 2, RUNS + 3)
    assert {2, 3} == found.lost
    assert [2, 2] == [len(found.by_name(version)["one"].profit) for version in (0, 1)]


def test_if_every_run_fails_in_some_version_the_first_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs 1 and 2 in one of them, 3 and 4 in the other; the first that is named is trial 7: run 3."""
    with pytest.raises(RunFailed, match=r"run 3 of 'one' failed: ValueError: too trusting \(and no run is whole"):
        played_without(monkeypatch, RUNS + 3, 1, 2, RUNS + 4)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """An engine that fails in trial 5."""
    watch = Watch(fail_at=frozenset({5}))
    monkeypatch.setattr(worker, "machinery", watch.machinery)
    return watch


def test_where_every_trial_is_needed_the_first_failure_ends_it(watch: Watch, tmp_path: Path) -> None:
    trials = Trials.crossed(Listed([Version(*campaign(tmp_path))]), MANY)
    told = r"run 5 of .* failed: RuntimeError: the engine failed \(the design needs every trial\)"
    with open_team("serial") as team, pytest.raises(RunFailed, match=told):
        played(trials, Stage(team), "sobol", whole=True)
    assert len({run for _, run, _ in watch.played}) < MANY / 2


def test_elsewhere_all_others_are_played(watch: Watch, tmp_path: Path) -> None:
    trials = Trials.crossed(Listed([Version(*campaign(tmp_path))]), MANY)
    with open_team("serial") as team:
        found = played(trials, Stage(team), "sweep")
    assert {5} == found.lost
    assert MANY - 1 == len({run for _, run, _ in watch.played})
