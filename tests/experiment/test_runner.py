"""Runs are played once each, with the same outcome whoever plays them, and worlds do not pile up."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from experiment.fake_engine import Watch, campaign

from simulator.errors import InputProblems
from simulator.experiment import runner
from simulator.experiment.runner import simulate, workers_of
from simulator.results.outcome import Outcome


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(runner, "machinery", watch.machinery)
    return watch


def outcomes(tmp_path: Path, *settings: str, runs: int = 24, **how: object) -> dict[tuple[str, int], Outcome]:
    scenario, plan = campaign(tmp_path, *settings)
    played = simulate(scenario, plan, runs=runs, **how)
    return {(outcome.arm, outcome.run): outcome for batch in played for outcome in batch.outcomes}


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
def test_an_error_of_the_engine_reaches_the_caller_and_ends_all_threads(
    watch: Watch, tmp_path: Path, executor: str
) -> None:
    watch.fail_at, threads = 9, threading.active_count()
    with pytest.raises(RuntimeError, match="the engine failed"):
        outcomes(tmp_path, executor=executor, chunk_size=1)
    assert threads == threading.active_count()


def test_closing_the_iterator_ends_all_threads(watch: Watch, tmp_path: Path) -> None:
    watch.seconds, threads = 0.002, threading.active_count()
    scenario, plan = campaign(tmp_path)
    played = simulate(scenario, plan, runs=24, executor="local:2", chunk_size=1)
    next(played)
    played.close()
    assert threads == threading.active_count()
    assert len(watch.played) < 3 * 24


@pytest.mark.parametrize(
    "executor", ["processes", "processes:4", "dask:here", "mine:factory", "local:0", "local:x", ""]
)
def test_an_executor_that_does_not_exist_is_refused_with_what_does(executor: str) -> None:
    with pytest.raises(InputProblems, match="use local, local:N with N of 1 or more, or serial"):
        workers_of(executor)
