#!/usr/bin/env python3
"""Read thousands of damaged scenarios: each must end in an answer or in problems, within 2 s, and write nothing.

    scripts/fuzz.py [--cases N] [--seed N] [--seconds N] [--engine hypothesis|atheris] [--write PAGE.md]

Cases are made from every shipped scenario: parts replaced by extremes, moved, repeated, renamed or lost;
bytes damaged, encodings changed; settings laid over them; tables beside them damaged too. Each is read in this process
as `validate` and `explain --json` do; each 200th also by the real command. The same seed makes the same cases.

`--engine atheris` lets coverage choose the bytes instead; it needs `pip install atheris`. Exit code 1 if a case fails;
its smallest form is kept, and its path printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]


def main() -> int:
    """Run the engine that is asked for, in an empty folder of its own."""
    options = _options()
    options.write = options.write and options.write.resolve()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    os.chdir(folder)
    if options.engine == "atheris":
        from fuzzing.coverage_guided import fuzz

        return fuzz(folder, cases=options.cases, seed=options.seed, seconds=options.seconds)
    from fuzzing.campaign import Campaign

    campaign = Campaign(folder, say=lambda text: print(text, file=sys.stderr, flush=True), seed=options.seed)
    campaign.run(cases=options.cases, seconds=options.seconds)
    print(campaign.summary())
    if options.write:
        campaign.write(options.write)
    return 1 if campaign.faults else 0


def _options() -> argparse.Namespace:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000, metavar="N", help="how many  [default: 20000]")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, other cases  [default: 1]")
    parser.add_argument("--seconds", type=float, default=0.0, metavar="N", help="stop after so long  [default: never]")
    parser.add_argument("--engine", choices=("hypothesis", "atheris"), default="hypothesis")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the figures between the markers of a page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
