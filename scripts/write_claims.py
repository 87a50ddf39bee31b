#!/usr/bin/env python3
"""Write docs/claims.md: every row played, its verdict, and why it is looked at that way. Takes minutes.

scripts/write_claims.py [--draws N] [--out FILE]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.decide.claims.judge import Judged, Verdicts
from simulator.decide.claims.play import PRESETS
from simulator.decide.claims.row import FEWEST_DRAWS, MOST_DRAWS
from simulator.decide.claims.rows import all_rows
from simulator.decide.claims.team import judge_all
from simulator.decide.claims.telling import figure_text, probability_text, sentence

ROOT = Path(__file__).parent.parent
CLEAR = 2.0  # standard errors by which an input's consequence is told from none

HEAD = f"""\
# What marketing articles claim, tested

Written by `scripts/write_claims.py`; `simulator claims` plays the same rows, `simulator claims --row M5` one of them.
The scenario of row M5 is `scenarios/claims/M5.yaml`, which `simulator run` plays like any other. Claims are those of
five marketing articles, a0 to a4, in our own words.

## How a verdict is made

Each row is played under two calibrations: `claimed` takes the articles' own figures, `measured` the literature's
ranges. The verdict is that under `measured`. A row looks at one figure that is above zero (a factor above 1) where the
articles are right. Its *probability* P is over what nobody knows: parameters are drawn, each draw is played eight times
in eight worlds of simulated people, and the luck of those runs is taken out of what the draws differ by.

- **holds**: the probability of the stated sign is at least 0.9, and its Monte Carlo error is at most a fifth of the
  distance to 0.9. **fails**: the same for the opposite sign.
- **depends**: neither. The number that explains most of the effect is named, with the value at which the sign flips,
  or that it does not flip within the values drawn (by a straight line). A
  probability that is too close to a border after the row's last draw also ends here, and the text says so.
- *definition*, *assumed*, *arithmetic*: rows that no simulation can confirm. What they entail is shown with its error.

A row starts with {FEWEST_DRAWS} draws and gives up after {MOST_DRAWS}, or a limit of its own; half as many under
`claimed`. Figures carry one standard error, in which draws and worlds count, not runs.

Markets are thinned to at most 250,000 agents, so that the whole table takes minutes; the full-size check
`scripts/check_claims_full_size.py` compares rows with markets of one agent per person. Where a row asks for an expected
effect, shocks of single accounts and posts, which have mean one, are left out.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, help="most draws of a row, instead of its own limit")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "claims.md")
    asked = parser.parse_args()
    found = []
    for each in judge_all(all_rows(), most_draws=asked.draws):
        found.append(each)
        print(each.claim.id, sentence(each), flush=True)
    asked.out.write_text("\n".join(document(found)), encoding="utf-8")


def document(found: Sequence[Verdicts]) -> Iterator[str]:
    """The whole document, in lines."""
    yield HEAD
    yield from table(found)
    yield from surprises(found)
    yield from contradictions(found)
    yield "## Row by row\n"
    for each in found:
        yield from one_row(each)


def table(found: Sequence[Verdicts]) -> Iterator[str]:
    yield "## The table\n"
    yield "| row | claim | looked at | claimed | measured | verdict |"
    yield "|---|---|---|---|---|---|"
    for each in found:
        cells = (
            f"[{each.claim.id}](#{each.claim.id.lower()})",
            each.claim.says,
            each.measured.figure.observable,
            *(figure_text(each.presets[preset].figure) for preset in PRESETS),
            f"**{each.verdict}**" if each.claim.kind == "consequence" else each.verdict,
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def surprises(found: Sequence[Verdicts]) -> Iterator[str]:
    """What does not come out as the articles have it."""
    yield "## What does not come out as claimed\n"
    for each in found:
        if each.verdict in {"fails", "depends"}:
            figure = each.measured.figure
            looked_at = f"{figure.observable[0].upper()}{figure.observable[1:]}: {figure_text(figure)}."
            yield f"- **{each.claim.id}** {each.claim.says} {sentence(each)} {looked_at}"
    yield "\nInputs that move no profit that could be told from none:\n"
    for each in found:
        if each.claim.kind == "assumed" and not clear(each.measured):
            figure = each.measured.figure
            yield f"- **{each.claim.id}** {each.claim.says} {figure.observable.capitalize()}: {figure_text(figure)}."
    yield ""


def clear(judged: Judged) -> bool:
    """Whether a figure is told from zero."""
    value, error = judged.figure.estimate.value, judged.figure.estimate.error or 0.0
    return abs(value) > CLEAR * error and value != 0.0


def contradictions(found: Sequence[Verdicts]) -> Iterator[str]:
    """Where the articles contradict themselves, each other, or the benchmarks."""
    yield "## Figures that contradict each other\n"
    for each in found:
        yield from (f"- {fact} ({each.claim.id})" for fact in each.claim.facts)
    yield ""


def one_row(each: Verdicts) -> Iterator[str]:
    """A row with everything that is known about it."""
    claim, measured = each.claim, each.measured
    yield f"### {claim.id}\n"
    yield f"{claim.says} ({', '.join(claim.articles)}; {claim.kind})\n"
    yield f"{sentence(each)}\n"
    if claim.why:
        yield f"*Why this figure.* {claim.why}\n"
    for preset in PRESETS:
        judged = each.presets[preset]
        figures = "; ".join(f"{figure.observable} {figure_text(figure)}" for figure in (judged.figure, *judged.also))
        yield f"- `{preset}`: {figures}. {probability_text(judged.probability)}, {judged.runs:,} runs."
    left_out = f"; {measured.undefined} draws without a value left out" if measured.undefined else ""
    variants = "".join(f"; {name}: `{' '.join(settings)}`" for name, settings in claim.variants.items())
    yield f"- `{claim.scenario}`, {measured.agents:,} agents{left_out}{variants}.\n"


if __name__ == "__main__":
    main()
