"""The script that checks coverage does what it says: it finds intervals that hold, and those that do not."""

from __future__ import annotations

import numpy as np
from verify_statistics import covered, judged, synthetic_coverage
from verifying.synthetic import Case, truths


def test_a_synthetic_case_tells_the_coverage_of_every_statistic() -> None:
    case = Case(8, 2, 200, 0.2, 1.0)
    found = {each.statistic: each for each in synthetic_coverage((7, case, 40))}
    assert truths(case).keys() == found.keys()
    assert 32 <= found["mean"].held  # fewer than 32 of 40 have a chance of 1 in 10,000
    assert 40 == found["mean"].told == found["mean"].studies


def test_intervals_that_miss_are_found() -> None:
    narrow = np.tile([1.0, 0.1, 0.9, 1.1], (100, 1))
    assert "PASS" != judged([covered("mean", "case", 200, narrow, 1.2)])
    assert 100 == covered("mean", "case", 200, narrow, 1.05).held
