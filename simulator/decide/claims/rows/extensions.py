"""Rows about content beyond its posts, and about what the money would do elsewhere."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Look,
    Observable,
    difference,
    level,
    log_of,
    log_ratio,
    minus,
    ratio,
)
from simulator.decide.claims.row import Claim


def _on_ads(shown: str, plain: str) -> Look:
    """Clicks that showing the posts as ads adds."""
    return difference("clicks", shown, plain)


ROWS: Final = (
    Claim(
        "M10",
        "consequence",
        ("a0", "a3"),
        "Content is worth much more than its posts: use it in ads and on the brand's own channels.",
        Observable("profit, extended use less posts alone", "USD", difference("profit", "extended", "posts")),
        why="More displays are certain; rights and media have a price. Media cost 250 dollars for each creator, rights "
        "a share of the fee, own channels nothing.",
        also=(
            Observable("people reached", "times", log_ratio("reach", "extended", "posts")),
            Observable("cost", "USD", difference("cost", "extended", "posts")),
            Observable("profit, ads alone", "USD", difference("profit", "ads only", "posts")),
            Observable("profit, own channels alone", "USD", difference("profit", "channels only", "posts")),
        ),
    ),
    Claim(
        "M39",
        "consequence",
        ("a3",),
        "Micro-influencers' content does exceptionally well in paid amplification.",
        Observable(
            "profit, showing their posts less the brand's own ads",
            "USD",
            difference("profit", "micros shown", "own ads"),
        ),
        why="That such ads click better is an input, with no range that allows worse. The rights to them cost; "
        "whether they pay for the same media money can come out either way.",
        also=(
            Observable(
                "clicks of ads, micros' posts against the brand's own",
                "times",
                log_of(_on_ads("micros shown", "micros"), _on_ads("own ads", "micros")),
            ),
            Observable(
                "the same, against one macro's posts",
                "times",
                log_of(_on_ads("micros shown", "micros"), _on_ads("macro shown", "macro")),
            ),
            Observable("cost of the rights", "USD", level("cost_license", "micros shown")),
            Observable("profit that showing adds, micros", "USD", difference("profit", "micros shown", "micros")),
            Observable(
                "the same, micros less macro",
                "USD",
                minus(difference("profit", "micros shown", "micros"), difference("profit", "macro shown", "macro")),
            ),
        ),
    ),
    Claim(
        "M48",
        "consequence",
        ("a4",),
        "An influencer brings an audience that a sales representative would have to win: compare their cost.",
        Observable(
            "profit, ten micros less a representative", "USD", difference("profit", "ten micros", "representative")
        ),
        why="Both for 8,000 dollars. A representative's visits and closing rate are assumed; nobody publishes them for "
        "a product of this price.",
        also=(
            Observable("cost of an order, ten micros", "USD", ratio("cost", "incremental_orders", "ten micros")),
            Observable(
                "cost of an order, representative", "USD", ratio("cost", "incremental_orders", "representative")
            ),
            Observable("people reached by ten micros", "", level("reach", "ten micros")),
            Observable("orders of the representative", "orders", level("incremental_orders", "representative")),
        ),
    ),
)
