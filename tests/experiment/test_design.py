"""Runs are balanced over worlds, and batches are worth their handing over."""

from __future__ import annotations

from itertools import pairwise

import pytest

from simulator.experiment.design import batch_size, rounds, runs_by_world, world_of


def test_every_run_is_in_its_world_once() -> None:
    todo = runs_by_world(23, 4, done={5, 6})
    assert sorted(run for runs in todo.values() for run in runs) == [run for run in range(1, 24) if run not in {5, 6}]
    assert all(world_of(run, 4) == world for world, runs in todo.items() for run in runs)


def test_worlds_differ_by_one_run_at_most() -> None:
    sizes = [len(runs) for runs in runs_by_world(30, 8).values()]
    assert 8 == len(sizes)
    assert max(sizes) - min(sizes) <= 1


def test_a_world_with_nothing_to_play_is_left_out() -> None:
    assert [0, 2] == list(runs_by_world(3, 3, done={2}))


def test_the_first_batch_is_one_run_that_tells_how_long_a_run_takes() -> None:
    assert 1 == batch_size(waiting=500, workers=2, seconds_per_run=None)


@pytest.mark.parametrize("seconds_per_run", [0.0, 1e-5, 0.003, 0.06, 0.5, 30.0])
@pytest.mark.parametrize("waiting", [1, 7, 250, 100_000])
@pytest.mark.parametrize("workers", [1, 2, 64])
def test_a_batch_lasts_a_fifth_of_a_second_unless_the_world_has_less(
    seconds_per_run: float, waiting: int, workers: int
) -> None:
    size = batch_size(waiting=waiting, workers=workers, seconds_per_run=seconds_per_run)
    assert 1 <= size <= waiting
    assert size == waiting or size * seconds_per_run >= 0.2 - 2 * seconds_per_run


def test_workers_share_the_end_of_a_world() -> None:
    assert 10 == batch_size(waiting=20, workers=2, seconds_per_run=0.05)


@pytest.mark.parametrize("seconds_per_run", [0.0, 0.003, 0.06, 0.5])
def test_no_batch_of_several_runs_lasts_longer_than_a_second(seconds_per_run: float) -> None:
    size = batch_size(waiting=10**7, workers=2, seconds_per_run=seconds_per_run)
    assert 1 == size or size * seconds_per_run <= 1.0


@pytest.mark.parametrize(("runs", "whole"), [(1, 8), (16, 8), (17, 8), (2000, 16), (1_000_000, 1)])
def test_rounds_grow_visit_all_worlds_alike_and_end_with_all_runs(runs: int, whole: int) -> None:
    found = list(rounds(runs, whole=whole))
    assert runs == found[-1]
    assert sorted(set(found)) == found
    assert all(size % whole == 0 for size in found[:-1])
    assert all(later <= 2 * size for size, later in pairwise(found))


def test_more_runs_go_through_the_same_rounds() -> None:
    few, many = list(rounds(500, whole=8)), list(rounds(5000, whole=8))
    assert few[:-1] == many[: len(few) - 1]
