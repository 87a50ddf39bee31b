"""Small campaigns, built the way users build them: from a scenario file."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

Campaign = Callable[..., tuple[Scenario, Plan]]

HEAD = """
version: 1
name: small
brand: {topic: beauty, handling_cost: 5}
product: {price: 80, margin: 0.5, baseline_orders_per_day: 2}
population: {size: 3000}
days: 14
settle: 20
budget: 1000
seed: 7
"""
ONE = """
arms:
  one: {hire: [{followers: 2000, posts: 1, pay: {kind: flat_fee, amount: equal_share}}]}
"""
# Every number that varies, made constant; every modifier, neutral; nobody shares.
NEUTRAL = (
    "behavior.trust_on_engage=1", "behavior.trust_on_click=1", "behavior.trust_on_order=1",
    "behavior.fit_on_engage=1", "behavior.fit_on_click=1", "behavior.fit_on_order=1",
    "behavior.wear_on_engage=1", "behavior.wear_on_click=1", "behavior.trust_step=0",
    "behavior.sponsored_ratio=1", "behavior.share_given_engaged=0", "behavior.reproduction=0",
    "platform.engagement_slope=-0.19", "platform.engagement_level_sd=0", "platform.engagement_account_sd=0",
    "platform.post_reach_sd=0", "platform.real_share=0.75",
)  # fmt: skip


def within(expected: float, sample: Any) -> bool:
    """Whether the mean of independent values lies within four standard errors of what theory expects."""
    values = np.asarray(sample, float)
    return bool(abs(values.mean() - expected) <= 4.0 * values.std(ddof=1) / math.sqrt(values.size) + 1e-12)
