"""What analyses say would change the answer: the sentences of their figures, told of which plans they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simulator.report.answer import ranked_arms
from simulator.report.figure import Figure
from simulator.report.reading import Reading
from simulator.results.tables import called

NAMES: Final = ("sensitivity-tornado", "break-even")  # of figures whose sentences belong into the answer


def deciding(reading: Reading, figures: Sequence[Figure]) -> list[str]:
    """The sentence of each; where it weighs others than the answer's best two, it begins with their names."""
    return [_of_which(reading, figure) for figure in figures if figure.name.startswith(NAMES)]


def _of_which(reading: Reading, figure: Figure) -> str:
    found = reading.analyses.get(figure.name, {})
    weighed = found.get("arms") or found.get("between")
    best = {arm["arm"] for arm in ranked_arms(reading.summary)[:2]}
    if not weighed or set(weighed) == best:
        return figure.sentence
    first, second = map(called, weighed)
    return f"Between {first} and {second}, not the best two here: {figure.sentence}"
