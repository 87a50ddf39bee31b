"""A workshop builds each world once, keeps as many as it may, and starts afresh after a run that failed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from experiment.fake_engine import Watch, campaign

from simulator.experiment import worker
from simulator.experiment.design import Batch
from simulator.experiment.worker import Job, Workshop


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(worker, "machinery", watch.machinery)
    return watch


def workshop(tmp_path: Path, **how: object) -> Workshop[int]:
    return Workshop(Job(*campaign(tmp_path), "compiled", len), **how)  # type: ignore[arg-type]


def test_a_batch_gives_its_runs_and_what_was_asked_for(watch: Watch, tmp_path: Path) -> None:
    played = workshop(tmp_path).play(Batch(1, (2, 6, 10)))
    assert (1, (2, 6, 10), 9, ()) == (played.world, played.runs, played.content, played.failures)


def test_worlds_are_kept_up_to_the_number_allowed(watch: Watch, tmp_path: Path) -> None:
    shop = workshop(tmp_path, most_worlds=2)
    for world in (0, 1, 0, 1, 2, 1):
        shop.play(Batch(world, (world + 1,)))
    assert [0, 1, 2] == watch.built
    shop.play(Batch(0, (5,)))
    assert [0, 1, 2, 0] == watch.built
    assert 2 == watch.most_worlds


def test_threads_that_need_the_same_world_wait_for_one_of_them_to_build_it(watch: Watch, tmp_path: Path) -> None:
    watch.building = 0.05
    shop = workshop(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(shop.play, [Batch(0, (run,)) for run in (1, 5, 9, 13)]))
    assert [0] == watch.built


def test_scratch_is_made_once_per_thread_and_again_after_a_failure(watch: Watch, tmp_path: Path) -> None:
    shop = workshop(tmp_path)
    shop.play(Batch(0, (1, 5)))
    assert 1 == watch.scratches
    watch.fail_at = frozenset({9})
    played = shop.play(Batch(0, (9, 13)))
    assert ((13,), 9, 2) == (played.runs, played.failures[0].run, watch.scratches)


def test_a_workshop_that_is_stopped_hands_over_what_it_has(watch: Watch, tmp_path: Path) -> None:
    stop = threading.Event()
    shop = workshop(tmp_path, stopped=lambda: len(watch.played) >= 6 or stop.is_set())
    assert (1, 5) == shop.play(Batch(0, (1, 5, 9, 13))).runs
    stop.set()
    nothing = shop.play(Batch(1, (2, 6)))
    assert ((), None) == (nothing.runs, nothing.content)


def test_no_memory_is_no_finding_of_a_run(watch: Watch, tmp_path: Path) -> None:
    watch.fail_at, watch.error = frozenset({5}), MemoryError()
    with pytest.raises(MemoryError):
        workshop(tmp_path).play(Batch(0, (1, 5)))
