"""Rows that restate an input of the model. They never hold; they show what the input entails, with and without it."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import Observable, difference, level, log_of, minus, ratio, tail_difference
from simulator.decide.claims.row import Claim

MEASURED_RATES: Final = (
    "platform.engagement_rate.rows="
    "{3162: 0.0436, 10000: 0.035, 31623: 0.0281, 100000: 0.0226, 316228: 0.0182, 1000000: 0.0146, 3162278: 0.0117}"
)
LEVEL_RATES: Final = "platform.engagement_rate.rows={10000: 0.0386}"
MIDDLE: Final = (
    f"At middle prices and rates an engagement costs ${300 / (50_000 * 0.135):.2f} (micro of 50,000) and "
    f"${27_500 / (550_000 * 0.045):.2f} (macro of 550,000): neither $0.20 nor $0.33."
)
SHORT_LIVED: Final = "platform.decay_scale_hours=2.8"
ONE_WEEK: Final = "settle=6"


def _lead(metric: str, more: str, less: str, without: str) -> Observable:
    """What the input adds to one arm's lead over another."""
    unit = "USD" if metric == "profit" else "orders"
    what = "profit" if metric == "profit" else "orders caused"
    name = f"{what}, {more} less {less}, with it less without"
    with_it = difference(metric, more, less)
    return Observable(name, unit, minus(with_it, difference(metric, f"{more} @ {without}", f"{less} @ {without}")))


ROWS: Final = (
    Claim(
        "Q6",
        "assumed",
        ("a3",),
        "Micro-influencers engage 7% to 20% of their followers, macro-influencers 3% to 6%.",
        Observable(
            "profit of ten micros, with these rates less with measured ones",
            "USD",
            difference("profit", "ten micros", "ten micros @ measured rates"),
        ),
        why="Whether the rates come out as put in says nothing. What they do to orders does: clicks keep their own "
        "published rate, so that more engagement sells only through trust and sharing.",
        also=(
            Observable(
                "orders caused by ten micros",
                "orders",
                difference("incremental_orders", "ten micros", "ten micros @ measured rates"),
            ),
            Observable(
                "engagements of ten micros",
                "",
                difference("engagements", "ten micros", "ten micros @ measured rates"),
            ),
            _lead("profit", "ten micros", "one macro", "measured rates"),
        ),
        variants={"measured rates": (MEASURED_RATES,)},
        facts=(
            "The bands are 3 to 10 times as high as every benchmark series: 2.8% at 50,000 followers, 1.6% at 500,000.",
        ),
    ),
    Claim(
        "Q7",
        "assumed",
        ("a3",),
        "On Instagram, 3.86% of micro-influencers' followers engage and 1.21% of mega-influencers'.",
        _lead("profit", "micros", "one mega", "one rate"),
        why="The ratio of 3.2 is put in, as an exponent of -0.25 over followers; measured series give -0.19.",
        also=(
            _lead("incremental_orders", "micros", "one mega", "one rate"),
            Observable(
                "engagement rate, micros against mega",
                "times",
                log_of(level("engagement_rate", "micros"), level("engagement_rate", "one mega")),
            ),
        ),
        variants={"one rate": (LEVEL_RATES,)},
    ),
    Claim(
        "Q12",
        "assumed",
        ("a3",),
        "A post of a micro-influencer costs 100 to 500 dollars, one of a macro-influencer 5,000 to 50,000.",
        Observable(
            "profit of one macro, at these prices less at market prices",
            "USD",
            difference("profit", "macro", "macro at market"),
        ),
        why="A fee changes no order. It moves profit by what it costs more, and the cost of an engagement with it.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "macro", "macro at market")),
            Observable("profit of one micro", "USD", difference("profit", "micro", "micro at market")),
            Observable("cost of an engagement, micro", "USD", ratio("cost", "engagements", "micro")),
            Observable("cost of an engagement, macro", "USD", ratio("cost", "engagements", "macro")),
        ),
        facts=(MIDDLE,),
    ),
    Claim(
        "Q14",
        "assumed",
        ("a1",),
        "A post of a mega-influencer costs 75,000 dollars on Instagram.",
        Observable(
            "profit of one mega, at this price less at the market price",
            "USD",
            difference("profit", "mega", "mega at market"),
        ),
        why="At this price a brand with less cannot hire it: `simulator validate` refuses the plan and says how far "
        "it exceeds the budget. Who can pay it may hire many micros instead.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "mega", "mega at market")),
            Observable(
                "profit of the micros for the same money, less one mega", "USD", difference("profit", "micros", "mega")
            ),
        ),
    ),
    Claim(
        "Q18",
        "assumed",
        ("a0",),
        "Budgets for macro-influencers soar into the hundreds of thousands.",
        Observable(
            "mean profit of the worst eighth, one price less heavy tail",
            "USD",
            tail_difference("profit", "one price", "heavy tail", 0.125),
        ),
        why="The heavy tail of prices is an input (log-sd 0.6). With the mean kept, neither orders nor expected profit "
        "move: it is a risk, which shows in the worst outcomes.",
        also=(
            Observable("expected profit", "USD", difference("profit", "one price", "heavy tail")),
            Observable("orders caused", "orders", difference("incremental_orders", "one price", "heavy tail")),
        ),
    ),
    Claim(
        "M2",
        "assumed",
        ("a0", "a4"),
        "Followers of small accounts trust them more: connections are deeper, and macros lack authenticity.",
        _lead("profit", "ten micros", "one macro", "level trust"),
        why="Trust by size is put in. It may act on orders here because clicks and orders have no size slope of their "
        "own; where they do, rates are those of typical accounts of each size, and trust adds nothing.",
        also=(_lead("incremental_orders", "ten micros", "one macro", "level trust"),),
        variants={"level trust": ("platform.trust_prior=0.5",)},
    ),
    Claim(
        "M42",
        "assumed",
        ("a4",),
        "A large account gives a peak of visibility that is soon over; what small accounts do lasts longer.",
        Observable(
            "profit of a micro, lasting posts less short-lived ones",
            "USD",
            difference("profit", "micro", "micro @ short"),
        ),
        why="How fast posts fade is put in, and published totals fix how many see a post at all: lasting means later.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "micro", "micro @ short")),
            Observable(
                "clicks of the first week, of all, lasting", "share", ratio("clicks", "clicks", "micro @ week", "micro")
            ),
            Observable(
                "the same, short-lived", "share", ratio("clicks", "clicks", "micro @ short week", "micro @ short")
            ),
        ),
        variants={"short": (SHORT_LIVED,), "week": (ONE_WEEK,), "short week": (SHORT_LIVED, ONE_WEEK)},
    ),
)
