"""Rows that restate what is assumed of those who make content: how hard they try, where they are, how they grow."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.careers import rising_within
from simulator.decide.claims.observable import Observable, difference, level, log_of, minus
from simulator.decide.claims.paired import added_lead
from simulator.decide.claims.row import Claim

YEAR: Final = 12  # months
AS_USUAL: Final = {"as usual": ("mechanisms.effort=off", "mechanisms.early_platform=off")}
EFFORT_ALONE: Final = {"effort alone": ("mechanisms.early_platform=off",)}
STEADY: Final = {"steady": ("mechanisms.audience_growth=off",)}


ROWS: Final = (
    Claim(
        "M17",
        "assumed",
        ("a1",),
        "Small creators try harder, make better posts and are the first on new platforms.",
        added_lead("profit", "ten micros", "one macro", "as usual"),
        why="Effort by size and who is early are put in. Published engagement rates contain the usual effort of each "
        "size; only clicks, of one fixed size here, gain by it. Being early adds reach.",
        also=(
            added_lead("incremental_orders", "ten micros", "one macro", "as usual"),
            Observable(
                "profit by effort alone",
                "USD",
                minus(
                    difference("profit", "ten micros @ effort alone", "one macro @ effort alone"),
                    difference("profit", "ten micros @ as usual", "one macro @ as usual"),
                ),
            ),
            Observable(
                "people reached by ten micros, early against as usual",
                "times",
                log_of(level("reach", "ten micros"), level("reach", "ten micros @ as usual")),
            ),
        ),
        variants={**AS_USUAL, **EFFORT_ALONE},
    ),
    Claim(
        "M22",
        "assumed",
        ("a2",),
        "Micro-influencers start as a side job, and some grow to macros.",
        Observable(
            "profit of ten micros over half a year, with growth less without",
            "USD",
            difference("profit", "micros", "micros @ steady"),
        ),
        why="Growth by size is put in, and so is the loss of followers with each ad. A brand that hires for half a "
        "year gains views it did not pay for.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "micros", "micros @ steady")),
            Observable("views", "", difference("impressions", "micros", "micros @ steady")),
            Observable("profit of one macro", "USD", difference("profit", "macro", "macro @ steady")),
            Observable("nanos that are micros a year later", "share", rising_within(YEAR, "nano", "M22")),
            Observable("micros that are mids", "share", rising_within(YEAR, "micro", "M22")),
            Observable("mids that are macros", "share", rising_within(YEAR, "mid", "M22")),
            Observable("macros that are megas", "share", rising_within(YEAR, "macro", "M22")),
        ),
        variants=STEADY,
        facts=("Growth is the same for all accounts of a size here, so nobody falls to a lower tier.",),
    ),
)
