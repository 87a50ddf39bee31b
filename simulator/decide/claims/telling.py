"""A judged row in words, and as plain data for other programs."""

from __future__ import annotations

from typing import Any, Final

from simulator.decide.claims.judge import TIMES, Figure, Judged, Verdicts
from simulator.results.statistics import Estimate
from simulator.results.wording import number, with_error

VERSION: Final = 1
BEGINNINGS: Final = {
    "definition": "A definition",
    "assumed": "An input of the model, so no finding",
    "arithmetic": "Arithmetic",
    "outside": "Outside the model; only what the assumed rule entails",
}


def figure_text(figure: Figure) -> str:
    """A figure with error and unit: `1.65 ± 0.02 times`, `−120 ± 14 USD`."""
    text = with_error(figure.estimate.value, figure.estimate.error)
    return f"{text} {figure.unit}".rstrip()


def probability_text(probability: Estimate) -> str:
    return f"P = {probability.value:.2f} ± {max(probability.error or 0.0, 0.005):.2f}"


def sentence(found: Verdicts) -> str:
    """What the row comes to."""
    measured = found.measured
    if found.claim.kind != "consequence":
        told = "; ".join(f"{figure.observable}: {figure_text(figure)}" for figure in (measured.figure, *measured.also))
        return f"{BEGINNINGS[found.claim.kind]}. {told[0].upper()}{told[1:]}."
    claimed = found.presets["claimed"]
    apart = "" if claimed.verdict == measured.verdict else f" With the articles' own figures it {_word(claimed)}."
    return f"{_finding(measured)}.{apart}"


def _finding(judged: Judged) -> str:
    chance = probability_text(judged.probability)
    if judged.verdict != "depends":
        return f"{judged.verdict.capitalize()}, {chance}"
    what = f"Depends, {chance}" + ("" if judged.told else f" (too unsure to tell more after {judged.runs:,} runs)")
    if judged.flip is None:
        return f"{what}; no single number stands out"
    if judged.flip.value is None:
        return f"{what}; no single number flips it, {judged.flip.parameter} explains most ({judged.flip.explains:.0%})"
    place = f"its quantile {judged.flip.value:.2f}" if judged.flips_on_quantile else number(judged.flip.value)
    return f"{what}; {judged.flip.parameter} flips it at {place} (it explains {judged.flip.explains:.0%})"


def _word(judged: Judged) -> str:
    return "is too unsure to tell" if judged.verdict == "depends" and not judged.told else str(judged.verdict)


def as_row(found: Verdicts) -> dict[str, Any]:
    """The row as plain data: what other programs read."""
    claim, flip = found.claim, found.measured.flip
    return {
        "id": claim.id,
        "class": claim.kind,
        "verdict": found.verdict,
        "parameter": flip.parameter if flip else None,
        "flips_at": flip.value if flip else None,
        "scenario": claim.scenario,
        **{preset: _as_data(judged) for preset, judged in found.presets.items()},
        "claim": claim.says,
        "articles": list(claim.articles),
        "sentence": sentence(found),
        "why": claim.why,
        "facts": list(claim.facts),
    }


def as_table(rows: list[Verdicts]) -> dict[str, Any]:
    return {"version": VERSION, "rows": [as_row(found) for found in rows]}


def _as_data(judged: Judged) -> dict[str, Any]:
    return {
        **_figure_data(judged.figure),
        "runs": judged.runs,
        "probability": judged.probability.value,
        "probability_error": judged.probability.error,
        "told": judged.told,
        "verdict": judged.verdict,
        "undefined_draws": judged.undefined,
        "agents": judged.agents,
        "also": [_figure_data(figure) for figure in judged.also],
    }


def _figure_data(figure: Figure) -> dict[str, Any]:
    return {
        "observable": figure.observable,
        "value": figure.estimate.value,
        "se": figure.estimate.error or 0.0,
        "unit": figure.unit,
        "averaged": "as logarithm" if figure.unit == TIMES else "plainly",
    }
