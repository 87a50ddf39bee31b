#!/usr/bin/env python3
"""Look for patterns in the streams of words that the model draws: TestU01's SmallCrush and Crush, or Dieharder.

    scripts/check_dice.py                                  SmallCrush on every stream: some minutes
    scripts/check_dice.py --battery crush --stream runs    an hour or so
    scripts/check_dice.py --battery dieharder-short        where TestU01 is not to be had: two minutes a stream
    scripts/check_dice.py --battery dieharder              all of Dieharder: an hour or so a stream
    scripts/check_dice.py --list                           the streams
    scripts/check_dice.py --words runs | PROGRAM           a stream's words, 32 bits each, for any other battery

Prints a table for docs/statistics.md. Exit code 1 if a stream failed, 4 if the battery is not installed. A p-value
outside 0.0001 to 0.9999 is suspicious: among thousands of them a few are due, so look whether it comes again with
`--reversed-bits` and in other streams. One below 1e-10 is a failure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from dice_testing.batteries import BATTERIES, HOW_TO_GET, MOST_WORDS, Statistic, Verdict, judge, obstacle
from dice_testing.streams import STREAMS, Source

NOT_INSTALLED = 4


def main() -> int:
    asked = _arguments()
    if asked.list:
        print("\n".join(f"{name:20} {stream.title}" for name, stream in STREAMS.items()))
        return 0
    if asked.words:
        return _pour(asked.words, reversed_bits=asked.reversed_bits)
    if asked.show:
        print(table(read(asked.show)))
        return 0
    if why := obstacle(asked.battery):
        print(f"\n*** {asked.battery.upper()} IS NOT INSTALLED: nothing was tested ***", file=sys.stderr)
        print(f"*** {HOW_TO_GET[asked.battery]} ***\n\n{why}", file=sys.stderr)
        return NOT_INSTALLED
    verdicts = []
    for name in asked.stream or STREAMS:
        title = f"{name}, bits reversed" if asked.reversed_bits else name
        print(f"{asked.battery}: {title}", file=sys.stderr)
        source = Source(STREAMS[name], reversed_bits=asked.reversed_bits)
        verdicts.append(judge(title, source, asked.battery))
        if asked.out:
            keep(verdicts[-1], asked.out)
    print(table(verdicts))
    return int(any(verdict.word == "failed" for verdict in verdicts))


def table(verdicts: Iterable[Verdict]) -> str:
    """The table in Markdown: a row per stream and battery."""
    lines = [
        "| stream | battery | words | statistics | suspicious p-values | verdict |",
        "|---|---|---|---|---|---|",
    ]
    for verdict in verdicts:
        doubts = ", ".join(f"{doubt.name}: {doubt.p:.3g}" for doubt in verdict.suspicious) or "none"
        words = f"{verdict.words / 1e9:.1f} billion"
        row = (verdict.stream, verdict.battery, words, str(len(verdict.statistics)), doubts, verdict.word)
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def keep(verdict: Verdict, path: Path) -> None:
    """Add a verdict to a file of them, one a line."""
    with path.open("a") as file:
        file.write(json.dumps(asdict(verdict)) + "\n")


def read(path: Path) -> list[Verdict]:
    """The verdicts of a file."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [Verdict(**row | {"statistics": tuple(Statistic(**each) for each in row["statistics"])}) for row in rows]


def _pour(name: str, *, reversed_bits: bool) -> int:
    """Write a stream's words until nobody reads them."""
    source = Source(STREAMS[name], reversed_bits=reversed_bits)
    try:
        while True:
            sys.stdout.buffer.write(memoryview(source.words(MOST_WORDS)).cast("B"))
    except BrokenPipeError:
        sys.stderr.close()  # Python would complain of the pipe once more
        return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--battery", choices=BATTERIES, default="smallcrush")
    parser.add_argument("--stream", choices=STREAMS, action="append", help="may be given several times; all by default")
    parser.add_argument("--reversed-bits", action="store_true", help="each word's last bit first")
    parser.add_argument("--out", type=Path, help="add the p-values to this file as they come")
    parser.add_argument("--show", type=Path, help="print the table of such a file, and test nothing")
    parser.add_argument("--list", action="store_true", help="list the streams")
    parser.add_argument("--words", choices=STREAMS, metavar="STREAM", help="write its words to standard output")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
