"""Who rises to the next tier: against compound growth and a uniform supply, by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.decide.claims.careers import share_rising, smallest_to_reach
from simulator.scenario.loader import load_campaign

TENTH: Callable[[float], float] = lambda _: 0.1  # noqa: E731


def test_who_just_reaches_a_size_has_grown_by_compound_interest() -> None:
    assert pytest.approx(1000.0 / 1.1**12) == smallest_to_reach(1000.0, 12, TENTH)
    assert pytest.approx(1000.0) == smallest_to_reach(1000.0, 0, TENTH)


def test_growth_is_that_of_the_size_reached_so_far() -> None:
    assert pytest.approx(700.0) == smallest_to_reach(1000.0, 3, lambda size: 100.0 / size)  # a hundred a month


@pytest.mark.parametrize(("months", "share"), [(0, 0.0), (1, (1000 - 1000 / 1.1) / 900), (100, 1.0)])
def test_of_evenly_spread_accounts_those_near_the_border_rise(months: int, share: float) -> None:
    assert pytest.approx(share) == share_rising(100.0, 1000.0, months, TENTH, lambda size: size / 1e6)


def test_small_accounts_rise_more_often_by_the_assumed_growth(root: object) -> None:
    scenario, _ = load_campaign(f"{root}/scenarios/claims/M22.yaml")
    growth = scenario.mechanisms.audience_growth.per_month.mean
    first = smallest_to_reach(10_000.0, 12, growth)
    last = smallest_to_reach(1_000_000.0, 12, growth)
    assert 10_000.0 / 1.05**12 < first < 10_000.0 / 1.04**12
    assert 1_000_000.0 / 1.03**12 < last < 1_000_000.0 / 1.01**12
