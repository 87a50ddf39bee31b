"""Shipped scenarios, damaged at random: a few hundred each time here, twenty thousand with scripts/fuzz.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from fuzzing import watch
from fuzzing.campaign import cases
from fuzzing.ground import prepare, seeds
from fuzzing.minimize import smallest
from fuzzing.mutations import Case
from fuzzing.trees import text_of, tree_of
from fuzzing.watch import Watch, reading
from hypothesis import HealthCheck, Phase, given, settings
from ruamel.yaml import YAML

from simulator.errors import InputProblems, Problem

SEEDS = seeds()
WATCH = Watch()


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which cases lie."""
    folder = tmp_path_factory.mktemp("ground")
    prepare(folder)
    return folder


@pytest.fixture
def reads(ground: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], str]:
    """What the watch says of a reading that does something of its own."""

    def read(does: Callable[[], object]) -> str:
        monkeypatch.setattr(watch, "_explained", lambda _path, _settings: does())
        return reading(Case(b""), WATCH, ground).fault

    return read


@given(case=cases(SEEDS))
@settings(max_examples=300, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True)
def test_a_damaged_scenario_ends_in_an_answer_or_in_problems(ground: Path, case: Case) -> None:
    found = reading(case, WATCH, ground)
    assert not found.fault, f"{found.fault}\n{found.details}\n{case.settings}\n{case.content[:3000]!r}"


def test_most_of_what_ships_is_valid_before_it_is_damaged(ground: Path) -> None:
    valid = [reading(Case(text_of(tree).encode()), WATCH, ground).valid for tree in SEEDS]
    assert sum(valid) > 0.9 * len(valid)


@pytest.mark.parametrize("value", [{"a": {"b": {"c": [1, 2.5, "x: y", None, True]}}, "d": "on"}, [1], {}])
def test_a_tree_says_what_the_file_said(value: object) -> None:
    assert value == YAML(typ="safe", pure=True).load(text_of(tree_of(value)))


def test_the_watch_sees_what_must_not_happen(reads, ground: Path, monkeypatch) -> None:
    def long_problem() -> None:
        raise InputProblems([Problem("a", "x" * 5000, None, "f")])

    def placeless() -> None:
        raise InputProblems([Problem("a", "x")])

    def deep() -> None:
        deep()

    assert "does more than read" == reads(lambda: (ground / "owned").write_text("x"))
    (ground / "owned").unlink()
    assert "does more than read" == reads(lambda: watch.os.system("true"))
    assert "a problem longer than anybody reads" == reads(long_problem)
    assert "a problem without message or place" == reads(placeless)
    assert "RecursionError in test_fuzz.py, deep" == reads(deep)
    assert "UserWarning in test_fuzz.py, <lambda>" == reads(lambda: watch.warnings.warn("x", stacklevel=1))
    monkeypatch.setattr(watch, "HANGS", 0.05)
    assert "hangs" == reads(lambda: watch.time.sleep(5))
    assert "" == reads(lambda: None)


def test_what_takes_too_long_is_read_again_before_that_is_believed(reads, monkeypatch) -> None:
    clock = iter([0.0, 3.0, 10.0, 11.0, 20.0, 21.0, 30.0, 33.0, 40.0, 43.0, 50.0, 53.0])
    monkeypatch.setattr(watch, "time", SimpleNamespace(process_time=lambda: next(clock)))
    assert ["", "takes too long"] == [reads(lambda: None) for _ in range(2)]


def test_a_case_is_made_as_small_as_its_fault_allows() -> None:
    case = Case(b"a: 1\nb: 2\nc: bad\n" * 9, ("x=1", "y=2"), {"t.csv": b"1"})
    small = smallest(case, lambda smaller: b"bad" in smaller.content and "y=2" in smaller.settings)
    assert Case(b"bad", ("y=2",), {}) == small
