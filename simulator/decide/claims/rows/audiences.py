"""Rows about whom an account gathers, and what its figures tell of sales."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Observable,
    correlation,
    difference,
    level,
    log_ratio_of_ratios,
    minus,
    negative,
)
from simulator.decide.claims.row import Claim

LOW: Final = 0.5  # a correlation below which one figure says little about the other

ROWS: Final = (
    Claim(
        "M1",
        "consequence",
        ("a0", "a3", "a4"),
        "Small accounts gather a narrow audience, which responds more.",
        Observable(
            "clicks per view, ten micros against one macro",
            "times",
            log_ratio_of_ratios("clicks", "impressions", "ten micros", "one macro"),
        ),
        why="That audiences are narrower is an input. What it makes people do is tested: trust and rates are alike, "
        "so only the share of followers who care for the topic differs. No range lets fit repel, so the sign is "
        "nearly given; the size is the news.",
        also=(Observable("profit, ten micros less one macro", "USD", difference("profit", "ten micros", "one macro")),),
    ),
    Claim(
        "M23",
        "consequence",
        ("a2",),
        "The famous are trusted too: with their reach, a macro is worth its price.",
        Observable(
            "profit, one macro less ten micros",
            "USD",
            difference("profit", "one macro @ rising", "ten micros @ rising"),
        ),
        why="Trust rises with size here, against the default, and clicks and orders have no size slope of their own: "
        "this is the best case for the famous; the other sign of trust stands beside.",
        also=(
            Observable(
                "the same, trust falling with size",
                "USD",
                difference("profit", "one macro", "ten micros"),
            ),
        ),
        variants={
            "rising": (
                "platform.trust_prior.rows={3162: 0.38, 31623: 0.42, 223607: 0.48, 707107: 0.55, 3162278: 0.60}",
            )
        },
    ),
    Claim(
        "M52",
        "consequence",
        ("a0", "a3"),
        "Engagement is a vanity metric: it says little about sales.",
        Observable(
            f"{LOW} less the correlation of engagements and tracked orders over creators",
            "",
            negative(minus(correlation("engagements", "attributed_orders", "twelve"), LOW)),
        ),
        why="As a brand sees it: over a dozen creators of the same size. Orders are few, so luck alone "
        "lowers it; clicks, of which there are more, stand beside it.",
        also=(
            Observable(
                "engagements and tracked orders",
                "correlation",
                correlation("engagements", "attributed_orders", "twelve"),
            ),
            Observable("engagements and clicks", "correlation", correlation("engagements", "clicks", "twelve")),
            Observable(
                "tracked orders of a creator", "orders", lambda runs: level("attributed_orders", "twelve")(runs) / 12.0
            ),
        ),
    ),
)
