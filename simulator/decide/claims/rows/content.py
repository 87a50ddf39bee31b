"""Rows about what content is like and who makes it: control, polish, expertise, belief in the brand."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Observable,
    difference,
    log_ratio,
    log_ratio_of_ratios,
)
from simulator.decide.claims.paired import added_lead, what_it_adds
from simulator.decide.claims.row import Claim

LEVEL: Final = "without"
ORDINARY: Final = "ordinary"
SEARCHED: Final = "searched"
SEARCH: Final = 50.0 / 0.1587  # USD of handling for each, when one of 6.3 is taken

ROWS: Final = (
    Claim(
        "M6",
        "consequence",
        ("a0",),
        "Large accounts lack the expertise of a niche, so specialized products need small ones.",
        Observable(
            "profit from a product that needs an expert, ten micros less one macro",
            "USD",
            difference("profit", "ten micros", "one macro"),
        ),
        why="That authors without credibility in the niche convert fewer is put in, so the fall in conversion is no "
        "test; who earns more from such a product is. The micros lead with an ordinary product, too: what the need for "
        "an expert adds to their lead stands beside it. It costs most orders where most are sold.",
        also=(
            added_lead("profit", "ten micros", "one macro", ORDINARY),
            Observable(
                "orders caused, expert's product against an ordinary one, ten micros",
                "times",
                log_ratio("incremental_orders", "ten micros", f"ten micros @ {ORDINARY}"),
            ),
            Observable(
                "the same, one macro",
                "times",
                log_ratio("incremental_orders", "one macro", f"one macro @ {ORDINARY}"),
            ),
        ),
        variants={ORDINARY: ("product.complexity=0",)},
    ),
    Claim(
        "M7",
        "assumed",
        ("a0",),
        "Macro-influencers cede little control over their content; micro-influencers work on it with the brand.",
        added_lead("profit", "ten micros", "one macro", LEVEL),
        why="Who decides how much, and what that does, is put in: the brand's own message sells a little better to "
        "fewer people who engage. As in M2, clicks and orders have no size slope of their own.",
        also=(
            added_lead("incremental_orders", "ten micros", "one macro", LEVEL),
            Observable(
                "engagements, micros scripted against left alone",
                "times",
                log_ratio("engagements", "micros scripted", "micros left alone"),
            ),
            Observable(
                "profit, micros scripted less left alone",
                "USD",
                difference("profit", "micros scripted", "micros left alone"),
            ),
        ),
        variants={LEVEL: ("mechanisms.creative_control=off",)},
    ),
    Claim(
        "M12",
        "consequence",
        ("a0",),
        "Authors who truly believe in the brand are worth finding.",
        Observable(
            "profit, ten believers who took a search less ten as found",
            "USD",
            difference("profit", f"believers @ {SEARCHED}", "as found"),
        ),
        why="That belief raises trust is put in; no range lets it lower trust; that believers sell more is no test. "
        "They have to be found, though. Who takes only authors one standard deviation above the mean looks at 6.3 for "
        "each hired, at the usual handling cost of 50 dollars, and gets 1.5 standard deviations on average.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "believers", "as found")),
            Observable("trust at the end", "trust", difference("trust", "believers", "as found")),
            Observable("profit if the search cost nothing", "USD", difference("profit", "believers", "as found")),
        ),
        variants={SEARCHED: (f"brand.handling_cost={SEARCH:.0f}",)},
    ),
    Claim(
        "M34",
        "assumed",
        ("a3",),
        "Large accounts' content is polished like advertising; the rawness of small accounts is believed.",
        added_lead("profit", "ten micros", "one macro", LEVEL),
        why="Polish by size and what it does is put in. Published engagement rates by size hold for usual polish, so "
        "only its doubt acts between sizes; that content is polished or raw for its size shows beside it.",
        also=(
            added_lead("incremental_orders", "ten micros", "one macro", LEVEL),
            added_lead("trust", "ten micros", "one macro", LEVEL),
            Observable(
                "engagements, micros polished against raw",
                "times",
                log_ratio("engagements", "micros polished", "micros raw"),
            ),
            Observable(
                "profit, micros polished less raw", "USD", difference("profit", "micros polished", "micros raw")
            ),
        ),
        variants={LEVEL: ("mechanisms.polish=off",)},
    ),
    Claim(
        "M43",
        "assumed",
        ("a4",),
        "Stars are followed for what they represent, not for products: such followers engage and don't buy.",
        added_lead("profit", "ten micros", "one macro", LEVEL),
        why="Who follows for what, and that persona followers click and order less, is put in. As in M2, clicks and "
        "orders have no size slope of their own, so the motives of followers may act on them.",
        also=(
            added_lead("incremental_orders", "ten micros", "one macro", LEVEL),
            Observable(
                "engagements, nine in ten follow for the person against for the topic",
                "times",
                log_ratio("engagements", "star", "expert"),
            ),
            Observable("orders caused by these", "times", log_ratio("incremental_orders", "star", "expert")),
            what_it_adds("profit", "star", LEVEL),
        ),
        variants={LEVEL: ("mechanisms.persona=off",)},
    ),
    Claim(
        "M49",
        "assumed",
        ("a4",),
        "Fans buy whatever their idol sells: it can only be good.",
        Observable(
            "profit from a poor product through fans, blind to quality less seeing",
            "USD",
            difference("profit", "fans", "fans @ seeing"),
        ),
        why="That followers for the person overlook quality is put in. What follows is that poor products sell better "
        "through a star, and come back.",
        also=(
            Observable("orders", "orders", difference("incremental_orders", "fans", "fans @ seeing")),
            Observable("returns", "orders", difference("returns", "fans", "fans @ seeing")),
            Observable(
                "orders, good product against poor, followed for the person",
                "times",
                log_ratio("incremental_orders", "fans @ good", "fans"),
            ),
            Observable(
                "the same, followed for the topic",
                "times",
                log_ratio("incremental_orders", "connoisseurs @ good", "connoisseurs"),
            ),
            Observable(
                "returns per order, poor product against good, followed for the person",
                "times",
                log_ratio_of_ratios("returns", "incremental_orders", "fans", "fans @ good"),
            ),
        ),
        variants={
            "seeing": ("mechanisms.persona.blindness=0",),
            "good": ("product.quality=1", "mechanisms.returns.quality=0.84"),
        },
    ),
)
