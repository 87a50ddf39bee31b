"""Rows about plans: how many creators, how large, how often. They need nothing but hires."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Observable,
    difference,
    level,
    log_ratio,
    log_ratio_of_ratios,
    log_ratio_of_spreads,
    minus,
    ratio_difference,
    share_of_small,
)
from simulator.decide.claims.row import Claim

PROFIT: Final = Observable("profit, ten micros less one macro", "USD", difference("profit", "ten micros", "one macro"))
REACH: Final = Observable(
    "people reached by ten micros, against one macro", "times", log_ratio("reach", "ten micros", "one macro")
)

ROWS: Final = (
    Claim(
        "Q15",
        "consequence",
        ("a2",),
        "Spending most of a budget on a single post of a star is a gamble.",
        Observable(
            "spread of engagements over luck, one post against forty",
            "times",
            log_ratio_of_spreads("engagements", "one post", "forty posts"),
        ),
        why="Spreads relative to the mean, of luck alone. Of engagements, since a thinned market has too few orders to "
        "tell their spread; the star is scaled from 341 million to 2 million followers at the same price each.",
        also=(Observable("profit, forty posts less one", "USD", difference("profit", "forty posts", "one post")),),
        facts=(f"$1.2 million for 341 million followers is ${1_200_000 / 341_000:.2f} for a thousand.",),
    ),
    Claim(
        "M3",
        "consequence",
        ("a0",),
        "Relevance counts, not followers: accounts chosen by fit earn more than the largest.",
        Observable(
            "profit per dollar, small and fitting less largest",
            "",
            ratio_difference("profit", "cost", "small and fitting", "largest"),
        ),
        why="Choosing by size takes accounts of any topic. The second figure keeps the size and changes the fit alone.",
        also=(
            Observable(
                "the same, large and fitting less largest",
                "",
                ratio_difference("profit", "cost", "large and fitting", "largest"),
            ),
        ),
    ),
    Claim(
        "M4",
        "consequence",
        ("a0", "a2", "a3"),
        "Large accounts serve awareness, small ones sales.",
        Observable(
            "orders caused per thousand people reached, ten micros less one macro",
            "",
            lambda runs: 1000.0 * ratio_difference("incremental_orders", "reach", "ten micros", "one macro")(runs),
        ),
        why="Each must be better at its own goal than at the other's; who wins each goal stands beside. Under "
        "`measured` the size slopes of clicks and orders are typed in, so this is implied by inputs.",
        also=(REACH, PROFIT),
    ),
    Claim(
        "M5",
        "consequence",
        ("a0",),
        "For the same money, several micro-influencers reach more people than one large account.",
        REACH,
        why="The followers are as many, so it is overlap against the higher reach per follower of small accounts.",
        also=(Observable("overlap of the micros' audiences", "share", level("overlap_audience", "ten micros")), PROFIT),
    ),
    Claim(
        "M26",
        "consequence",
        ("a2",),
        "A portfolio is safer: don't rely on one influencer or one post.",
        Observable(
            "spread of engagements over luck, one creator against sixteen",
            "times",
            log_ratio_of_spreads("engagements", "one", "sixteen"),
        ),
        why="Independent posts would be steadier by the square root of their number: 4 times here. What all share "
        "(the level of engagement in a year) is ignorance, which no portfolio spreads.",
        also=(
            Observable("one against four", "times", log_ratio_of_spreads("engagements", "one", "four")),
            Observable("of reach, one against sixteen", "times", log_ratio_of_spreads("reach", "one", "sixteen")),
        ),
    ),
    Claim(
        "M29",
        "consequence",
        ("a2",),
        "A plan for the wrong goal performs poorly: what serves awareness does not serve sales.",
        Observable("people reached by one macro, less ten micros", "", difference("reach", "one macro", "ten micros")),
        why="Regret of each plan under each goal. The usual advice is the macro for awareness, micros for sales; the "
        "goals only disagree if the macro reaches more and the micros earn more. Where one plan wins both, there is no "
        "goal to get wrong.",
        also=(PROFIT,),
    ),
    Claim(
        "M30",
        "consequence",
        ("a2",),
        "Find out who performs best, and build the next wave on them.",
        Observable(
            "clicks, going on with the best five against with all",
            "times",
            log_ratio("clicks", "the best", "everybody"),
        ),
        why="As many posts for the same money. That the best of one wave are engaged with more in the next is nearly "
        "given; but the same people see more posts, which wear out, and engagement is not what pays. Clicks tell with "
        "fewer runs what orders follow.",
        also=(
            Observable("engagements", "times", log_ratio("engagements", "the best", "everybody")),
            Observable("people reached", "times", log_ratio("reach", "the best", "everybody")),
            Observable("profit", "USD", difference("profit", "the best", "everybody")),
            Observable(
                "clicks, if the best are those with most clicks",
                "times",
                log_ratio("clicks", "the best by clicks", "everybody"),
            ),
        ),
    ),
    Claim(
        "M35",
        "consequence",
        ("a3",),
        "What a budget buys in frequency and in variety matters: variety beats repetition.",
        Observable(
            "engagements, four creators against four posts of one",
            "times",
            log_ratio("engagements", "four creators", "four posts"),
        ),
        why="That response per view falls with repetition is an input (no range allows it to rise); what those posts "
        "bring when other people see them is not. Engagements, which are frequent enough to tell.",
        also=(
            Observable("clicks", "times", log_ratio("clicks", "four creators", "four posts")),
            Observable("people reached", "times", log_ratio("reach", "four creators", "four posts")),
            Observable("profit", "USD", difference("profit", "four creators", "four posts")),
            Observable(
                "engagements per view, one post against four",
                "times",
                log_ratio_of_ratios("engagements", "impressions", "one post", "four posts"),
            ),
        ),
    ),
    Claim(
        "M50",
        "consequence",
        ("a4",),
        "The biggest is thought to be the most influential; who chooses by size is misled.",
        Observable(
            "profit per dollar, micros less the biggest", "", ratio_difference("profit", "cost", "micros", "biggest")
        ),
        why="The biggest account does cause more orders than any other single one; the question is for what money.",
        also=(
            Observable("people reached, micros against the biggest", "times", log_ratio("reach", "micros", "biggest")),
        ),
    ),
    Claim(
        "M51",
        "consequence",
        ("a4",),
        "Influence has a medium and long tail that pays: small accounts give more than they cost.",
        Observable(
            "share of clicks of all but the largest tenth, less their share of cost",
            "",
            minus(share_of_small("clicks", "supply", largest=5), share_of_small("cost", "supply", largest=5)),
        ),
        why="The article only announces the idea, so it is tested in its weakest form: the tail's part of the effect "
        "against its part of the cost.",
        also=(
            Observable(
                "share of clicks of all but the largest tenth", "", share_of_small("clicks", "supply", largest=5)
            ),
            Observable("their share of followers", "", share_of_small("followers", "supply", largest=5)),
        ),
    ),
)
