"""Runs are played once each, with the same outcome whoever plays them, and worlds do not pile up."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from experiment.fake_engine import Watch, campaign

from simulator.errors import MachineTrouble, RunFailed
from simulator.experiment import worker
from simulator.experiment.executors import open_team
from simulator.experiment.halt import Halt
from simulator.experiment.runner import play_all, simulate
from simulator.experiment.worker import Job
from simulator.results.outcome import Outcome


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(worker, "machinery", watch.machinery)
    return watch


def outcomes(tmp_path: Path, *settings: str, runs: int = 24, **how: object) -> dict[tuple[str, int], Outcome]:
    scenario, plan = campaign(tmp_path, *settings)
    return {(outcome.arm, outcome.run): outcome for outcome in play_all(scenario, plan, runs=runs, **how)}


def job(tmp_path: Path) -> Job[list[Outcome]]:
    return Job(*campaign(tmp_path), "compiled", list)


def facts(outcome: Outcome) -> tuple[object, ...]:
    return outcome.world, outcome.tally, outcome.influencers, outcome.parameters, outcome.daily.tobytes()


@pytest.mark.parametrize("executor", ["serial", "local:1", "local:2", "local:5", "local"])
@pytest.mark.parametrize("chunk_size", [None, 1, 3, 100])
def test_outcomes_depend_on_neither_executor_nor_chunk_size(
    watch: Watch, tmp_path: Path, executor: str, chunk_size: int | None
) -> None:
    expected = outcomes(tmp_path, executor="serial", chunk_size=1)
    watch.played.clear()
    found = outcomes(tmp_path, executor=executor, chunk_size=chunk_size)
    assert 3 * 24 == len(watch.played) == len(found)
    assert {key: facts(value) for key, value in expected.items()} == {key: facts(value) for key, value in found.items()}


def test_outcomes_come_by_run_in_the_order_of_arms(watch: Watch, tmp_path: Path) -> None:
    arms = ["no campaign", "one macro", "three micros"]
    assert [(arm, run) for run in range(1, 25) for arm in arms] == list(outcomes(tmp_path, executor="local:3"))


def test_more_runs_contain_fewer(watch: Watch, tmp_path: Path) -> None:
    few, many = outcomes(tmp_path, runs=10), outcomes(tmp_path, runs=23)
    assert all(facts(many[key]) == facts(value) for key, value in few.items())


def test_runs_already_done_are_left_out(watch: Watch, tmp_path: Path) -> None:
    found = outcomes(tmp_path, done={2, 3, 7, 99})
    assert {run for run in range(1, 25) if run not in {2, 3, 7}} == {run for _, run in found}


@pytest.mark.parametrize(("executor", "most"), [("serial", 1), ("local:1", 1), ("local:2", 2), ("local:3", 3)])
def test_no_more_worlds_live_than_there_are_workers(watch: Watch, tmp_path: Path, executor: str, most: int) -> None:
    watch.seconds = 0.0005
    outcomes(tmp_path, "worlds=6", executor=executor, chunk_size=1)
    assert watch.most_worlds <= most


def test_several_threads_share_the_work(watch: Watch, tmp_path: Path) -> None:
    watch.seconds = 0.002
    outcomes(tmp_path, executor="local:3", chunk_size=1)
    assert 3 == watch.scratches
    assert len({thread for _, _, thread in watch.played}) > 1


@pytest.mark.parametrize("executor", ["serial", "local:3"])
@pytest.mark.parametrize("chunk_size", [1, 5])
def test_a_run_that_fails_is_handed_over_with_its_traceback_and_the_others_go_on(
    watch: Watch, tmp_path: Path, executor: str, chunk_size: int
) -> None:
    watch.fail_at = frozenset({9, 20})
    with open_team(executor) as team:
        played = list(simulate(job(tmp_path), team, runs=24, chunk_size=chunk_size))
    failures = sorted((failure for batch in played for failure in batch.failures), key=lambda failure: failure.run)
    assert [(9, "no campaign", "RuntimeError"), (20, "no campaign", "RuntimeError")] == [
        (failure.run, failure.arm, failure.error) for failure in failures
    ]
    assert "raise self.error" in failures[0].traceback
    assert set(range(1, 25)) - {9, 20} == {run for batch in played for run in batch.runs}
    assert 3 * 22 == sum(len(batch.content or ()) for batch in played)


def test_a_run_that_fails_raises_where_all_are_needed(watch: Watch, tmp_path: Path) -> None:
    watch.fail_at = frozenset({9})
    with pytest.raises(RunFailed, match="run 9 of 'no campaign' failed: the engine failed"):
        outcomes(tmp_path)


@pytest.mark.parametrize("executor", ["serial", "local:3"])
@pytest.mark.parametrize("error", [MemoryError(), OSError("no such device")])
def test_trouble_with_the_machine_reaches_the_caller_and_ends_all_threads(
    watch: Watch, tmp_path: Path, executor: str, error: Exception
) -> None:
    watch.fail_at, watch.error, threads = frozenset({9}), error, threading.active_count()
    with pytest.raises(MachineTrouble, match="finished runs are kept"):
        outcomes(tmp_path, executor=executor, chunk_size=1)
    assert threads == threading.active_count()


def test_closing_the_iterator_ends_all_threads(watch: Watch, tmp_path: Path) -> None:
    watch.seconds, threads = 0.002, threading.active_count()
    with open_team("local:2") as team:
        played = simulate(job(tmp_path), team, runs=24, chunk_size=1)
        next(played)
        played.close()
    assert threads == threading.active_count()
    assert len(watch.played) < 3 * 24


@pytest.mark.parametrize("executor", ["serial", "local:2"])
def test_who_asks_to_stop_gets_the_runs_that_are_finished(watch: Watch, tmp_path: Path, executor: str) -> None:
    watch.seconds, halt, runs = 0.002, Halt(), []
    with open_team(executor) as team:
        for played in simulate(job(tmp_path), team, runs=24, chunk_size=6, halt=halt):
            runs += played.runs
            halt.ask("interrupted")
        assert not team.busy
    assert 0 < len(runs) < 24
    assert {3 * len(runs)} == {len(watch.played)}


def test_the_time_limit_counts_from_the_first_run_and_ends_the_experiment(watch: Watch, tmp_path: Path) -> None:
    watch.seconds, halt = 0.02, Halt(0.2)
    time.sleep(0.2)  # before the first run no time is taken
    with open_team("serial") as team:
        runs = [
            run for played in simulate(job(tmp_path), team, runs=24, chunk_size=1, halt=halt) for run in played.runs
        ]
    assert "time limit" == halt.reason
    assert 1 <= len(runs) < 24
