"""Rows about who else speaks, and when: several sources, their order, and all that competes for attention."""

from __future__ import annotations

import math
from typing import Final

from simulator.decide.claims.observable import (
    Observable,
    difference,
    level,
    log_ratio,
    log_ratio_of_ratios,
    minus,
    negative,
)
from simulator.decide.claims.row import Claim

TWICE: Final = math.log(2.0)
NO_EXTRA: Final = ("mechanisms.sources.second=1", "mechanisms.sources.third=1")
TWICE_THE_OFFERS: Final = ("mechanisms.feed.load=2",)

ROWS: Final = (
    Claim(
        "M36",
        "consequence",
        ("a3",),
        "Macro- and micro-influencers together reinforce each other: a second source adds what a repetition does not.",
        Observable(
            "orders caused per view, two sources against one",
            "times",
            log_ratio_of_ratios("incremental_orders", "impressions", "two sources", "one source"),
        ),
        why="Views are as many, by accounts of one size and topic, so neither reach nor price is mistaken for a second "
        "source. No range lets a second source hurt, so this shows how much it adds; without reinforcement, the "
        "second figure tells what spreading repetitions over more people does.",
        also=(
            Observable(
                "the same without reinforcement",
                "times",
                log_ratio_of_ratios(
                    "incremental_orders", "impressions", "two sources @ no extra", "one source @ no extra"
                ),
            ),
            Observable(
                "orders of two sources, with reinforcement against without",
                "times",
                log_ratio("incremental_orders", "two sources", "two sources @ no extra"),
            ),
            Observable(
                "views, two sources against one", "times", log_ratio("impressions", "two sources", "one source")
            ),
            Observable("people reached", "times", log_ratio("reach", "two sources", "one source")),
        ),
        variants={"no extra": NO_EXTRA},
    ),
    Claim(
        "M37",
        "consequence",
        ("a3",),
        "A launch opens with macro-influencers; micro-influencers follow.",
        Observable("profit, macro first less micros first", "USD", difference("profit", "macro first", "micros first")),
        why="The same posts at the same price, so only their order counts: who speaks second is reinforced, and meets "
        "people who have seen enough. Micros second wins if they sell more per view.",
        also=(
            Observable("macro first less all at once", "USD", difference("profit", "macro first", "at once")),
            Observable(
                "macro first less micros first, without reinforcement",
                "USD",
                difference("profit", "macro first @ no extra", "micros first @ no extra"),
            ),
            Observable(
                "clicks, macro first against micros first", "times", log_ratio("clicks", "macro first", "micros first")
            ),
        ),
        variants={"no extra": NO_EXTRA},
    ),
    Claim(
        "M41",
        "consequence",
        ("a4",),
        "People are flooded with offers, and their money does not grow: it is hard to be heard and to sell.",
        Observable(
            "orders caused: what twice as many offers cost, beyond half",
            "times",
            minus(log_ratio("incremental_orders", "ten micros", "ten micros @ twice the offers"), TWICE),
        ),
        why="That reach and orders fall is an input. More than half is the question: then all advertisers together "
        "sell less with twice as many offers.",
        also=(
            Observable("people reached", "times", log_ratio("reach", "ten micros @ twice the offers", "ten micros")),
            Observable(
                "orders caused per click",
                "times",
                log_ratio_of_ratios("incremental_orders", "clicks", "ten micros @ twice the offers", "ten micros"),
            ),
            Observable("profit", "USD", difference("profit", "ten micros @ twice the offers", "ten micros")),
        ),
        variants={"twice the offers": TWICE_THE_OFFERS},
    ),
    Claim(
        "M44",
        "consequence",
        ("a4",),
        "In a stream of posts of the same day a sponsored one is lost, and not worth its price.",
        Observable("loss of ten micros who publish three a day", "USD", negative(level("profit", "busy"))),
        why="That a crowded day costs views is an input. Whether the post still earns what it costs is not; the same "
        "with creators who publish five a week stands beside.",
        also=(
            Observable("loss of ten who publish five a week", "USD", negative(level("profit", "usual"))),
            Observable("views, three a day against five a week", "times", log_ratio("impressions", "busy", "usual")),
            Observable(
                "views, four posts on one day against a week apart",
                "times",
                log_ratio("impressions", "four at once", "four apart"),
            ),
            Observable(
                "profit, four on one day less a week apart", "USD", difference("profit", "four at once", "four apart")
            ),
        ),
    ),
)
