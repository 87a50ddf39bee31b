"""Rows about plans: how many creators, how large, how often. They need nothing but hires."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import Observable, difference, level, log_ratio, ratio_difference
from simulator.decide.claims.row import Claim

ROWS: Final = (
    Claim(
        "M5",
        "consequence",
        ("a0",),
        "For the same money, several micro-influencers reach more people than one large account.",
        Observable(
            "people reached by ten micros, against one macro", "times", log_ratio("reach", "ten micros", "one macro")
        ),
        why="The followers are as many, so it is overlap against the higher reach per follower of small accounts.",
        also=(
            Observable("overlap of the micros' audiences", "share", level("overlap_audience", "ten micros")),
            Observable("profit, ten micros less one macro", "USD", difference("profit", "ten micros", "one macro")),
        ),
    ),
    Claim(
        "M35",
        "consequence",
        ("a3",),
        "What a budget buys in frequency and in variety matters: variety beats repetition.",
        Observable(
            "profit, four creators less four posts of one", "USD", difference("profit", "four creators", "four posts")
        ),
        why="That response per view falls with repetition is an input (no range allows it to rise); what the same "
        "posts earn when other people see them is not.",
        also=(
            Observable(
                "engagements per view, one post less four",
                "",
                ratio_difference("engagements", "impressions", "one post", "four posts"),
            ),
        ),
    ),
)
