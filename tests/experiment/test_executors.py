"""Every place to work is named, checked before anything starts, and leaves nothing behind."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from simulator.errors import InputProblems
from simulator.experiment.executors import SerialExecutor, check_executor, open_team, threads_of


@pytest.mark.parametrize(
    "spec", ["local", "local:2", "serial", "processes", "processes:16", "dask:tcp://host:8786", "mine:factory", "a.b:c"]
)
def test_a_place_to_work_is_known_by_its_form(spec: str) -> None:
    assert check_executor(spec) is None  # else it raises


@pytest.mark.parametrize(
    "spec",
    ["", "local:0", "local:x", "local:", "local:2:3", "serial:2", "processes:-1", "dask", "dask:", "a-b:c", "mine:"],
)
def test_any_other_word_is_refused_with_the_forms_there_are(spec: str) -> None:
    with pytest.raises(InputProblems, match=r"--executor.*use local\[:N\], serial, processes"):
        check_executor(spec)


def test_only_threads_can_judge_claims() -> None:
    assert (None, 3) == (threads_of("serial"), threads_of("local:3"))
    with pytest.raises(InputProblems, match="use local, local:N or serial"):
        threads_of("processes:2")


def test_a_team_says_how_many_work_and_keeps_two_tasks_ready_for_each() -> None:
    with open_team("local:3") as team:
        assert (3, 6, True) == (team.workers, team.ahead, team.shares_memory)
    with open_team("serial") as team:
        assert (1, 1, True) == (team.workers, team.ahead, team.shares_memory)


def test_threads_are_gone_when_the_team_is() -> None:
    before = threading.active_count()
    with open_team("local:3") as team:
        assert [0, 1, 4] == [team.executor.submit(pow, number, 2).result() for number in range(3)]
    assert before == threading.active_count()


def test_processes_play_and_are_gone_when_the_team_is() -> None:
    from multiprocessing import active_children

    with open_team("processes:2") as team:
        assert (9, False) == (team.executor.submit(pow, 3, 2).result(), team.shares_memory)
        assert active_children()
    assert [] == active_children()


def test_a_serial_executor_plays_at_once_and_keeps_errors_in_the_future() -> None:
    executor = SerialExecutor()
    assert 8 == executor.submit(pow, 2, 3).result(timeout=0)
    with pytest.raises(ZeroDivisionError):
        executor.submit(divmod, 1, 0).result(timeout=0)
    with pytest.raises(KeyboardInterrupt):
        executor.submit(_interrupt)


def _interrupt() -> None:
    raise KeyboardInterrupt


FACTORIES = """
from concurrent.futures import ThreadPoolExecutor
def two(): return ThreadPoolExecutor(2)
def many():
    pool = ThreadPoolExecutor(2)
    pool.workers = 12
    return pool
def wrong(): return 7
def broken(): return missing.name
"""


@pytest.fixture
def _factories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_cluster.py").write_text(FACTORIES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "my_cluster", raising=False)


@pytest.mark.usefixtures("_factories")
@pytest.mark.parametrize(("factory", "workers"), [("two", 2), ("many", 12)])
def test_a_factory_of_the_users_own_gives_an_executor(factory: str, workers: int) -> None:
    before = list(sys.path)
    with open_team(f"my_cluster:{factory}") as team:
        assert isinstance(team.executor, ThreadPoolExecutor)
        assert isinstance(team.executor, Executor)
        assert workers == team.workers
    assert before == sys.path


@pytest.mark.usefixtures("_factories")
@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("my_claster:two", "no module 'my_claster'; use local"),
        ("my_cluster:three", r"my_cluster has no 'three'; define three\(\) there"),
        ("my_cluster:broken", "cannot be loaded: NameError: name 'missing' is not defined; mend my_cluster"),
        ("my_cluster:wrong", "gives no executor but int; return a concurrent.futures.Executor"),
    ],
)
def test_a_factory_that_is_not_there_or_gives_no_executor_is_refused(spec: str, words: str) -> None:
    with pytest.raises(InputProblems, match=words), open_team(spec):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense"])
def test_a_cluster_out_of_reach_is_refused_with_the_remedy(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.experiment import executors

    monkeypatch.setattr(executors, "CONNECTING", "500ms")
    with (
        pytest.raises(InputProblems, match=r"is no Dask scheduler that answers.*dask scheduler"),
        open_team(f"dask:{address}"),
    ):
        pass
