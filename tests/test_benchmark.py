"""The benchmark measures what it says, and everybody in it does the same work. No time is asserted here."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from benchmarking import report
from benchmarking.clock import Unmeasured, taking_turns
from benchmarking.contest import PEERS
from benchmarking.effort import TINY
from benchmarking.floor import Floor, compiler
from benchmarking.job import comparable, job_of
from benchmarking.loads import W_SIMPLE, load
from benchmarking.memory import bytes_of
from benchmarking.peers import deviations, missing
from benchmarking.scaling import slope_of
from benchmarking.suite import measure

from simulator.engines.play import Scratch

# The contract with whoever reads `--json`.
KEYS = {
    "w_ms", "w_simple_ms", "c_floor_ms", "mesa_us_per_encounter", "thread_speedup", "slope",
    "bytes_per_follower_thread", "world_s_per_million", "small_run_overhead_ms", "help_s", "cached_start_s",
    "engines_equal", "encounters", "engagements", "orders",
}  # fmt: skip


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    return measure(TINY)


def test_a_measurement_has_the_keys_of_the_contract_and_json_takes_it(measured: dict[str, Any]) -> None:
    assert KEYS | {"version", "machine", "notes", "details"} == set(measured)
    assert measured == json.loads(json.dumps(measured))


def test_a_note_names_every_key_that_was_not_measured(measured: dict[str, Any]) -> None:
    notes = " ".join(measured["notes"])
    assert all(key in notes for key in KEYS if measured[key] is None)
    assert measured["w_ms"] > 0.0


def test_both_engines_give_the_same_outcomes(measured: dict[str, Any]) -> None:
    assert measured["engines_equal"] is True


def run_script(root: Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, root / "scripts" / "benchmark.py", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_explains_itself_without_measuring(root: Path) -> None:
    shown = run_script(root, "--help").stdout
    assert "--quick" in shown.replace("[--quick]", "")  # in the list of options, not in the docstring alone


def test_what_was_measured_can_be_shown_written_and_drawn_again(
    root: Path, tmp_path: Path, measured: dict[str, Any]
) -> None:
    (tmp_path / "measured.json").write_text(json.dumps(measured))
    (tmp_path / "page.md").write_text("<!-- benchmark: begin -->\n<!-- benchmark: end -->\n")
    figure = tmp_path / "figure.svg"
    done = run_script(
        root, "--from", tmp_path / "measured.json", "--json", "--write", tmp_path / "page.md", "--figure", figure
    )
    assert 0 == done.returncode
    assert measured == json.loads(done.stdout)
    assert "slope of cost" in (tmp_path / "page.md").read_text()
    assert figure.exists() or "no figure: " in done.stderr


def test_the_command_fails_where_the_engines_differ(root: Path, tmp_path: Path, measured: dict[str, Any]) -> None:
    (tmp_path / "measured.json").write_text(json.dumps({**measured, "engines_equal": False}))
    assert 1 == run_script(root, "--from", tmp_path / "measured.json").returncode


@pytest.mark.skipif(compiler() is None, reason="NO C COMPILER (cc, gcc, clang): the floor is not compared with us")
def test_the_floor_in_c_counts_exactly_what_we_count(tmp_path: Path) -> None:
    floor, scratch = Floor(tmp_path), Scratch()
    for followers in (103, 2_049, 20_000):  # not a multiple of a block, one beyond it, many blocks
        simple = load(W_SIMPLE, followers)
        for run in (1, 2, 70_000):
            ours = comparable(simple.play(run, scratch))
            theirs = floor.prepare(job_of(simple, run))()
            assert ours == {name: theirs[name] for name in ours}


def test_we_count_what_the_chances_of_the_job_promise() -> None:
    simple, scratch, runs = load(W_SIMPLE, 20_000), Scratch(), range(1, 21)
    expected = {"impressions": 0.0, "engagements": 0.0, "clicks": 0.0}
    counted = dict.fromkeys(expected, 0)
    for run in runs:
        tally = simple.play(run, scratch).tally
        for name, mean in job_of(simple, run).expected().items():
            if name in expected:
                expected[name] += mean
                counted[name] += getattr(tally, name)
    for name, mean in expected.items():
        assert abs(counted[name] - mean) < 4.0 * mean**0.5


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.__name__)
def test_a_peer_does_the_same_work(peer: Any) -> None:
    module = missing(peer)
    if module:
        pytest.skip(f"{module.upper()} IS NOT INSTALLED: {peer.name} is not checked")
    job = job_of(load(W_SIMPLE, 5_000), 1)
    # Most see each post, evenly over four days: who met a post twice, or on a wrong day, would be noticed.
    evenly = dataclasses.replace(job, reach=0.9, seen_by_age=(0.25, 0.5, 0.75, 1.0))
    for told in (job, evenly):
        playing = peer(told)
        for _ in range(2):  # the first play leaves nothing behind
            counts = playing.play()
            assert deviations(told, counts) < 5.0
            assert abs(counts["reach"] - _expected_reach(told)) < 5.0 * _expected_reach(told) ** 0.5
        assert deviations(dataclasses.replace(told, engage=1.5 * told.engage), counts) > 5.0
        getattr(playing, "close", lambda: None)()


def _expected_reach(job: Any) -> float:
    unseen = np.prod([1.0 - sum(chance for _, chance in job.day_chances(day)) for day in job.post_days])
    return float(job.followers * (1.0 - unseen))


class Pair(NamedTuple):
    left: Any
    right: Any


def test_arrays_are_counted_once_wherever_they_hang() -> None:
    class Room:
        def __init__(self) -> None:
            column, world = np.zeros(100, np.int32), np.zeros(1000)
            self.parts = Pair({"column": column}, [column[10:20], (world[:3], np.zeros(5, np.uint8))])
            self.world = Pair(world, None)

    room = Room()
    assert 400 + 8000 + 5 == bytes_of(room)
    assert 400 + 5 == bytes_of(room, beyond=room.world)


def test_the_slope_of_a_power_law_is_its_exponent_where_runs_take_long_enough() -> None:
    costs = [(100, 0.29)] + [(followers, 1e-6 * followers**1.5) for followers in (10_000, 100_000, 1_000_000)]
    slope, fitted = slope_of(costs)
    assert 1.5 == pytest.approx(slope)
    assert [10_000, 100_000, 1_000_000] == fitted
    with pytest.raises(Unmeasured, match="fewer than two sizes"):
        slope_of(costs[:2])


def test_rivals_take_turns_after_an_uncounted_first_call() -> None:
    called: list[str] = []
    times = taking_turns({"a": (lambda: called.append("a"), 2), "b": (lambda: called.append("b"), 1)}, rounds=2)
    assert ["a", "b", "a", "a", "b", "a", "a", "b"] == called
    assert (4, 2) == (times["a"].calls, times["b"].calls)


def test_a_page_gets_the_table_between_its_markers(tmp_path: Path, measured: dict[str, Any]) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- benchmark: begin -->\nold\n<!-- benchmark: end -->\nafter\n")
    report.write(measured, page)
    report.write(measured, page)  # may be written again
    text = page.read_text()
    assert text.startswith("before\n<!-- benchmark: begin -->\n")
    assert text.endswith("<!-- benchmark: end -->\nafter\n")
    assert "old" not in text
    assert all(goal.label in text for goal in report.GOALS)
    page.write_text("no markers")
    with pytest.raises(AssertionError, match="markers"):
        report.write(measured, page)


@pytest.mark.parametrize(
    ("key", "value", "met"),
    [
        ("w_ms", 60.0, "yes"), ("w_ms", 60.1, "no"), ("w_ms", None, ""),
        ("thread_speedup", 1.8, "yes"), ("thread_speedup", 1.79, "no"),
        ("engines_equal", True, "yes"), ("engines_equal", False, "no"),
    ],
)  # fmt: skip
def test_a_goal_is_met_on_its_right_side(measured: dict[str, Any], key: str, value: Any, met: str) -> None:
    (goal,) = (goal for goal in report.GOALS if goal.key == key)
    (row,) = (row for row in report.rows({**measured, "details": {}, key: value}) if row[0] == goal.label)
    assert met == row[3]


def test_what_runs_on_one_core_is_judged_by_its_cpu_time(measured: dict[str, Any]) -> None:
    details = {"w": {"cpu_ms": 59.0}, "worlds": {"a": {"cpu_s_per_million": 1.0}, "b": {"cpu_s_per_million": 4.5}}}
    table = report.rows({**measured, "w_ms": 300.0, "world_s_per_million": 3.0, "details": details})
    assert ("300 ms (CPU 59.0)", "≤ 60 ms", "yes") in {row[1:] for row in table}
    assert ("3.00 s (CPU 4.50)", "≤ 4 s", "no") in {row[1:] for row in table}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"), (True, "yes"), (836585, "836,585"), (0.04417, "0.0442"), (3.6596, "3.66"), (98.99, "99.0"),
        (448.7, "449"),
    ],
)  # fmt: skip
def test_three_digits_count(value: Any, text: str) -> None:
    assert text == report.shown(value)
