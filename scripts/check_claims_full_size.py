#!/usr/bin/env python3
"""Check that rows come out the same in markets of one agent per person. Run by hand; it prints what each row takes.

    scripts/check_claims_full_size.py [ROW ...] [--draws 150] [--preset measured]

Both sizes have the same drawn numbers, but other people. The table shows each figure in both, their difference in
standard errors, and both probabilities.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator

from simulator.decide.claims.judge import Figure, Judged, judged
from simulator.decide.claims.play import PRESETS, Stage
from simulator.decide.claims.row import Claim
from simulator.decide.claims.rows import all_rows
from simulator.decide.claims.telling import figure_text, probability_text

DEFAULT = ("M5", "M26", "M50")
FULL = ("population.people_per_agent=1",)
TOO_FAR = 4.0  # standard errors that chance does not give


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", default=DEFAULT)
    parser.add_argument("--draws", type=int, default=150)
    parser.add_argument("--preset", choices=PRESETS, default="measured")
    asked = parser.parse_args()
    known = {row.id: row for row in all_rows()}
    worst = 0.0
    for name in asked.rows:
        for distance, line in compared(known[name], asked.preset, asked.draws):
            worst = max(worst, distance)
            print(line, flush=True)
    told = "a verdict or a figure changed" if worst > TOO_FAR else "the same verdicts, and figures as chance gives"
    print(f"\nLargest difference: {worst:.2f} standard errors; {told}")
    return int(worst > TOO_FAR)


def compared(row: Claim, preset: str, draws: int) -> Iterator[tuple[float, str]]:
    """Every figure of a row in both sizes: how far they are apart, and a line that says so; verdicts infinitely."""
    thinned = judged(row, Stage(), preset, draws)
    started = time.monotonic()
    full = judged(row, Stage(more=FULL), preset, draws)
    seconds = time.monotonic() - started
    yield 0.0, f"\n{row.id}: {thinned.agents:,} and {full.agents:,} agents, {seconds:.0f} s. {row.says}"
    chances = f"{probability_text(thinned.probability)} and {probability_text(full.probability)}"
    yield (0.0 if thinned.verdict == full.verdict else math.inf), f"  {chances}; {verdicts(thinned, full)}"
    for one, other in zip((thinned.figure, *thinned.also), (full.figure, *full.also), strict=True):
        distance = apart(one, other)
        yield distance, f"  {one.observable}: {figure_text(one)} and {figure_text(other)}, {distance:.2f} apart"


def verdicts(thinned: Judged, full: Judged) -> str:
    return thinned.verdict if thinned.verdict == full.verdict else f"{thinned.verdict} and {full.verdict}"


def apart(one: Figure, other: Figure) -> float:
    """Standard errors between two figures."""
    error = math.hypot(one.estimate.error or 0.0, other.estimate.error or 0.0)
    return abs(one.estimate.value - other.estimate.value) / error if error > 0.0 else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
