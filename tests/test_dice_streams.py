"""What batteries are fed is what the model draws: the words of `throw`, in the order of its loops."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from dice_testing.batteries import Statistic, Verdict, statistics_of_dieharder, statistics_of_testu01
from dice_testing.streams import NUMBERS, PEOPLE, POST, SEED, STREAMS, WORLD, Axis, Source, Stream, keys

from simulator.dice import MEET, NO_WORLD, PARAMETER, PURCHASE, SEEN, identity, inner_unit, throw
from simulator.scenario.designs import Design
from simulator.scenario.sobol import known_dimensions

MANY = 6000  # words compared: past the end of the first axis where that is short


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_is_the_words_of_its_keys(name: str) -> None:
    stream = STREAMS[name]
    plain = [throw(*key[:7])[key[7]] for key in islice(keys(stream), MANY)]
    assert plain == Source(stream).words(MANY).tolist()


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_goes_on_where_it_stopped(name: str) -> None:
    source = Source(STREAMS[name])
    parts = [source.words(count) for count in (1, 2, 1000, 997)]
    assert np.concatenate(parts).tolist() == Source(STREAMS[name]).words(2000).tolist()


def test_an_odometer_carries_over_all_axes() -> None:
    axes = (Axis("word", 2), Axis("when", 3, 5), Axis("about", 2, values=(77, 9)), Axis("run", 2, 1))
    stream = Stream("small", axes, (("decision", SEEN),))
    expected = [
        throw(SEED, WORLD, 0, about, run, SEEN, when)[word]
        for run in (1, 2)
        for about in (77, 9)
        for when in (5, 6, 7)
        for word in (0, 1)
    ]
    assert 2 * expected == Source(stream).words(48).tolist()
    assert expected == [throw(*key[:7])[key[7]] for key in keys(stream)]


# The orders themselves, written as the model's loops are.


def test_people_seen_share_a_throw_by_four() -> None:
    words = Source(STREAMS["people seen"]).words(1000).tolist()
    assert [throw(SEED, WORLD, who >> 2, POST, 1, SEEN, 0)[who & 3] for who in range(1000)] == words


def test_people_engage_by_the_first_word_of_their_meeting() -> None:
    words = Source(STREAMS["people engage"]).words(1000).tolist()
    assert [throw(SEED, WORLD, who, POST, 1, MEET, 0)[0] for who in range(1000)] == words


def test_after_the_last_person_comes_the_next_run() -> None:
    source = Source(STREAMS["people engage"])
    for _ in range(16):
        source.words(PEOPLE // 16)
    assert [throw(SEED, WORLD, who, POST, 2, MEET, 0)[0] for who in range(3)] == source.words(3).tolist()


def test_numbers_of_a_draw_are_those_that_a_scenario_draws() -> None:
    words = Source(STREAMS["numbers of a draw"]).words(len(NUMBERS) + 1)
    drawn = [Design().quantile(SEED, path, "", 1) for path in known_dimensions()]
    assert drawn == [inner_unit(int(word)) for word in words[:-1]]
    assert words[-1] == throw(SEED, NO_WORLD, 0, NUMBERS[0], 2, PARAMETER, 0)[0]


def test_people_and_runs_are_side_by_side() -> None:
    words = Source(STREAMS["people and runs"]).words(64).tolist()
    side = [(who, run) for who in range(4) for run in range(1, 17)]
    first = identity("micro#1", "post 1")
    assert [throw(SEED, WORLD, who, first, run, PURCHASE, 0)[0] for who, run in side] == words


def test_reversed_bits_are_the_words_backward() -> None:
    plain, turned = (Source(STREAMS["runs"], reversed_bits=way).words(500).tolist() for way in (False, True))
    assert [int(f"{word:032b}"[::-1], 2) for word in plain] == turned


def test_words_are_poured_out_as_they_are(root: Path) -> None:
    command = [sys.executable, root / "scripts/check_dice.py", "--words", "days"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as program:
        assert program.stdout is not None
        poured = np.frombuffer(program.stdout.read(4000), np.uint32)
        program.stdout.close()
    assert Source(STREAMS["days"]).words(1000).tolist() == poured.tolist()


# What batteries print, and what is made of it.


def test_a_battery_that_is_missing_is_said_loudly_and_tests_nothing(root: Path) -> None:
    command = [sys.executable, root / "scripts/check_dice.py", "--battery", "crush"]
    said = subprocess.run(command, env={**os.environ, "PATH": ""}, capture_output=True, text=True, check=False)
    assert (4, "") == (said.returncode, said.stdout)
    assert "CRUSH IS NOT INSTALLED" in said.stderr
    assert "apt-get install libtestu01-0-dev" in said.stderr


DIEHARDER = """
        test_name   |ntup| tsamples |psamples|  p-value |Assessment
   diehard_birthdays|   0|       100|     100|0.54133062|  PASSED
        diehard_sums|   0|       100|     100|0.00000001|   WEAK
         rgb_bitdist|  12|    100000|     100|0.00000000|  FAILED
"""


def test_tables_of_dieharder_are_read_without_what_it_advises_against() -> None:
    found = statistics_of_dieharder(DIEHARDER)
    assert (Statistic("diehard_birthdays 0", 0.54133062), Statistic("rgb_bitdist 12", 0.0)) == found


def test_lines_of_testu01_are_read_without_tests_that_did_not_run() -> None:
    found = statistics_of_testu01("a report\n0.25\tBirthdaySpacings\n-1\tMaxOft\n1e-15\tGap\n")
    assert (Statistic("BirthdaySpacings", 0.25), Statistic("Gap", 1e-15)) == found


@pytest.mark.parametrize(
    ("p", "word"),
    [
        (0.5, "passed"),
        (2e-4, "passed"),
        (5e-5, "look again"),
        (0.99995, "look again"),
        (0.0, "failed"),
        (1.0, "failed"),
    ],
)
def test_a_verdict_follows_the_most_extreme_value(p: float, word: str) -> None:
    assert word == Verdict("runs", "crush", 1, (Statistic("a", 0.4), Statistic("b", p))).word
