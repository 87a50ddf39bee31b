"""The command `claims`: what marketing articles say, put to the test."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.decide.claims.judge import Verdicts
    from simulator.decide.claims.row import Claim


@click.command()
@click.option("--row", "ids", multiple=True, metavar="ID", help="Only this row, such as M31; repeatable.")
@click.option("--draws", type=click.IntRange(2), metavar="N", help="Most parameter draws of a row, instead of its own.")
@click.option("--executor", default="local", metavar="WHERE", help="local, local:N (N rows at a time) or serial.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def claims(*, ids: tuple[str, ...], draws: int | None, executor: str, as_json: bool) -> None:
    """Play what marketing articles claim, under their own figures and under measured ones, and say what holds."""
    from simulator.cli.runs import warm_up_once
    from simulator.decide.claims.team import judge_all
    from simulator.decide.claims.telling import as_table
    from simulator.experiment.executors import threads_of

    threads_of(executor)
    rows = _asked(ids)
    with _progress(len(rows)) as report:
        judged = judge_all(rows, executor=executor, most_draws=draws, before=warm_up_once)
        found = [report(each) for each in judged]
    click.echo(json.dumps(as_table(found), indent=2, ensure_ascii=False) if as_json else _printed(found))


def _asked(ids: Sequence[str]) -> list[Claim]:
    """The rows of these ids, or all; an unknown one is an input problem with a suggestion."""
    from simulator.decide.claims.rows import all_rows
    from simulator.errors import InputProblems, Problem
    from simulator.scenario.problems import did_you_mean

    known = {row.id: row for row in all_rows()}
    unknown = [name for name in ids if name.upper() not in known]
    if unknown:
        raise InputProblems(
            [Problem("--row", f"{name[:80]!r} is no row", did_you_mean(name, known)) for name in unknown]
        )
    return [row for row in known.values() if not ids or row.id in {name.upper() for name in ids}]


def _printed(found: Sequence[Verdicts]) -> str:
    from simulator.cli.fitting import PIPED, plain_table, printed
    from simulator.decide.claims.telling import figure_text, sentence

    table = plain_table(("row", "class", "verdict", "claimed", "measured", "claim, observable, finding"), ())
    for each in found:
        figures = [figure_text(each.presets[preset].figure) for preset in ("claimed", "measured")]
        told = f"{each.claim.says}\n{each.measured.figure.observable}\n{sentence(each)}"
        table.add_row(each.claim.id, each.claim.kind, each.verdict, *figures, told)
        table.add_row()
    for column, width in zip(table.columns, (4, 11, 10, 15, 15, None), strict=True):
        column.width = width
    return printed(table, least=PIPED)


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[Any], Any]]:
    """What to call with each judged row; shows a bar on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda judged: judged
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("rows"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=rows)

        def report(judged: Any) -> Any:
            bar.advance(task)
            return judged

        yield report
