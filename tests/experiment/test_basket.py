"""Nothing that came in is lost on its way to a part, and parts stay few however long an experiment takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pytest

from simulator.experiment import basket
from simulator.experiment.basket import Basket
from simulator.experiment.worker import Played
from simulator.results.failures import Failure
from simulator.results.metrics import Table


@dataclass
class Parts:
    """What was kept: of each part the runs in it and those that failed; and a clock that a test sets."""

    now: float = 100.0
    kept: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def add(self, tables: Mapping[Table, pa.Table], failures: Sequence[Failure] = ()) -> None:
        runs = tables["runs"]["run"].to_pylist() if tables else []
        self.kept.append((runs, [failure.run for failure in failures]))


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Parts:
    found = Parts()
    monkeypatch.setattr(basket.time, "monotonic", lambda: found.now)
    return found


def batch(*runs: int, failed: tuple[int, ...] = ()) -> Played[dict[Table, pa.Table]]:
    content: dict[Table, pa.Table] | None = {"runs": pa.table({"run": list(runs)})} if runs else None
    return Played(0, runs, content, tuple(Failure(run, "one", "ValueError", "", "") for run in failed), 1.0)


def test_batches_of_a_second_are_one_part(parts: Parts) -> None:
    whole = Basket(parts)
    for run, seconds in enumerate((0.0, 0.9, 0.2, 0.9, 0.2), 1):
        parts.now += seconds
        whole.put(batch(run))
    assert [([1, 2, 3], []), ([4, 5], [])] == parts.kept


def test_after_long_a_part_holds_a_hundredth_of_the_time(parts: Parts) -> None:
    whole = Basket(parts)
    parts.now += 1000.0
    whole.put(batch(1))
    for run in range(2, 13):
        parts.now += 1.0
        whole.put(batch(run))
    assert [1, 11] == [len(runs) for runs, _ in parts.kept]  # 10 seconds are less than a hundredth of 1,010


def test_failed_runs_are_kept_with_or_without_others(parts: Parts) -> None:
    whole = Basket(parts)
    whole.put(batch(1, failed=(2,)))
    whole.put(batch(failed=(3, 4)))
    whole.empty()
    whole.put(batch(failed=(5,)))
    whole.empty()
    whole.empty()
    assert [([1], [2, 3, 4]), ([], [5])] == parts.kept
