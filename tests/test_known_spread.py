"""The parts of the spread over runs, where a real scenario's are known: one uncertain number, or none."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from simulator.experiment.runner import play_all
from simulator.results.arms import ArmRuns, arms_of
from simulator.results.tables import influencers_table, runs_table
from simulator.results.variance import IGNORANCE, LUCK, NETWORK, parts_of
from simulator.scenario.draws import uncertain_numbers
from simulator.scenario.loader import load_campaign

RUNS = 600
LOW, HIGH = 0.1, 0.9  # of the margin, all of it alike
CURVES = {"reach_rate": 0.5, "click_rate": 0.2, "conversion_rate": 0.3, "real_share": 0.9}


def played(root: Path, *settings: str) -> ArmRuns:
    """The campaign of one creator with every uncertain number fixed, but for what is set."""
    file = root / "scenarios" / "quick.yaml"
    fixed = [f"platform.{name}={value}" for name, value in CURVES.items()]
    fixed.append("platform.engagement_level_sd=0")  # how much a platform engages is not known either
    others = (item.path for item in uncertain_numbers(load_campaign(file, fixed)[0]))
    fixed += [f"{path}={value}" for path, value in ((path, _middle(file, path)) for path in others)]
    scenario, plan = load_campaign(file, [*fixed, "worlds=8", f"runs={RUNS}", *settings])
    assert len(uncertain_numbers(scenario)) == sum("uniform" in setting for setting in settings)
    outcomes = sorted(play_all(scenario, plan, runs=RUNS, executor="local:2"), key=lambda o: (o.arm, o.run))
    tables = runs_table(outcomes, {arm.name: arm.budget for arm in plan.arms}), influencers_table(outcomes)
    return next(arm for arm in arms_of(*tables, scenario.replicates) if arm.name == "one")


def _middle(file: Path, path: str) -> float:
    """The median of an uncertain number."""
    found = next(item for item in uncertain_numbers(load_campaign(file, ())[0]) if item.path == path)
    return found.at(0.5)


@pytest.mark.slow
def test_where_nothing_is_uncertain_there_is_no_ignorance(root: Path) -> None:
    arm = played(root)
    for metric in ("profit", "roi", "engagements"):
        parts = parts_of(arm.columns[metric], arm)
        share = parts[IGNORANCE].share
        assert abs(share.value) < 4 * share.error < 0.3
        assert parts[LUCK].share.value > 0.5


@pytest.mark.slow
def test_ignorance_of_the_margin_alone_is_what_its_spread_makes_of_the_revenue(root: Path) -> None:
    """Profit is margin times revenue less cost, and both are independent: var(m) E[x]² is ignorance, E[m²] var(x) not.

    Revenue is taken from runs of another seed in which the margin is known.
    """
    arm = played(root, f"product.margin={{uniform: [{LOW}, {HIGH}]}}")
    revenue = played(root, "seed=99").columns["incremental_revenue"]
    of_margin, square = (HIGH - LOW) ** 2 / 12, (HIGH**3 - LOW**3) / (HIGH - LOW) / 3
    ignorance, rest = of_margin * np.mean(revenue) ** 2, square * np.var(revenue)
    expected = ignorance / (ignorance + rest)
    scores = (revenue - np.mean(revenue)) / np.std(revenue)
    wavering = 2 * np.std(revenue) / np.mean(revenue), math.sqrt(np.mean(scores**4) - 1)
    unsure = expected * (1 - expected) * math.hypot(*wavering) / math.sqrt(RUNS)
    share = parts_of(arm.profit, arm)[IGNORANCE].share
    assert 0.2 < expected < 0.95
    assert abs(share.value - expected) < 4 * math.hypot(share.error, unsure)
    orders = parts_of(arm.columns["incremental_orders"], arm)  # the margin changes no order
    assert abs(orders[IGNORANCE].share.value) < 4 * orders[IGNORANCE].share.error
    assert NETWORK in orders


@pytest.mark.slow
def test_a_platforms_level_of_engagement_is_ignorance_too(root: Path) -> None:
    """Its shock has mean 1 and multiplies all engagement, so its variance times their squared mean is shared."""
    arm = played(root, "platform.engagement_level_sd=0.5")
    engagements = arm.columns["engagements"]
    part = parts_of(engagements, arm)[IGNORANCE]
    expected = (math.exp(0.25) - 1) * np.mean(engagements) ** 2
    assert abs(part.variance.value - expected) < 4 * part.variance.error
    assert part.variance.value > 3 * part.variance.error
