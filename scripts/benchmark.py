#!/usr/bin/env python3
"""Measure how fast the simulator is, always beside something: a goal, a floor in C, other tools, one thread.

    scripts/benchmark.py [--quick] [--json] [--write PAGE.md] [--figure FILE.svg] [--from FILE.json]

It measures the tree it stands in. Peers take part where they are installed; Mesa and NumPy always are. For mesa-frames
(which asks for an older NumPy than it needs):

    pip install polars && pip install --no-deps mesa-frames==0.1.0a0

The machine may be shared: figures are medians, rivals take turns, and only ratios within one run mean much.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]


def main() -> int:
    """Measure, or read what was measured; then print, write and draw. Exit code 1 if the engines differ."""
    options = _options()
    result = json.loads(options.read.read_text()) if options.read else _measure(quick=options.quick)
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        from benchmarking.report import show
        from rich.console import Console

        show(result, Console())
    if options.write:
        from benchmarking.report import write

        write(result, options.write)
    if options.figure:
        _draw(result, options.figure)
    return 1 if result["engines_equal"] is False else 0


def _options() -> argparse.Namespace:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--quick", action="store_true", help="within 50 s on two cores: fewer, smaller, nothing compiled anew"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object with everything measured")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="put the table between the markers of a Markdown page"
    )
    parser.add_argument("--figure", type=Path, metavar="FILE", help="draw cost against size (needs altair, vl-convert)")
    parser.add_argument(
        "--from", dest="read", type=Path, metavar="FILE", help="what --json printed, instead of measuring"
    )
    return parser.parse_args()


def _measure(*, quick: bool) -> dict[str, Any]:
    from benchmarking.effort import FULL, QUICK
    from benchmarking.suite import measure

    return measure(QUICK if quick else FULL, say=lambda what: print(f"measuring: {what}", file=sys.stderr))


def _draw(result: dict[str, Any], path: Path) -> None:
    from benchmarking.clock import Unmeasured
    from benchmarking.figure import draw

    try:
        draw(result, path)
    except Unmeasured as reason:
        print(reason, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
