"""Row about scandals: rare, so it has statistics of its own (`simulator.decide.claims.rare`)."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import Observable, minus
from simulator.decide.claims.rare import Danger, expected_loss, loss_when_it_happens, tail_loss
from simulator.decide.claims.row import Claim

HORIZON: Final = 90  # days
# The catalog's hazard at the accounts' sizes, and what the scenario plays.
MACRO: Final = Danger(authors=1, per_month=0.00088, played=0.15, horizon=HORIZON)
MICROS: Final = Danger(authors=10, per_month=0.00037, played=0.025, horizon=HORIZON)
TAIL: Final = 0.125
WITHOUT: Final = "without"

ROWS: Final = (
    Claim(
        "M8",
        "consequence",
        ("a0",),
        "Smaller creators are the smaller risk for a brand's reputation; stars set off backlashes.",
        Observable(
            "what scandals take from the worst eighth of profits, one macro less ten micros",
            "USD",
            minus(
                tail_loss("profit", "one macro", WITHOUT, MACRO, TAIL),
                tail_loss("profit", "ten micros", WITHOUT, MICROS, TAIL),
            ),
        ),
        why="Ten authors fall into disgrace more often than one, each with a tenth of what was seen; that the hazard "
        "of one author rises with size is assumed. So the mean loss says little, and the tail of profit is looked at, "
        "luck of posts included: a loss in a run that is good otherwise is no part of it. Scandals are rare, hence "
        "played at a much higher hazard and weighed back by their likelihood, beside the same runs without any.",
        also=(
            Observable(
                "mean loss by scandals, one macro less ten micros",
                "USD",
                minus(
                    expected_loss("profit", "one macro", WITHOUT, MACRO),
                    expected_loss("profit", "ten micros", WITHOUT, MICROS),
                ),
            ),
            Observable(
                "what scandals take from the worst eighth, one macro",
                "USD",
                tail_loss("profit", "one macro", WITHOUT, MACRO, TAIL),
            ),
            Observable(
                "loss of a campaign with a scandal, one macro",
                "USD",
                loss_when_it_happens("profit", "one macro", WITHOUT, MACRO),
            ),
            Observable(
                "loss of a campaign with a scandal, ten micros",
                "USD",
                loss_when_it_happens("profit", "ten micros", WITHOUT, MICROS),
            ),
        ),
        variants={WITHOUT: ("mechanisms.scandals=off",)},
        facts=(
            f"Campaigns with a scandal: {MACRO.of_any:.2%} with the macro, {MICROS.of_any:.2%} with ten micros.",
            "No base rate of scandals is published.",
            "Sponsors of one disgraced star lost over 2% of market value within 15 days (Knittel & Stango 2014).",
        ),
    ),
)
