"""Dice are keyed: the published generator, the same bits compiled, and nothing shared by accident."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import chi2

from simulator import dice
from simulator.compiled import kernel
from simulator.dice import MASK, UNIT, Decision, identity, inner_unit, philox, pick, throw, unit, words_below

# Random123, kat_vectors: philox4x32 with 10 rounds.
PUBLISHED = {
    "zeros": ((0,) * 4, (0,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    "ones": ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    "pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}
word = st.integers(0, 0xFFFFFFFF)
when = st.integers(0, dice.LARGEST_WHEN)


@kernel
def compiled_philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    return philox(c0, c1, c2, c3, k0, k1)


@kernel
def compiled_throw(
    seed: int, world: int, who: int, about: int, run: int, decision: int, when: int
) -> tuple[int, int, int, int]:
    return throw(seed, world, who, about, run, decision, when)


@kernel
def compiled_numbers(die: int, count: int) -> tuple[float, float, int]:
    return unit(die), inner_unit(die), pick(die, count)


@kernel
def throws(keys: NDArray[np.int64], words: NDArray[np.int64]) -> None:
    """The four words of each key (seed, world, who, about, run, decision, when)."""
    for i in range(keys.shape[0]):
        key = keys[i]
        a, b, c, d = throw(key[0], key[1], key[2], key[3], key[4], key[5], key[6])
        words[i, 0] = a
        words[i, 1] = b
        words[i, 2] = c
        words[i, 3] = d


@pytest.mark.parametrize("generator", [philox, compiled_philox], ids=["plain", "compiled"])
@pytest.mark.parametrize(("counter", "key", "expected"), PUBLISHED.values(), ids=PUBLISHED)
def test_the_published_answers_come_out(
    counter: tuple[int, ...], key: tuple[int, ...], expected: tuple[int, ...], generator: Callable[..., tuple[int, ...]]
) -> None:
    assert expected == generator(*counter, *key)


@given(word, word, word, word, word, st.sampled_from(Decision), when)
def test_a_throw_is_the_same_compiled(
    seed: int, world: int, who: int, about: int, run: int, decision: Decision, when: int
) -> None:
    key = (seed, world, who, about, run, int(decision), when)
    assert throw(*key) == compiled_throw(*key)


@given(word, st.integers(1, 2**31 - 1))
def test_a_word_becomes_a_number_inside_its_range(die: int, count: int) -> None:
    plain = unit(die), inner_unit(die), pick(die, count)
    assert plain == compiled_numbers(die, count)
    assert 0.0 <= plain[0] < 1.0
    assert 0.0 < plain[1] < 1.0
    assert 0 <= plain[2] < count


@given(word, word, word, word, word, st.sampled_from(Decision), when)
def test_each_part_of_the_key_matters(
    seed: int, world: int, who: int, about: int, run: int, decision: Decision, when: int
) -> None:
    key = (seed, world, who, about, run, int(decision), when)
    for place in range(len(key)):
        other = (*key[:place], key[place] ^ 1, *key[place + 1 :])
        assert throw(*key) != throw(*other)


def table() -> list[tuple[str, str, list[str]]]:
    """Decision, when and words of each row of the table in the module's own text."""
    row = re.compile(r"^    ([A-Z_]+) +(?:\S.*?) {2,}(?:\S.*?) {2,}(\S.*?) {2,}(.*)$", re.MULTILINE)
    return [(name, when, re.split(r"\s{2,}", words)) for name, when, words in row.findall(dice.__doc__ or "")]


def test_the_table_lists_every_decision_in_order() -> None:
    assert [decision.name for decision in Decision] == list(dict.fromkeys(name for name, _, _ in table()))


def test_the_table_gives_no_word_twice() -> None:
    blocks = [(name, when) for name, when, _ in table()]
    assert len(set(blocks)) == len(blocks)
    for name, _, words in table():
        named = [text for text in words if text not in {"-", "like-minded pick"}]
        assert 0 < len(words) <= 4
        assert len(set(named)) == len(named), name


def test_no_two_decisions_share_a_number() -> None:
    numbers = [int(decision) for decision in Decision]
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) == len(Decision.__members__)
    assert all(0 < number < 256 for number in numbers)


def test_plain_integers_for_kernels_repeat_the_decisions() -> None:
    assert {d.name: int(d) for d in Decision} == {d.name: getattr(dice, d.name) for d in Decision}


# Uniform and independent, per part of the key: 16 cells of one word; 16 x 16 cells of neighbors. The keys are fixed, so
# a test either always passes or always fails; the level leaves a sound generator one chance in a million per test.
LEVEL = 1e-6
THROWS = 65_536
PARTS = {"who": 2, "about": 3, "run": 4, "decision": 5, "when": 6}


def words_along(part: str) -> NDArray[np.int64]:
    """Words of many throws whose keys differ in one part."""
    keys = np.tile(np.array([20261122, 3, 1234, identity("macro#1", "post 1"), 7, 11, 5]), (THROWS, 1))
    steps = np.arange(THROWS)
    keys[:, PARTS[part]] = steps % 250 + 1 if part == "decision" else steps
    if part == "decision":
        keys[:, PARTS["who"]] = steps // 250
    words = np.empty((THROWS, 4), np.int64)
    throws(keys, words)
    return words


def assert_even(counts: NDArray[np.int64]) -> None:
    expected = counts.sum() / counts.size
    statistic = float(((counts - expected) ** 2 / expected).sum())
    assert LEVEL < chi2.sf(statistic, counts.size - 1) < 1.0 - LEVEL


@pytest.mark.parametrize("part", PARTS)
def test_words_are_uniform_along(part: str) -> None:
    words = words_along(part)
    for column in range(4):
        assert_even(np.bincount(words[:, column] >> 28, minlength=16))
        assert_even(np.bincount(words[:, column] & 15, minlength=16))


@pytest.mark.parametrize("part", PARTS)
def test_neighbors_are_independent_along(part: str) -> None:
    cells = words_along(part) >> 28
    for column in range(4):
        assert_even(np.bincount(cells[:-1, column] * 16 + cells[1:, column], minlength=256))
        assert_even(np.bincount(cells[:, column] * 16 + cells[:, (column + 1) % 4], minlength=256))


@pytest.mark.parametrize("part", PARTS)
def test_the_mean_along_is_a_half(part: str) -> None:
    numbers = words_along(part) / 2.0**32
    standard_error = math.sqrt(1.0 / 12.0 / THROWS)
    assert np.all(np.abs(numbers.mean(axis=0) - 0.5) < 5.0 * standard_error)


def test_an_identity_is_stable_across_processes() -> None:
    script = "from simulator.dice import identity; print(identity('macro#1', 'post', 1))"
    here = str(identity("macro#1", "post", 1))
    for seed in ("0", "1", "random"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        there = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert here == there.stdout.strip()


def test_an_identity_is_what_it_always_was() -> None:
    # First four bytes, least significant first, of: printf 'macro#1\\037post 1' | sha256sum
    assert 0x45DDB1D9 == identity("macro#1", "post 1")


def test_parts_of_an_identity_do_not_run_together() -> None:
    assert identity("a", "bc") != identity("ab", "c")
    assert 0 <= identity("x") <= 0xFFFFFFFF


@given(st.floats(0.0, 1.0) | st.integers(0, MASK).map(inner_unit), st.integers(0, MASK))
def test_words_below_a_chance_are_those_whose_unit_is_below_it(chance: float, word: int) -> None:
    """Counting words instead of comparing units must not move one decision, at the border least of all."""
    border = words_below(chance)
    for near in {word, *(border + step for step in (-2, -1, 0, 1)), 0, MASK}:
        if 0 <= near <= MASK:
            assert (near < border) == (inner_unit(near) < chance)


def test_words_below_the_ends_are_none_and_all() -> None:
    assert [0, 0, 1, MASK + 1] == [words_below(chance) for chance in (0.0, 0.5 * UNIT, 0.5000001 * UNIT, 1.0)]
    assert words_below(float("nan")) == 0
