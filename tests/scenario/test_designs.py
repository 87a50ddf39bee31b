"""Designs cover ignorance evenly, promise nothing about luck, and draw each number by its path and draw alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from lively import lively, played
from numpy.typing import NDArray
from scipy.stats import chi2

from simulator.dice import NO_WORLD, PARAMETER, identity, inner_unit, throw
from simulator.scenario.designs import BLOCK, Design, lane_and_place, lane_problems
from simulator.scenario.draws import SHARED, draws_of, uncertain_numbers
from simulator.scenario.loader import load_campaign
from simulator.scenario.sobol import known_dimensions

LANES = 8
SPREAD = ("latin_hypercube", "sobol")
KINDS = ("random", *SPREAD)
CLICK, REACH, HALO = "platform.click_rate", "platform.reach_rate", "behavior.halo"
HIRED = "arms.a.hire.0.followers"
LEVEL = 1e-6  # a sound design has one chance in a million to fail a test of evenness


def lane(kind: str, path: str, places: int, *, seed: int = 7, number: int = 0, lanes: int = LANES) -> NDArray:
    """Quantiles of a number at the first places of a lane."""
    design = Design(kind, lanes)
    return np.array([design.quantile(seed, path, "", place * lanes + number + 1) for place in range(places)])


def shared(scenario, runs: range) -> dict[str, list[float]]:
    """Quantiles of each number that follows the design, by path."""
    paths = [(n.path, n.varies) for n in uncertain_numbers(scenario) if n.varies in SHARED]
    worlds = scenario.worlds
    return {
        path: [draws_of(scenario, (run - 1) % worlds, run).quantile(path, varies) for run in runs]
        for path, varies in paths
    }


# Purity: what a quantile depends on.


@pytest.mark.parametrize("kind", KINDS)
def test_adding_a_number_or_an_arm_leaves_the_draws_of_all_others(campaign, base: str, kind: str) -> None:
    more = "  b: {hire: [{tier: nano, followers: 5000, posts: 1, pay: {kind: flat_fee, amount: 100}}]}\n"
    plain = shared(campaign(base, f"design={kind}")[0], range(1, 60))
    added = shared(campaign(base + more + "mechanisms: {replies: on, polish: on}\n", f"design={kind}")[0], range(1, 60))
    assert plain == {path: added[path] for path in plain}
    assert len(added) > len(plain)


@pytest.mark.parametrize("kind", KINDS)
def test_twice_as_many_runs_contain_the_runs(campaign, base: str, kind: str) -> None:
    fewer, more = (campaign(base, f"design={kind}", f"runs={runs}")[0] for runs in (1000, 2000))
    assert shared(fewer, range(980, 1001)) == shared(more, range(980, 1001))


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_arms_changes_no_draw(campaign, base: str, kind: str) -> None:
    head, arms = base.split("arms:\n")
    other = "  b: {hire: [{tier: nano, followers: 5000, posts: 1, pay: {kind: flat_fee, amount: 100}}]}\n"
    one, turned = (campaign(f"{head}arms:\n{text}", f"design={kind}")[0] for text in (arms + other, other + arms))
    assert [arm.name for arm in one.arms] == [arm.name for arm in turned.arms][::-1]
    assert shared(one, range(1, 40)) == shared(turned, range(1, 40))


@pytest.mark.parametrize("kind", SPREAD)
def test_luck_and_worlds_stay_random(campaign, base: str, kind: str) -> None:
    plain, spread = (draws_of(campaign(base, f"design={design}")[0], 2, 11) for design in ("random", kind))
    for varies in ("world", "influencer", "post", "person"):
        assert plain.quantile("a.b", varies, "somebody") == spread.quantile("a.b", varies, "somebody")
    for varies in SHARED:
        assert plain.quantile("a.b", varies) != spread.quantile("a.b", varies)


def test_random_draws_are_the_words_of_their_parameter() -> None:
    for draw in (0, 1, 77):
        word = throw(7, NO_WORLD, 0, identity(CLICK, ""), draw, PARAMETER, 0)[0]
        assert inner_unit(word) == Design().quantile(7, CLICK, "", draw)


@pytest.mark.parametrize("kind", KINDS)
def test_replicates_share_the_draw_and_nothing_else_does(campaign, base: str, kind: str) -> None:
    scenario, _ = campaign(base, f"design={kind}", "replicates=2")
    quantiles = shared(scenario, range(1, 81))[CLICK]
    assert quantiles[0::2] == quantiles[1::2]
    assert 40 == len(set(quantiles))
    assert quantiles[::2] == [Design(kind, 4).quantile(scenario.seed, CLICK, "", draw) for draw in range(1, 41)]


def test_draws_are_dealt_to_lanes_in_turn() -> None:
    assert [(0, 0), (1, 0), (3, 0), (0, 1), (1, 2)] == [lane_and_place(draw, 4) for draw in (1, 2, 4, 5, 10)]


SCRIPT = """
from simulator.scenario.designs import Design
for kind in {kinds}:
    for path in {paths}:
        print(*(Design(kind, 8).quantile(7, path, "", draw).hex() for draw in (40_000, 9, 1)))
"""


def test_fresh_processes_and_threads_draw_the_same() -> None:
    asked = [(kind, path) for kind in SPREAD for path in (CLICK, HIRED)]

    def drawn(kind: str, path: str) -> list[str]:
        return [Design(kind, LANES).quantile(7, path, "", draw).hex() for draw in (40_000, 9, 1)]

    with ThreadPoolExecutor(4) as threads:
        here = [list(row) for row in threads.map(lambda key: drawn(*key), asked)]
    script = SCRIPT.format(kinds=SPREAD, paths=(CLICK, HIRED))
    environment = {**os.environ, "PYTHONHASHSEED": "random"}
    command = [sys.executable, "-c", script]
    there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert here == [line.split() for line in there.stdout.splitlines()]


@pytest.mark.parametrize("kind", SPREAD)
def test_both_engines_and_any_threads_write_the_same_bytes(tmp_path: Path, kind: str) -> None:
    scenario, plan = load_campaign(lively(tmp_path), [f"design={kind}", "worlds=4", "replicates=1"])
    expected = played(tmp_path / "compiled", scenario, plan, 8)
    assert expected == played(tmp_path / "mesa", scenario, plan, 8, "mesa")
    assert expected == played(tmp_path / "threads", scenario, plan, 8, executor="local:2", chunk_size=1)
    assert expected != played(tmp_path / "random", scenario.model_copy(update={"design": "random"}), plan, 8)


# Evenness: what a design promises.


@pytest.mark.parametrize("path", [CLICK, HIRED])
def test_every_block_of_a_latin_hypercube_visits_each_stratum_once(path: str) -> None:
    strata = (lane("latin_hypercube", path, 12 * BLOCK) * BLOCK).astype(int).reshape(12, BLOCK)
    assert all(list(range(BLOCK)) == sorted(block) for block in strata)
    assert 12 == len({tuple(block) for block in strata})


def test_blocks_of_a_latin_hypercube_are_ordered_without_preference() -> None:
    """Each place of a block is in each stratum equally often, over many blocks."""
    strata = (lane("latin_hypercube", CLICK, 600 * BLOCK) * BLOCK).astype(int).reshape(600, BLOCK)
    counts = np.stack([np.bincount(column, minlength=BLOCK) for column in strata.T])
    statistic = ((counts - 600 / BLOCK) ** 2 / (600 / BLOCK)).sum()
    assert LEVEL < chi2.sf(statistic, (BLOCK - 1) ** 2) < 1.0 - LEVEL


@pytest.mark.parametrize("kind", SPREAD)
@pytest.mark.parametrize("draw", [1, 30, 200])
def test_each_single_draw_is_uniform(kind: str, draw: int) -> None:
    quantiles = np.array([Design(kind, LANES).quantile(seed, CLICK, "", draw) for seed in range(8192)])
    statistic = ((np.bincount((quantiles * 64).astype(int), minlength=64) - 128) ** 2 / 128).sum()
    assert LEVEL < chi2.sf(statistic, 63) < 1.0 - LEVEL


def correlated(one: NDArray, other: NDArray) -> bool:
    """Whether two samples correlate by more than four standard errors."""
    return bool(abs(np.corrcoef(one, other)[0, 1]) > 4.0 / np.sqrt(one.size))


@pytest.mark.parametrize("kind", SPREAD)
def test_lanes_are_independent(kind: str) -> None:
    """Place by place, and in their means: what an error estimated from lanes rests on."""
    lanes = np.array([[lane(kind, CLICK, 20, seed=seed, number=k) for k in range(3)] for seed in range(2000)])
    for one, other in ((0, 1), (1, 2), (0, 2)):
        for place in (0, 7, 19):
            assert not correlated(lanes[:, one, place], lanes[:, other, place])
        assert not correlated(lanes[:, one].mean(axis=1), lanes[:, other].mean(axis=1))


@pytest.mark.parametrize("kind", SPREAD)
def test_numbers_are_independent_in_a_draw(kind: str) -> None:
    known = list(known_dimensions())
    for path, other in (*pairwise(known[:4]), (known[0], HIRED), (known[0], known[-1])):
        pairs = np.array([[lane(kind, p, 1, seed=seed)[0] for p in (path, other)] for seed in range(2000)])
        assert not correlated(*pairs.T)


# What it is for: a mean with less error, and without bias.

PATHS = (CLICK, REACH, HALO, "platform.conversion_rate", "behavior.reproduction")
SEEDS = 300


def estimates(kind: str, value: Callable[[NDArray], NDArray], draws: int) -> NDArray:
    """The mean of a function of five numbers, estimated from so many draws, for many seeds."""
    design = Design(kind, LANES)
    return np.array(
        [
            value(np.array([[design.quantile(seed, p, "", d) for p in PATHS] for d in range(1, draws + 1)])).mean()
            for seed in range(SEEDS)
        ]
    )


FUNCTIONS: dict[str, tuple[Callable[[NDArray], NDArray], float]] = {
    "sum": (lambda u: u.sum(axis=1), 2.5),
    "product": (lambda u: (1.0 + (u - 0.5) / 2.0).prod(axis=1), 1.0),
    "step": (lambda u: (u[:, 2] > 0.37).astype(float), 0.63),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("kind", SPREAD)
@pytest.mark.parametrize("draws", [128, 200])
def test_a_design_estimates_means_without_bias_and_with_less_error(kind: str, name: str, draws: int) -> None:
    value, expected = FUNCTIONS[name]
    spread, plain = (estimates(design, value, draws) for design in (kind, "random"))
    assert abs(spread.mean() - expected) < 4.0 * spread.std(ddof=1) / np.sqrt(SEEDS)
    standard_error = np.sqrt(2.0 * 2.0 / SEEDS)  # of the log of a ratio of two variances
    assert np.log(spread.var(ddof=1) / plain.var(ddof=1)) < np.log(0.5) - 4.0 * standard_error


@pytest.mark.parametrize("kind", SPREAD)
def test_the_spread_of_lanes_tells_the_error_of_a_mean(kind: str) -> None:
    """The variance estimated from eight lanes is, on average over seeds, the variance of the mean."""
    design = Design(kind, LANES)
    means = np.array(
        [
            [np.mean([design.quantile(s, CLICK, "", p * LANES + k + 1) ** 2 for p in range(20)]) for k in range(LANES)]
            for s in range(1000)
        ]
    )
    estimated, true = means.var(axis=1, ddof=1) / LANES, means.mean(axis=1).var(ddof=1)
    standard_error = np.hypot(estimated.std(ddof=1) / np.sqrt(1000), true * np.sqrt(2.0 / 1000))
    assert abs(estimated.mean() - true) < 4.0 * standard_error


# What cannot be dealt.


@pytest.mark.parametrize(
    ("worlds", "replicates", "remedy"),
    [
        (1, 1, "write worlds: 4"),
        (8, 4, "write worlds: 16, or replicates: 1"),
        (30, 4, "write worlds: 32, or replicates: 1"),
    ],
)
def test_draws_that_cannot_be_dealt_are_refused_with_a_remedy(
    problems, base: str, worlds: int, replicates: int, remedy: str
) -> None:
    settings = (f"worlds={worlds}", f"replicates={replicates}")
    for kind in SPREAD:
        (problem,) = problems(base + f"design: {kind}\n", *settings)
        assert ("design", remedy) == (problem.path, problem.suggestion)
        assert problem.line == base.count("\n") + 1
    assert [] == list(lane_problems("random", worlds, replicates))


@pytest.mark.parametrize(("worlds", "replicates"), [(4, 1), (16, 4), (32, 4), (7, 1)])
def test_draws_that_can_be_dealt_are_taken(worlds: int, replicates: int) -> None:
    for kind in SPREAD:
        assert [] == list(lane_problems(kind, worlds, replicates))
