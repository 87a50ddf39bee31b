"""Ranges as people write them, and everything wrong with them at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.decide.question import Question
from simulator.decide.varied import Varied, parsed, values_at
from simulator.errors import InputProblems
from simulator.experiment.versions import Version

QUICK = Path(__file__).parents[2] / "scenarios" / "quick.yaml"


@pytest.fixture(scope="module")
def base() -> Version:
    return Question(QUICK).version()


def test_a_range_is_read_with_its_spacing_and_unit(base: Version) -> None:
    found = parsed(["product.price=20:80", "arms.five.hire.0.count=1:9:int", "budget=100:10000:log"], base)
    assert Varied("product.price", 20.0, 80.0, "linear", "money", 40.0) == found[0]
    assert [1.0, 5.0, 9.0] == [found[1].value(u) for u in (0.0, 0.5, 1.0)]
    assert "arms.five.hire.0.count=5" == found[1].setting(5.0)
    assert 1000.0 == pytest.approx(found[2].value(0.5))


def test_a_whole_number_is_the_nearest_one_and_set_with_all_its_digits() -> None:
    count = Varied("count", 1.0, 11.0, "int")
    assert [3.0, 4.0, 10.0] == [count.value(u) for u in (0.24, 0.26, 0.94)]
    assert "count=12345678901" == count.setting(12_345_678_901.0)


def test_a_number_that_nobody_knows_has_no_value_now(base: Version) -> None:
    found = parsed(["behavior.halo=1:5", "behavior.halo_slope=-0.1:0.1"], base)
    assert [None, 0.0] == [each.now for each in found]


def test_a_path_alone_goes_through_its_plausible_range(base: Version) -> None:
    (found,) = parsed(["behavior.halo_slope"], base)
    assert (-0.3, 0.3) == (found.low, found.high)


def test_every_problem_is_named_at_once_with_its_remedy(base: Version) -> None:
    ranges = ("5:1", "0:10:log", "1:2:logg", "1", "a:b", "5:5")
    wrong = ["product.prise", *(f"budget={each}" for each in ranges)]
    with pytest.raises(InputProblems) as found:
        parsed(wrong, base)
    told = [str(problem) for problem in found.value.problems]
    assert len(wrong) == len(told)
    assert "did you mean 'product.price'?" in told[0]
    assert "the lower one first" in told[1]
    assert "begin above 0" in told[2]
    assert "did you mean 'log'?" in told[3]
    assert "budget=1000:20000" in told[4]
    assert "'a:b' is no range" in told[5]
    assert "'5:5' is no range" in told[6]


def test_one_number_cannot_be_varied_twice(base: Version) -> None:
    with pytest.raises(InputProblems, match="budget is varied twice"):
        parsed(["budget=1:2", "budget=3:4"], base)


def test_points_that_round_to_the_same_are_one() -> None:
    count = Varied("count", 1.0, 3.0, "int")
    assert [(1.0,), (2.0,), (3.0,)] == values_at([count], np.linspace(0, 1, 9)[:, np.newaxis])


@pytest.mark.parametrize("path", ["worlds", "replicates", "seed", "runs"])
def test_what_makes_luck_common_cannot_be_varied(path: str, base: Version) -> None:
    """Points in other worlds or with another seed would not differ by what is varied alone."""
    with pytest.raises(InputProblems, match=f"--set {path}=NUMBER"):
        parsed([f"{path}=2:6:int"], base)
