"""The scenario that `simulator init` writes: short, complete, and open to change."""

from __future__ import annotations

from typing import Final

STARTER: Final = """\
# Does one large account earn more than several small ones, for the same money?
# Check it:  simulator validate scenario.yaml        Every number and its source:  simulator explain scenario.yaml
# Play it:   simulator run scenario.yaml
version: 1
name: My first campaign
extends: presets/measured             # or presets/mechanistic, presets/claimed, or another file
currency: USD
days: 30                              # posts are published within these days
settle: 60                            # and orders are counted for this long after them
runs: 500                             # more runs, finer answer
brand:
  topic: beauty                       # one of the people's topics
  handling_cost: 50                   # what recruiting and managing one influencer costs you
product:
  price: 80
  margin: {pert: [0.4, 0.5, 0.6]}     # any number may be a distribution: low, most likely, high
  baseline_orders_per_day: 2          # orders that come without any campaign
platform: instagram
budget: 2000                          # for each arm
arms:
  one mid:
    hire:
      - followers: 100000
        posts: 1
        pay: {kind: flat_fee, amount: equal_share}    # or money, or market
  four micros:
    hire:
      - followers: 25000
        count: 4
        posts: 1
        pay: {kind: flat_fee, amount: equal_share}
targets: {roi: ">= 0.2"}               # the share of the runs that meet it is part of the answer
"""
