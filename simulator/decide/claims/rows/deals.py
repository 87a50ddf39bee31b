"""Rows about what is agreed with a creator and what comes of it: pay, contracts, regular work, links, favors."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Look,
    Observable,
    difference,
    level,
    log_of,
    log_ratio_of_spreads,
    minus,
    ratio,
    ratio_difference,
    tail_difference,
)
from simulator.decide.claims.row import Claim
from simulator.decide.claims.teams import mean_over_hired

ASKED: Final = 16  # accounts of each arm of M13
FREE_WORK: Final = {"anything goes": ("mechanisms.outreach=off", "mechanisms.effort=off")}


def of_links(metric: str, arm: str) -> Look:
    """What links add to a metric, for each creator asked."""
    added = difference(metric, arm, f"{arm} @ no links")
    return lambda runs: added(runs) / ASKED


def accepting(arm: str) -> Look:
    """Share of those invited who accept."""
    return ratio("hired", "invited", arm)


ROWS: Final = (
    Claim(
        "Q17",
        "outside",
        ("a4",),
        "A post takes its author half a day or a day of work.",
        Observable(
            "profit, offering the market price less a quarter of it",
            "USD",
            difference("profit", "market", "quarter"),
        ),
        why="What a creator's time is worth lies outside the model. It is assumed to be up to the market price (0.6 of "
        "it most likely, with a log-sd of 0.6 between creators), below which offers are refused or less is done.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "market", "quarter")),
            Observable("accepting a quarter of the market price", "share", accepting("quarter")),
            Observable("accepting the market price", "share", accepting("market")),
            Observable("accepting twice of it", "share", accepting("twice")),
        ),
        facts=(
            "At 10,000 followers the market pays $160 for a post: $20 an hour for a day, $40 for half of one.",
            "At 2,000 it pays $44: $6 to $11 an hour.",
        ),
    ),
    Claim(
        "M45",
        "assumed",
        ("a4",),
        "Gifts, codes and a few euros are too little for the work: offers like these are refused, or done carelessly.",
        Observable(
            "profit of offering a tenth of the market price, with refusal and carelessness less without",
            "USD",
            difference("profit", "a tenth", "a tenth @ anything goes"),
        ),
        why="That poor offers are refused is put in. Without it, whoever pays least would win.",
        also=(
            Observable(
                "orders caused", "orders", difference("incremental_orders", "a tenth", "a tenth @ anything goes")
            ),
            Observable("accepting a tenth", "share", accepting("a tenth")),
            Observable("accepting half", "share", accepting("half")),
            Observable("accepting all", "share", accepting("market")),
            Observable("effort of who accepts a tenth", "of a fair deal's", mean_over_hired("effort", "a tenth")),
            Observable("profit, all less a tenth", "USD", difference("profit", "market", "a tenth")),
        ),
        variants=FREE_WORK,
    ),
    Claim(
        "M38",
        "consequence",
        ("a3",),
        "Pay by result serves the brand: bonuses and commissions, which small accounts accept and large ones don't.",
        Observable("profit, bonus less flat fee, ten micros", "USD", difference("profit", "bonus", "flat fee")),
        why="Half the price at once and a bonus for engagement, which comes to as much at a usual rate. A commission "
        "wins too easily here: creators take it by a chance of its own, and do not weigh what it will bring them; nor "
        "do they count on a bonus when they judge the base. Who accepts what, by size, is put in.",
        also=(
            Observable("commission less flat fee", "USD", difference("profit", "commission", "flat fee")),
            Observable(
                "commission less flat fee, one macro", "USD", difference("profit", "macro commission", "macro flat fee")
            ),
            Observable(
                "mean profit of the worst eighth, bonus less flat fee",
                "USD",
                tail_difference("profit", "bonus", "flat fee", 0.125),
            ),
            Observable(
                "mean profit of the worst eighth, commission less flat fee",
                "USD",
                tail_difference("profit", "commission", "flat fee", 0.125),
            ),
            Observable("cost, bonus less flat fee", "USD", difference("cost", "bonus", "flat fee")),
            Observable(
                "accepting a bonus less a fee, micros",
                "share",
                ratio_difference("hired", "invited", "bonus", "flat fee"),
            ),
            Observable(
                "spread of cost over luck, bonus against flat fee",
                "times",
                log_ratio_of_spreads("cost", "bonus", "flat fee"),
            ),
            Observable(
                "accepting a commission less a fee, micros",
                "share",
                ratio_difference("hired", "invited", "commission", "flat fee"),
            ),
            Observable(
                "the same, macro", "share", ratio_difference("hired", "invited", "macro commission", "macro flat fee")
            ),
        ),
    ),
    Claim(
        "M47",
        "consequence",
        ("a4",),
        "An ambassador needs regular work.",
        Observable(
            "profit, three posts four weeks apart less twelve weeks apart",
            "USD",
            difference("profit", "regular", "sporadic"),
        ),
        why="That some leave between rare posts is put in, and cannot gain anything. But posts that follow each other "
        "closely wear out, so regular work has a price too. It proves small: the verdict is that of the assumed range "
        "of leaving, up to a tenth in 30 idle days.",
        also=(
            Observable(
                "the same if nobody left",
                "USD",
                difference("profit", "regular @ nobody leaves", "sporadic @ nobody leaves"),
            ),
            Observable(
                "profit lost by those who leave, twelve weeks apart",
                "USD",
                difference("profit", "sporadic @ nobody leaves", "sporadic"),
            ),
            Observable("posts missed of fifteen, twelve weeks apart", "", level("no_shows", "sporadic")),
            Observable("four weeks apart", "", level("no_shows", "regular")),
        ),
        variants={"nobody leaves": ("mechanisms.dropout=off",)},
    ),
    Claim(
        "M13",
        "outside",
        ("a1",),
        "Links are easier to get from small accounts; one from a large account is worth more, if it answers at all.",
        Observable(
            "orders by links within half a year for each creator asked, micro less macro",
            "orders",
            minus(of_links("incremental_orders", "micros"), of_links("incremental_orders", "macros")),
        ),
        why="What a link is worth lies outside the model: orders a day and their rise with followers are assumed, and "
        "so is who answers. Only their product is shown.",
        also=(
            Observable("micro", "orders", of_links("incremental_orders", "micros")),
            Observable("macro", "orders", of_links("incremental_orders", "macros")),
            Observable("profit by a link for each micro asked", "USD", of_links("profit", "micros")),
            Observable(
                "links of micros against macros",
                "times",
                log_of(level("earned_links", "micros"), level("earned_links", "macros")),
            ),
        ),
        variants={"no links": ("mechanisms.earned_links=off",)},
    ),
    Claim(
        "M20",
        "assumed",
        ("a1",),
        "Small accounts return favors: they follow the brand and publish for it without being paid.",
        Observable(
            "profit of ten micros, with favors less without",
            "USD",
            difference("profit", "micros", "micros @ no favors"),
        ),
        why="That some add a post for nothing is put in, and a gift cannot lose. That they come to follow the brand "
        "has no effect of its own here.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "micros", "micros @ no favors")),
            Observable("engagements", "", difference("engagements", "micros", "micros @ no favors")),
            Observable("profit of one macro", "USD", difference("profit", "macro", "macro @ no favors")),
        ),
        variants={"no favors": ("mechanisms.reciprocity=off",)},
    ),
)
