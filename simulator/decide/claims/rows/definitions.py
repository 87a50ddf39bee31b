"""Rows that define: tier schemes and the engagement rate. Labels change no result; the rows show it, and what does."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.labels import largest_change, relabeled, untiered
from simulator.decide.claims.observable import Observable, level, log_of, log_ratio_of_ratios
from simulator.decide.claims.row import Claim

SCHEMES: Final = ("article_a0", "article_a1", "article_a2", "article_a3", "article_a4")
UNDER: Final = {name: (f"tiers={name}",) for name in SCHEMES}
WIDER: Final = {"to 100,000": ("tiers={micro: [1000, 100000], macro: [100000, null]}",)}
FEW: Final = 10  # draws: what never changes needs no more
NOTHING: Final = "largest change of any figure by relabeling"


def _scheme(identifier: str, article: str, says: str, *others: str, facts: tuple[str, ...] = ()) -> Claim:
    """A row about one article's scheme."""
    name = f"article_{article}"
    return Claim(
        identifier,
        "definition",
        (article,),
        says,
        Observable(NOTHING, "", largest_change(name, *others), "equal to 0"),
        also=(Observable("accounts with another label than by default", "share", relabeled(name)),),
        variants={each: UNDER[each] for each in (name, *others)},
        facts=facts,
        most_draws=FEW,
    )


ROWS: Final = (
    _scheme(
        "Q1",
        "a0",
        "Tiers: micro to 100,000 followers, mid to 500,000, macro above.",
        *(scheme for scheme in SCHEMES if scheme != "article_a0"),
        facts=("An account of 200,000 is mid (a0), micro (a1) or macro (a2, a3, a4); no two of the schemes agree.",),
    ),
    _scheme("Q2", "a1", "Tiers: micro from 1,000 to 999,999 followers, macro from a million."),
    Claim(
        "Q3",
        "definition",
        ("a2",),
        "Tiers: nano below 10,000 followers, micro to 50,000, macro from 100,000: between them a gap.",
        Observable("accounts without a label", "share", untiered("article_a2"), "equal to 0"),
        why="The gap from 50,000 to 100,000 is filled by a tier of its own, so that nobody is left out.",
        also=(
            Observable(NOTHING, "", largest_change("article_a2"), "equal to 0"),
            Observable("accounts with another label than by default", "share", relabeled("article_a2")),
        ),
        variants={"article_a2": UNDER["article_a2"]},
        most_draws=FEW,
    ),
    _scheme("Q4", "a3", "Tiers: micro from 1,000 to 100,000 followers, macro to a million, mega above."),
    Claim(
        "Q5",
        "definition",
        ("a4",),
        "Tiers by digits: thousands or tens of thousands of followers are micro; several tens, or hundreds, macro.",
        Observable(
            "clicks per dollar of creators hired by the label micro, border at 100,000 against 30,000",
            "times",
            log_ratio_of_ratios("clicks", "cost", "by label @ to 100,000", "by label"),
        ),
        why="Relabeling changes nothing. Hiring by a label does, since the label then decides who is hired.",
        variants=WIDER,
    ),
    Claim(
        "Q13",
        "definition",
        ("a3",),
        "The engagement rate is likes, comments and shares by followers.",
        Observable(
            "rate by reach against rate by followers, 5,000 followers",
            "times",
            log_of(level("engagement_rate_by_reach", "small"), level("engagement_rate", "small")),
        ),
        also=(
            Observable(
                "the same, 500,000 followers",
                "times",
                log_of(level("engagement_rate_by_reach", "large"), level("engagement_rate", "large")),
            ),
            Observable(
                "rate of 5,000 against 500,000, by followers",
                "times",
                log_of(level("engagement_rate", "small"), level("engagement_rate", "large")),
            ),
            Observable(
                "the same by reach",
                "times",
                log_of(level("engagement_rate_by_reach", "small"), level("engagement_rate_by_reach", "large")),
            ),
        ),
    ),
)
