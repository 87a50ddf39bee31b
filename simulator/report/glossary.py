"""The words of a report: terms of the decision, then every metric with its formula from the one table of metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simulator.results.metrics import METRICS, Metric

TERMS: Final = (
    ("Run", "One play of every plan on the same simulated people, with the same luck. Plans differ by what they do."),
    ("±", "One standard error: how far a figure may be off because runs are finitely many. No error of the model."),
    ("95% interval", "A range made by a method that holds the true figure in 95 of 100 studies like this one."),
    ("No campaign", "The plan to spend nothing. It always runs along, so that it can win; its profit is 0."),
    ("Expected profit", "Mean over the runs of what the campaign earns beyond its cost. Plans are ranked by it."),
    ("P(best)", "Share of the runs in which a plan earns the most of all; ties are shared."),
    ("P(loss)", "Share of the runs in which a plan earns less than it costs."),
    ("Worst 5%", "Mean profit of the worst twentieth of the runs (conditional value at risk)."),
    ("Regret", "What the best choice of each run earns more than a plan, on average: the price of choosing it."),
    ("Walk-away fee", "The fee per creator at which the hire earns exactly its cost, everything else as it is."),
    ("Indifference", "A difference of profit too small to decide by; within it plans count as equal."),
    ("Market", "A simulated world of people, also called world. Runs take turns among the worlds."),
    ("Grade", "How a number is known: measured, derived from measurements, assumed, or your own."),
    ("Halo", "Orders of people who saw a post and did not click, per order that follows a click. Nobody tracks them."),
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """A word and what it means; metrics also have a unit and a formula, in the names of metrics."""

    name: str
    meaning: str
    unit: str = ""
    formula: str = ""


def terms() -> list[Term]:
    """Terms of the decision."""
    return [Term(name, meaning) for name, meaning in TERMS]


def metric_terms() -> list[Term]:
    """Every metric; what is counted has no formula."""
    return [Term(metric.name, metric.meaning, metric.unit, _formula(metric)) for metric in METRICS]


def _formula(metric: Metric) -> str:
    return "" if metric.formula == metric.name else metric.formula
