"""Rows about what an author's word is worth: answers to comments, marked ads, rival brands."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Look,
    Observable,
    difference,
    log_ratio_of_ratios,
    ratio,
)
from simulator.decide.claims.paired import added, added_lead, what_it_adds
from simulator.decide.claims.row import Claim

WITHOUT: Final = "without"
SILENT: Final = "silent"
MACHINE: Final = "machine"
WAGE: Final = 20.0 / 3600.0  # USD a second
ANSWER: Final = 30.0 * WAGE  # USD: half a minute of work


def worth_of_answers(place: str) -> Look:
    """Profit that answers bring, less the work they are."""
    return lambda runs: added("profit", place, SILENT)(runs) - ANSWER * runs.column("replies", place)


ROWS: Final = (
    Claim(
        "M18",
        "consequence",
        ("a1", "a4"),
        "People don't comment where they expect no answer, so large accounts get few comments.",
        Observable(
            "comments per dollar, ten micros against one macro",
            "times",
            log_ratio_of_ratios("comments", "cost", "ten micros", "one macro"),
        ),
        why="That unanswered comments are no longer written is put in, so the share of comments can only fall with "
        "size. Whether large accounts therefore give fewer comments for the same money is open: engagement per dollar "
        "hardly depends on size.",
        also=(
            Observable(
                "the same if nobody expected an answer",
                "times",
                log_ratio_of_ratios("comments", "cost", f"ten micros @ {WITHOUT}", f"one macro @ {WITHOUT}"),
            ),
            Observable(
                "comments per engagement, ten micros against one macro",
                "times",
                log_ratio_of_ratios("comments", "engagements", "ten micros", "one macro"),
            ),
        ),
        variants={WITHOUT: ("mechanisms.replies=off",)},
    ),
    Claim(
        "M19",
        "assumed",
        ("a1",),
        "Answers by chatbots offend people.",
        Observable(
            "profit of one macro, a machine answering what is left less nobody",
            "USD",
            difference("profit", f"one macro @ {MACHINE}", "one macro"),
        ),
        why="That an answer of a machine costs trust is put in. It concerns those who comment: few, over a campaign.",
        also=(
            Observable(
                "orders caused",
                "orders",
                difference("incremental_orders", f"one macro @ {MACHINE}", "one macro"),
            ),
            Observable("trust at the end", "trust", difference("trust", f"one macro @ {MACHINE}", "one macro")),
            Observable("trust of ten micros", "trust", difference("trust", f"ten micros @ {MACHINE}", "ten micros")),
        ),
        variants={MACHINE: ("mechanisms.replies.automated=1",)},
    ),
    Claim(
        "M31",
        "consequence",
        ("a3",),
        "Small accounts answer their comments and so win trust; at scale a conversation is impossible.",
        added_lead("trust", "ten micros", "one macro", SILENT),
        why="That an answer never costs trust is put in, and that a day has room for so many; how many comments that "
        "leaves open, and so how much trust, is not. Whether it matters is the next figure: what the brand gains, held "
        f"against the work, {ANSWER:.2f} dollars an answer (20 an hour). Later campaigns and people who read along "
        "are left out.",
        also=(
            Observable(
                "profit through answers less half a minute's work for each, ten micros",
                "USD",
                worth_of_answers("ten micros"),
            ),
            what_it_adds("incremental_orders", "ten micros", SILENT),
            what_it_adds("trust", "ten micros", SILENT),
            what_it_adds("trust", "one macro", SILENT),
            Observable("share of comments answered, ten micros", "share", ratio("replies", "comments", "ten micros")),
            Observable("share of comments answered, one macro", "share", ratio("replies", "comments", "one macro")),
        ),
        variants={SILENT: ("mechanisms.replies.capacity=0",)},
    ),
    Claim(
        "M32",
        "assumed",
        ("a3",),
        "Posts of small accounts pass for honest advice, even when they are marked as ads.",
        added_lead("profit", "ten micros", "one macro", WITHOUT),
        why="That a mark costs trust, the more the less there is of it, and that small accounts are trusted more, is "
        "put in. So the small lose a smaller share; but they have more to lose, and are seen more often. As in "
        "M2, clicks and orders have no size slope of their own.",
        also=(
            added_lead("incremental_orders", "ten micros", "one macro", WITHOUT),
            what_it_adds("trust", "ten micros", WITHOUT),
            what_it_adds("trust", "one macro", WITHOUT),
            what_it_adds("profit", "ten micros", WITHOUT),
        ),
        variants={WITHOUT: ("mechanisms.disclosure=off",)},
        facts=(
            "Disclosure makes a source less credible (Eisend et al. 2020, meta-analysis of 61 papers).",
            "It does nothing sure to attitude and behavior (Liu & Zhao, meta-analysis of 37 studies).",
        ),
    ),
    Claim(
        "M46",
        "consequence",
        ("a4",),
        "Who juggles competing products lacks objectivity, so exclusivity is worth having.",
        Observable(
            "profit, ten exclusive micros less the same with three rival brands",
            "USD",
            difference("profit", "exclusive", "juggling"),
        ),
        why="That rival brands cost trust is put in, and no range lets them add any. Exclusivity has a price, though: "
        "a tenth of the fee for 30 days (assumed), and rivals are remembered for 90.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "exclusive", "juggling")),
            Observable("trust at the end", "trust", difference("trust", "exclusive", "juggling")),
            Observable("what exclusivity costs", "USD", difference("cost", "exclusive", "juggling")),
            Observable(
                "profit if 30 days were enough", "USD", difference("profit", "exclusive for a month", "juggling")
            ),
        ),
        facts=("More brands lower attitude in an experiment with 1, 3 and 7 (Borchers 2022); by how much is open.",),
    ),
)
