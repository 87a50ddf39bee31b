"""Rows about managing many influencers: how many, by hand or on a platform, checked or not, and for which brand."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import Look, Observable, difference, level, log_ratio, ratio_difference
from simulator.decide.claims.row import Claim
from simulator.decide.claims.runs import Runs
from simulator.results.statistics import Values

ON_PLATFORM: Final = {"platform": ("brand.handling=platform",)}
CHECKED: Final = {
    "checked": ("brand.handling_cost=60", "mechanisms.no_shows.prepaid=0"),
    "all appear": ("mechanisms.no_shows=off",),
}


def per_added(metric: str, more: str, less: str) -> Look:
    """What each influencer brings whom one arm hires beyond another."""

    def look(runs: Runs) -> Values:
        added = runs.column("hired", more) - runs.column("hired", less)
        found: Values = (runs.column(metric, more) - runs.column(metric, less)) / added
        return found

    return look


def missing(place: str) -> Look:
    """Share of the posts agreed on that did not appear, of creators with one post each."""
    return lambda runs: runs.column("no_shows", place) / runs.column("hired", place)


ROWS: Final = (
    Claim(
        "Q16",
        "consequence",
        ("a2",),
        "Eight to ten micro-influencers are a good number to start with.",
        Observable("profit of each micro added from the fifth to the tenth", "USD", per_added("profit", "ten", "five")),
        why="A number is right if those up to it pay and those beyond don't. The second ten reach fewer new people, "
        "but sell nearly as much each: if ten pay, so do twenty, and if not, hardly any does. What bounds the number "
        "is the hands to manage them: with `capacity: 10` a plan with twenty is refused.",
        also=(
            Observable("from the tenth to the twentieth", "USD", per_added("profit", "twenty", "ten")),
            Observable(
                "people reached by each, from the fifth to the tenth", "people", per_added("reach", "ten", "five")
            ),
            Observable("the same, from the tenth to the twentieth", "people", per_added("reach", "twenty", "ten")),
        ),
        facts=("An agency that takes 200 dollars to handle each, instead of 50, lowers what each brings by 150.",),
    ),
    Claim(
        "M27",
        "consequence",
        ("a2",),
        "Many influencers are a nightmare by hand; on a platform one more costs nothing, so many small ones pay.",
        Observable(
            "profit, many on a platform less few by hand", "USD", difference("profit", "many @ platform", "few")
        ),
        why="That a platform lowers the cost of each is put in. Whether one should therefore change to many small "
        "accounts, and pay the platform's fee, is not.",
        also=(
            Observable("many less few, both by hand", "USD", difference("profit", "many", "few")),
            Observable("both on the platform", "USD", difference("profit", "many @ platform", "few @ platform")),
            Observable("few, on the platform less by hand", "USD", difference("profit", "few @ platform", "few")),
            Observable("hired, many on a platform", "", level("hired", "many @ platform")),
            Observable("hired, few by hand", "", level("hired", "few")),
        ),
        variants=ON_PLATFORM,
        facts=(
            "On Twitter ordinary people were best until recruiting one cost 10,000 followers (Bakshy et al. 2011).",
        ),
    ),
    Claim(
        "M28",
        "consequence",
        ("a2",),
        "Who pays or gives before the post must check that each has posted, one by one.",
        Observable(
            "profit, checked and paid for posts that appeared, less paid before",
            "USD",
            difference("profit", "creators @ checked", "creators"),
        ),
        why="That posts go missing is put in. Whether checking is worth its cost, ten dollars for each creator here, "
        "is not: a missing post of a small account costs little.",
        also=(
            Observable("the same, one account of 200,000", "USD", difference("profit", "larger @ checked", "larger")),
            Observable("posts that don't appear, accounts of 10,000", "share", missing("creators")),
            Observable("accounts of 200,000", "share", missing("larger")),
            Observable(
                "profit that missing posts cost, paid before",
                "USD",
                difference("profit", "creators @ all appear", "creators"),
            ),
            Observable(
                "orders that missing posts cost",
                "orders",
                difference("incremental_orders", "creators @ all appear", "creators"),
            ),
        ),
        variants=CHECKED,
        facts=("A hundred parcels bring 50 to 80 posts (Augmentum); some of these were never agreed on.",),
    ),
    Claim(
        "M21",
        "outside",
        ("a1",),
        "Small brands do not approach large influencers.",
        Observable(
            "profit of a brand with 5,000 dollars, asking one macro less taking micros",
            "USD",
            difference("profit", "macro", "micros"),
        ),
        why="Whom a brand dares to ask lies outside the model. Here it asks, and hires if the price drawn fits its "
        "money; a plan whose usual price exceeds the budget is refused before it is played.",
        also=(
            Observable("macros hired with 5,000 dollars", "share", level("hired", "macro")),
            Observable("with 20,000 dollars", "share", level("hired", "macro @ large brand")),
            Observable(
                "profit per dollar, macro less micros, with 5,000 dollars",
                "",
                ratio_difference("profit", "cost", "macro", "micros"),
            ),
            Observable("people reached, macro against micros", "times", log_ratio("reach", "macro", "micros")),
        ),
        variants={"large brand": ("budget=20000",)},
    ),
)
