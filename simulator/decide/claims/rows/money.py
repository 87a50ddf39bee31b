"""Rows of arithmetic: prices, rates and what they make an engagement cost. Computed, and simulated."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Observable,
    chance_above,
    difference,
    level,
    log_ratio_of_ratios,
    minus,
    ratio,
)
from simulator.decide.claims.row import Claim


def per_engagement(fee: float, followers: float, rate: float) -> str:
    """Cost of one engagement, as text."""
    return f"${fee / (followers * rate):.2f}"


DEAL: Final = (per_engagement(10_000, 500_000, 0.02), per_engagement(1_000, 50_000, 0.10))

ROWS: Final = (
    Claim(
        "Q8",
        "arithmetic",
        ("a3",),
        "An engagement costs $0.20 with micro-influencers and $0.33 with macro-influencers: 65% more.",
        Observable(
            "cost of an engagement, macro against micro",
            "times",
            log_ratio_of_ratios("cost", "engagements", "macro", "micro"),
        ),
        why="Market prices rise with followers to the power 0.8 and engagement falls with the power 0.19: both nearly "
        "cancel, and handling costs are left out here.",
        also=(
            Observable("micro", "USD", ratio("cost", "engagements", "micro")),
            Observable("macro", "USD", ratio("cost", "engagements", "macro")),
        ),
        facts=(
            f"0.33 / 0.20 = {0.33 / 0.20:.2f}: the 65% agree with their own figures.",
            f"The same article's deal gives {DEAL[0]} and {DEAL[1]}, five times instead of 1.65.",
            f"$0.33 takes a rate of {10_000 / 0.33 / 500_000:.0%} of 500,000 followers for $10,000.",
        ),
    ),
    Claim(
        "Q9",
        "arithmetic",
        ("a3",),
        "$10,000 buy 10,000 engagements of one macro (2% of 500,000), or 50,000 of ten micros (10% of 50,000 each).",
        Observable("engagements, ten micros less one macro", "", difference("engagements", "ten micros", "one macro")),
        why="The hires state these rates, so 10,000 and 50,000 are means that must come out; the spread is the news.",
        also=(
            Observable("one macro", "", level("engagements", "one macro")),
            Observable("ten micros", "", level("engagements", "ten micros")),
            Observable("profit, ten micros less one macro", "USD", difference("profit", "ten micros", "one macro")),
        ),
        facts=(
            f"An engagement costs {DEAL[0]} with the macro and {DEAL[1]} with the micros.",
            "The deal pays each micro $1,000, outside the same article's $100 to $500.",
            "Five times the rate at a tenth of the followers: an exponent of -0.70; benchmarks give -0.19 ± 0.06.",
        ),
    ),
    Claim(
        "Q10",
        "arithmetic",
        ("a3",),
        "One macro at 2% of 500,000 engages more people than one micro at 10% of 50,000.",
        Observable("engagements, one macro less one micro", "", difference("engagements", "one macro", "one micro")),
        also=(
            Observable("one macro", "", level("engagements", "one macro")),
            Observable("one micro", "", level("engagements", "one micro")),
        ),
        facts=("Post for post the macro wins by two to one; only the price turns it around.",),
    ),
    Claim(
        "Q11",
        "consequence",
        ("a3",),
        "A dollar spent on influencers brings $4.12.",
        Observable(
            "revenue caused per dollar of ten micros, less 4.12",
            "USD",
            minus(ratio("incremental_revenue", "cost", "ten micros"), 4.12),
        ),
        why="Read as revenue, which is kinder to the claim than profit. The chances count luck as well as ignorance: a "
        "mean hides that most campaigns lie below it.",
        also=(
            Observable("ten micros", "USD per dollar", ratio("incremental_revenue", "cost", "ten micros")),
            Observable("one macro", "USD per dollar", ratio("incremental_revenue", "cost", "one macro")),
            Observable("chance that ten micros bring more than 4.12", "", chance_above("iroas", 4.12, "ten micros")),
            Observable("chance that they earn their cost", "", chance_above("roi", 0.0, "ten micros")),
        ),
        facts=("The figure is earned media value by origin, which is no money.",),
        most_draws=300,
    ),
)
