"""Dominance is claimed where it is, denied where curves cross, and left open where the runs cannot tell."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from results.noise import alike, grouped, normals

from simulator.decide.dominance import Dominance, all_dominances, dominances, violated
from simulator.results.arms import ArmRuns
from simulator.results.statistics import mean

REPEATS = 200
HALF = 0.5**0.5
WORLDS, DRAWS = 0.2, 0.7  # what runs of one world, and of one draw, have in common


def arm(name: str, profit: np.ndarray, groups: np.ndarray) -> ArmRuns:
    return ArmRuns(name, groups, {"profit": profit}, ())


def dominance(one: ArmRuns, other: ArmRuns, order: int, zone: float = 0.0) -> Dominance:
    return dominances(one, other, zone)[order - 1]


def luck(repeat: int, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Standard normals of two choices, which share half of their variance."""
    runs = groups.shape[-1]
    common = alike(groups, by_world=WORLDS, by_draw=DRAWS, about=100_000 + 7 * repeat)
    common /= np.sqrt(1 + WORLDS**2 + DRAWS**2)
    own = (normals(runs, about=5_000_000 + 2 * repeat + k) for k in (0, 1))
    a, b = (HALF * (common + each) for each in own)
    return a, b


def findings(shape, runs: int, zone: float = 0.0) -> dict[int, Counter]:
    """How often each finding came out in 200 studies of two choices, by order."""
    groups = grouped(np.arange(1, runs + 1), 8, 2)
    found = {1: Counter(), 2: Counter()}
    for repeat in range(REPEATS):
        a, b = shape(*luck(repeat, groups))
        for each in all_dominances([arm("A", a, groups), arm("B", b, groups)], zone):
            found[each.order][each.finding, each.ahead] += 1
    return found


# A claim that is wrong by design of the case may come out in 5% of studies, with two standard errors on top.
SELDOM = REPEATS * (0.05 + 2 * np.sqrt(0.05 * 0.95 / REPEATS))


def test_of_two_alike_none_is_said_to_dominate() -> None:
    found = findings(lambda a, b: (a, b), 400)
    for order in (1, 2):
        assert found[order]["neither", None] + sum(found[order]["dominates", who] for who in "AB") <= SELDOM / 2
        assert REPEATS - found[order]["untold", None] <= 2 * SELDOM


def test_a_clear_lead_dominates_in_both_orders() -> None:
    found = findings(lambda a, b: (a + 1.0, b), 400)
    assert REPEATS == found[1]["dominates", "A"] == found[2]["dominates", "A"]


def test_a_small_lead_is_seen_with_more_runs_and_never_denied() -> None:
    for runs, enough in ((400, 0.0), (2000, 0.9)):
        found = findings(lambda a, b: (a + 0.3, b), runs)
        for order in (1, 2):
            assert found[order]["dominates", "A"] >= enough * REPEATS
            wrong = found[order]["neither", None] + found[order]["dominates", "B"] + found[order]["may dominate", "B"]
            assert wrong <= SELDOM


def test_more_spread_around_the_same_mean_is_worse_of_second_order_alone() -> None:
    found = findings(lambda a, b: (a, 2.0 * b), 2000, zone=0.1)
    assert found[1]["neither", None] >= 0.95 * REPEATS
    assert found[2]["dominates", "A"] + found[2]["may dominate", "A"] >= REPEATS - SELDOM
    assert 0 == found[2]["dominates", "B"] + found[2]["may dominate", "B"]


def test_more_spread_dominates_nobody_however_little_of_it_is_seen() -> None:
    found = findings(lambda a, b: (a, 1.2 * b), 400)
    for order in (1, 2):
        assert found[order]["dominates", "B"] <= SELDOM
    assert found[1]["dominates", "A"] <= SELDOM


def test_a_safe_choice_that_earns_less_and_a_risky_one_that_earns_more_do_not_dominate() -> None:
    found = findings(lambda a, b: (a - 0.5, 2.5 * b), 2000)
    assert found[1]["neither", None] >= 0.95 * REPEATS
    assert found[2]["neither", None] >= 0.85 * REPEATS
    assert sum(found[order]["dominates", who] for order in (1, 2) for who in "AB") <= SELDOM


def test_a_rare_jackpot_that_lifts_the_mean_is_not_dominated() -> None:
    """Beyond the middle 90%, the mean alone can tell: it must."""
    found = findings(lambda a, b: (a, b - 0.3 + 40.0 * (b > 1.6)), 2000)
    for order in (1, 2):
        assert 0 == found[order]["dominates", "A"]
        assert found[order]["may dominate", "A"] <= SELDOM


def test_a_mean_that_hangs_on_a_few_runs_keeps_from_claiming_dominance() -> None:
    """One run in 160 earns so much that nobody can tell which mean is higher, too rarely for a threshold to show it."""
    found = findings(lambda a, b: (a + 0.5, b + 100.0 * (b > 2.5)), 1000)
    assert sum(found[order]["dominates", who] for order in (1, 2) for who in "AB") <= SELDOM


GROUPS = grouped(np.arange(1, 401), 8, 2)
FEW = grouped(np.arange(1, 61), 4, 2)


def test_equal_in_every_run_is_equal() -> None:
    a, _ = luck(0, GROUPS)
    found = dominance(arm("A", a, GROUPS), arm("B", a.copy(), GROUPS), 1)
    assert ("equal", None, None) == (found.finding, found.ahead, found.violation)
    assert "A and B earn the same in every run" == found.sentence


def test_the_second_choice_may_be_the_one_ahead_and_the_order_of_choices_does_not_matter() -> None:
    a, b = luck(1, GROUPS)
    one, other = arm("A", a, GROUPS), arm("B", b + 1.0, GROUPS)
    for order in (1, 2):
        forth, back = dominance(one, other, order), dominance(other, one, order)
        assert ("dominates", "B") == (forth.finding, forth.ahead) == (back.finding, back.ahead)
        assert forth.violation == back.violation
        assert forth.sentence == back.sentence


def test_few_runs_that_differ_tell_nothing() -> None:
    nothing = np.zeros(60)
    lucky = np.where(np.arange(60) % 8 == 0, 5.0, 0.0)  # 8 runs, all to the better
    for order in (1, 2):
        assert "untold" == dominance(arm("A", lucky, FEW), arm("B", nothing, FEW), order).finding
    more = np.where(np.arange(60) % 3 == 0, 5.0, 0.0)
    assert "A" == dominance(arm("A", more, FEW), arm("B", nothing, FEW), 1).ahead


def test_sixty_runs_do_not_show_the_tail_of_a_clear_lead() -> None:
    """At the lowest thresholds, fewer than ten runs differ."""
    a, b = luck(6, FEW)
    lead = dominance(arm("A", a + 1.5, FEW), arm("B", b, FEW), 1)
    assert ("may dominate", "A") == (lead.finding, lead.ahead)


def test_a_single_run_tells_nothing() -> None:
    groups = grouped(np.arange(1, 2), 4, 2)
    found = dominance(arm("A", np.ones(1), groups), arm("B", np.zeros(1), groups), 1)
    assert "untold" == found.finding
    assert found.violation.error is None


def test_a_lower_mean_is_forgiven_within_the_zone_of_indifference() -> None:
    a, b = luck(2, GROUPS)
    even = b - b.mean() + a.mean()
    one, other = arm("A", a, GROUPS), arm("B", 4.0 * even - 3.0 * a.mean(), GROUPS)
    assert "may dominate" == dominance(one, other, 2).finding
    forgiven = dominance(one, other, 2, zone=1.0)
    assert ("dominates", "A") == (forgiven.finding, forgiven.ahead)


def test_the_violation_is_the_part_of_the_area_that_speaks_against() -> None:
    """By hand: A is 0 or 3, B is 1 or 2. Of first order both areas are 1/2; of second order all is against A."""
    groups = grouped(np.arange(1, 401), 8, 1)
    a, b = np.resize([0.0, 3.0], 400), np.resize([1.0, 1.0, 2.0, 2.0], 400)
    assert 0.5 == pytest.approx(violated(a, b, 1, groups).value)
    assert 1.0 == violated(a, b, 2, groups).value
    assert 0.0 == violated(b, a, 2, groups).value
    assert violated(b, a, 2, groups).error is None


def test_a_violation_of_second_order_by_hand() -> None:
    """The integral of the gap is -1/4 at 1 and at 1.5, crosses zero at 2.5, and is 3/8 at 4, where both curves end.

    So 3/8 of area speak against the first and 9/32 for it: 12 of 21 parts.
    """
    first, second = np.array([0.0, 2.5, 2.5, 4.0]), np.array([1.0, 1.5, 2.5, 2.5])
    groups = np.arange(4)
    assert 12 / 21 == pytest.approx(violated(first, second, 2, groups).value)
    assert 9 / 21 == pytest.approx(violated(second, first, 2, groups).value)


def test_findings_do_not_hang_on_the_currency() -> None:
    """The zone forgives money, not probabilities: in cents all is as in thousands."""
    found = set()
    for repeat in range(20):
        a, b = luck(repeat, GROUPS)
        told = [
            tuple(
                (each.finding, each.ahead)
                for each in dominances(arm("A", unit * (a + 0.3), GROUPS), arm("B", unit * b, GROUPS), unit * 0.5)
            )
            for unit in (1e-3, 1.0, 1e3)
        ]
        assert told[0] == told[1] == told[2]
        found.add(told[0])
    assert (("may dominate", "A"), ("dominates", "A")) in found  # the zone mattered


def test_the_means_alone_tell_only_with_half_of_the_five_percent() -> None:
    a, b = luck(3, GROUPS)
    centered = mean(a - b - np.mean(a - b), GROUPS)
    single, double = (-centered.interval(together)[0] for together in (1, 2))
    for lead, finding in (((single + double) / 2, "untold"), (1.01 * double, "may dominate")):
        shifted = arm("A", a - np.mean(a - b) + lead, GROUPS)
        assert {finding} == {each.finding for each in dominances(shifted, arm("B", b, GROUPS))}


def test_areas_are_those_between_the_empirical_curves() -> None:
    a, b = luck(3, GROUPS)
    a = a + 0.1
    x = np.linspace(min(a.min(), b.min()), max(a.max(), b.max()), 20_001)
    first = (b[:, None] <= x).mean(axis=0) - (a[:, None] <= x).mean(axis=0)
    second = np.cumsum(first) * (x[1] - x[0])
    for order, gap in ((1, first), (2, second)):
        share = np.maximum(-gap, 0.0).sum() / np.abs(gap).sum()
        assert share == pytest.approx(violated(a, b, order, GROUPS).value, abs=2e-3)


def test_the_error_of_the_violation_is_what_repeats_scatter_by() -> None:
    """Two choices whose curves cross once and widely, so that the thresholds against are known well."""
    groups = grouped(np.arange(1, 401), 8, 2)
    shares = [violated(a + 0.5, 2.5 * b, 1, groups) for a, b in (luck(repeat, groups) for repeat in range(REPEATS))]
    scatter = np.std([each.value for each in shares], ddof=1)
    assert np.mean([each.error for each in shares]) == pytest.approx(scatter, rel=0.25)
    truth = np.mean([each.value for each in shares])
    held = sum(each.low <= truth <= each.high for each in shares)
    assert held >= REPEATS * (0.95 - 3 * np.sqrt(0.05 * 0.95 / REPEATS))


def test_the_orders_agree_where_many_runs_lose_all_they_spent() -> None:
    """Half of the runs earn nothing beyond what was spent."""
    a, b = luck(5, GROUPS)
    one, other = arm("A", np.maximum(a, 0.0) - 3.0, GROUPS), arm("B", np.maximum(b, 0.0) - 4.0, GROUPS)
    assert [("dominates", "A")] * 2 == [(each.finding, each.ahead) for each in dominances(one, other)]


def test_a_rare_ruin_keeps_from_claiming_either_order() -> None:
    """Two of 400 runs lose so much that nobody can tell who falls short of little by more; all else speaks for A."""
    a, b = luck(7, GROUPS)
    ruined = np.where(np.isin(np.arange(400), (100, 301)), -15.0, a + 1.2)
    first, second = dominances(arm("A", ruined, GROUPS), arm("B", b, GROUPS))
    assert [("may dominate", "A")] * 2 == [(each.finding, each.ahead) for each in (first, second)]
    safe, _ = dominances(arm("A", a + 1.2, GROUPS), arm("B", b, GROUPS))
    assert "dominates" == safe.finding


def test_no_gap_of_second_order_is_asked_for_at_the_least_profit() -> None:
    """Half of the runs of B lose all they spent: to do nothing is better for whoever dislikes risk."""
    _, b = luck(5, GROUPS)
    nothing, risky = arm("A", np.zeros(400), GROUPS), arm("B", 5.0 * np.maximum(b, 0.0) - 3.0, GROUPS)
    first, second = dominances(nothing, risky)
    assert ("neither", "dominates", "A") == (first.finding, second.finding, second.ahead)


def test_what_falls_short_surely_is_more_likely_to_earn_less() -> None:
    """One order never contradicts the other."""
    for repeat in range(60):
        a, b = luck(repeat, GROUPS)
        for factor in (1.0, 1.3, 2.0):
            first, second = dominances(arm("A", a + 0.2, GROUPS), arm("B", factor * b, GROUPS), 0.05)
            if first.finding == "dominates":
                assert ("dominates", first.ahead) == (second.finding, second.ahead)
            if second.finding == "neither":
                assert "neither" == first.finding
            if second.ahead and first.ahead:
                assert first.ahead == second.ahead


def test_findings_read_as_sentences() -> None:
    a, b = luck(4, GROUPS)
    above = dominance(arm("A", a + 1.0, GROUPS), arm("B", b, GROUPS), 1)
    said = "A dominates B: it surely earns less than any amount less often, in the middle 90% of profits"
    assert said == above.sentence == above.as_dict()["sentence"]
    apart = dominance(arm("A", a, GROUPS), arm("B", 3.0 * b, GROUPS), 1)
    assert "neither of A and B dominates: each surely earns less than some amount less often" == apart.sentence
