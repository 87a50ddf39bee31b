"""Every run is handed out once, worlds are opened one after the other, and nobody waits without need."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.design import Batch, runs_by_world
from simulator.experiment.schedule import Schedule


def handed_out(schedule: Schedule, *, at_once: int) -> tuple[list[Batch], int]:
    """All batches, while so many are under way, the oldest coming back first; and the most worlds open at once."""
    under_way: list[Batch] = []
    found: list[Batch] = []
    most = 0
    while True:
        while len(under_way) < at_once and (batch := schedule.next()) is not None:
            under_way.append(batch)
            found.append(batch)
        if not under_way:
            return found, most
        most = max(most, len({batch.world for batch in under_way}))
        batch = under_way.pop(0)
        schedule.returned(batch, runs=len(batch.runs), seconds=0.05 * len(batch.runs))


@given(
    st.integers(1, 300),
    st.integers(1, 12),
    st.integers(1, 5),
    st.none() | st.integers(1, 70),
    st.sets(st.integers(1, 90)),
)
def test_every_run_is_handed_out_once_and_worlds_are_no_more_than_workers(
    runs: int, worlds: int, workers: int, chunk_size: int | None, done: set[int]
) -> None:
    schedule = Schedule(runs_by_world(runs, worlds, done), workers, chunk_size)
    batches, most = handed_out(schedule, at_once=2 * workers)
    assert sorted(set(range(1, runs + 1)) - done) == sorted(run for batch in batches for run in batch.runs)
    assert all(batch.world == (run - 1) % worlds for batch in batches for run in batch.runs)
    assert most <= workers


def test_workers_begin_with_different_worlds() -> None:
    schedule = Schedule(runs_by_world(100, 8), 4)
    assert [0, 1, 2, 3] == [schedule.next().world for _ in range(4)]


def test_a_world_that_stands_goes_before_one_that_must_be_built() -> None:
    schedule = Schedule(runs_by_world(100, 8), 2)
    first = schedule.next()
    schedule.returned(first, runs=1, seconds=0.05)
    assert first.world == schedule.next().world


def test_the_first_batch_of_a_world_is_one_run_and_later_ones_are_worth_it() -> None:
    batches, _ = handed_out(Schedule(runs_by_world(400, 2), 2), at_once=2)
    assert [1, 1] == [len(batch.runs) for batch in batches[:2]]
    assert 20 == max(len(batch.runs) for batch in batches)  # 1 second at 0.05 seconds a run


def test_a_fixed_size_of_batches_is_kept() -> None:
    batches, _ = handed_out(Schedule(runs_by_world(40, 2), 2, chunk_size=7), at_once=3)
    assert [6, 6, 7, 7, 7, 7] == sorted(len(batch.runs) for batch in batches)
