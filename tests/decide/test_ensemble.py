"""Runs that fail in some version are left out of all; what is left must be something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from experiment.fake_engine import Watch, campaign

from simulator.decide import ensemble
from simulator.decide.ensemble import Ensemble, Interrupted, Stage, identity_of, played
from simulator.decide.question import Question
from simulator.errors import RunFailed
from simulator.experiment import worker
from simulator.experiment.basket import Keeper
from simulator.experiment.executors import Team, open_team
from simulator.experiment.halt import Halt
from simulator.experiment.trials import TrialJob, Trials
from simulator.experiment.versions import Listed, Version
from simulator.results.failures import Failure
from simulator.results.parts import Ledger
from simulator.results.statistics import mean
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


def test_other_trials_have_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials that were kept are taken for those asked only if versions, runs, people and model are the same."""
    base = Question(QUICK).version()
    larger = replace(base, plan=replace(base.plan, population=4001))
    crossed = Trials.crossed(Listed([base, base]), RUNS)
    others = [
        Trials.crossed(Listed([base, Question(QUICK).version("product.price=60")]), RUNS),
        Trials.crossed(Listed([larger, larger]), RUNS),
        replace(crossed, version=crossed.version[::-1]),
        replace(crossed, run=crossed.run[::-1]),
    ]
    found = [identity_of(trials) for trials in (crossed, *others)]
    assert found[0] == identity_of(Trials.crossed(Listed([base, base]), RUNS))
    monkeypatch.setattr(ensemble, "model_version", lambda: "another")
    assert 6 == len({*found, identity_of(crossed)})


def test_what_the_stage_says_reaches_the_trials_and_a_stop_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: dict[str, Any] = {}

    def stopped(job: TrialJob, team: Team, _keeper: Keeper, **more: Any) -> None:
        seen.update(more, engine=job.engine, team=team)
        more["on_progress"](3)
        more["halt"].ask("interrupted")

    told: list[tuple[int, int]] = []
    monkeypatch.setattr(ensemble, "play_trials", stopped)
    trials, halt = Trials.crossed(Listed([Question(QUICK).version()]), RUNS), Halt()
    with open_team("serial") as team:
        stage = Stage(team, "mesa", tmp_path, halt, lambda *counts: told.append(counts), most_worlds=2)
        with pytest.raises(Interrupted, match=f"Stopped: 0 of 4 trials are kept in {tmp_path}; the same command"):
            played(trials, stage, "sweep")
        assert ("mesa", team, halt, 2) == tuple(seen[name] for name in ("engine", "team", "halt", "most_worlds"))
    assert [(3, RUNS)] == told


def test_trials_that_are_kept_are_not_played_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trials = Trials.crossed(Listed([Question(QUICK).version()]), RUNS)
    with open_team("serial") as team:
        first = played(trials, Stage(team, folder=tmp_path), "sweep")
        monkeypatch.setattr(TrialJob, "part", lambda *_: pytest.fail("played again"))
        again = played(trials, Stage(team, folder=tmp_path), "sweep")
    assert first.in_order("one", "profit").tolist() == again.in_order("one", "profit").tolist()


def test_luck_that_runs_share_is_counted_once() -> None:
    """Runs of one draw, two of them here, are no independent ones; their errors are those of the run itself."""
    version = Question(QUICK).version()
    assert 2 == version.scenario.replicates
    with open_team("serial") as team:
        found = played(Trials.crossed(Listed([version]), RUNS), Stage(team), "sweep").by_name(0)["one"]
    worlds, draws = np.arange(RUNS) % version.scenario.worlds, np.arange(RUNS) // 2
    assert mean(found.profit, np.stack([worlds, draws])) == found.expected_profit
