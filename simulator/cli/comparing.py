"""The command `compare`: saved results against each other, also those of different scenarios."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from simulator.cli.inputs import json_flag, written_to

if TYPE_CHECKING:
    from simulator.decide.compare import Comparison

UNMET: Final = 4
REQUIRE: Final = "Exit with 4 unless this is shown (see below); repeatable."
CONDITIONS: Final = """\b
A CONDITION is met if the estimate and its 95% interval satisfy it:
  decision                         there is a verdict
  choose(ARM)                      the verdict is to choose this arm
  p_best(ARM) >= 0.9               also profit, roi or any other metric, regret,
                                   profit_var05, profit_cvar05
  p(roi >= 0.2)(ARM) >= 0.8        probability of a target
  p_better(ARM, OTHER) >= 0.9      probability that ARM earns more than OTHER
  profit(ARM) - profit(OTHER) > 0  difference of any metric, run by run
"""


@click.command(epilog=CONDITIONS)
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--target", "targets", multiple=True, metavar="'METRIC >= X'", help="Show its probability; repeatable.")
@click.option("--require", "requirements", multiple=True, metavar="CONDITION", help=REQUIRE)
@click.option("--across-beliefs", is_flag=True, help="Pair scenarios that believe different numbers; no verdict then.")
@json_flag
@written_to("FILE", "Write to FILE, not to stdout.")
def compare(
    runs: tuple[Path, ...],
    *,
    targets: tuple[str, ...],
    requirements: tuple[str, ...],
    across_beliefs: bool,
    as_json: bool,
    out: Path | None,
) -> int:
    """Compare every plan of the results folders RUN..., run by run.

    The folders must have been played on the same people and luck; what keeps them from that is said. Scenarios may
    differ in brand, product, budget, arms and platform.

    Exit codes: 0 done, 2 bad input or not paired, 4 a condition is not met or not shown.
    """
    from simulator.decide.compare import compare as compared

    found = compared(runs, targets=targets, requirements=requirements, across_beliefs=across_beliefs)
    if out is None:
        _print(found, sys.stdout, as_json=as_json)
    else:
        page = io.StringIO()
        _print(found, page, as_json=as_json)
        _write(out, page.getvalue())
    return 0 if found.requirements_met else UNMET


def _print(found: Comparison, where: IO[str], *, as_json: bool) -> None:
    from simulator.cli.answer import plain_console
    from simulator.cli.comparison import print_comparison
    from simulator.cli.saying import json_text

    if as_json:
        click.echo(json_text(found.as_dict()), file=where)
    else:
        print_comparison(found.as_dict(), plain_console(where))


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    from simulator.results.files import explained, replacing

    with explained(path), replacing(path) as beside:
        beside.write_text(text, encoding="utf-8")
    click.echo(f"The comparison is in {path}.", err=True)
