"""A verdict needs a probability beyond its border by five errors."""

from __future__ import annotations

import pytest

from simulator.decide.claims.verdict import told, verdict_of
from simulator.results.statistics import Estimate


@pytest.mark.parametrize(
    ("value", "error", "expected"),
    [
        (0.95, 0.01, "holds"),
        (0.95, 0.0101, "depends"),
        (1.0, 0.02, "holds"),
        (0.05, 0.01, "fails"),
        (0.05, 0.0101, "depends"),
        (0.0, 0.02, "fails"),
        (0.5, 0.08, "depends"),
        (0.89, 0.0, "depends"),
    ],
)
def test_the_error_may_be_a_fifth_of_the_distance(value: float, error: float, expected: str) -> None:
    assert expected == verdict_of(Estimate(value, error))


@pytest.mark.parametrize(("value", "error", "expected"), [(0.5, 0.08, True), (0.5, 0.081, False), (0.85, 0.02, False)])
def test_what_depends_may_be_told_as_well(value: float, error: float, expected: bool) -> None:
    assert expected == told(Estimate(value, error))


def test_without_an_error_nothing_is_told() -> None:
    assert "depends" == verdict_of(Estimate(1.0, None))
