"""The command `report`: the answer of finished runs as one page that people pass around."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.inputs import written_to

if TYPE_CHECKING:
    from simulator.report.figure import Figure
    from simulator.report.reading import Reading

PAGE = "report.html"
FIGURES = ("png", "svg")
DATA = ("csv",)
LARGEST = 3_000_000  # bytes that a page should not exceed


class Formats(click.ParamType[tuple[str, ...]]):
    """Some of the formats that there are, between commas."""

    name = "formats"

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Each format once, in the order of those known."""
        asked = {word.strip() for word in value.split(",")} - {""} if isinstance(value, str) else set(value)
        if unknown := sorted(asked - set(self.known)):
            self.fail(f"{unknown[0]!r} is none of {', '.join(self.known)}", param, ctx)
        return tuple(form for form in self.known if form in asked)


@click.command()
@click.argument("folders", metavar="RUN...", type=click.Path(path_type=Path), nargs=-1, required=True)
@written_to("FILE", f"The page.  [default: RUN/{PAGE}]")
@click.option(
    "--figures", type=Formats(FIGURES), default="", metavar="png,svg", help="Write each figure as a file too."
)
@click.option("--data", type=Formats(DATA), default="", metavar="csv", help="Write the tables as CSV too.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def report(
    folders: tuple[Path, ...], *, out: Path | None, figures: tuple[str, ...], data: tuple[str, ...], as_json: bool
) -> None:
    """Write the answer of each results folder RUN as one HTML page.

    The page holds the decision and how sure it is, figures, assumptions, health checks, and where it all comes from.
    It loads nothing: send it, print it, open it from disk. Figures and data go to the folders figures/ and data/
    beside it.
    """
    from simulator.report.ahead import drawing_ahead
    from simulator.report.files import write_page
    from simulator.report.page import check_version, page
    from simulator.report.reading import read
    from simulator.results.wording import visible

    file = _place(folders, out)
    with drawing_ahead() as ahead:
        from simulator.report.figures import each_figure  # loads slowly, while the engine of drawings starts

        readings = [read(folder) for folder in folders]
        for reading in readings:
            check_version(reading)
        drawn = [list(ahead.begin(each_figure(reading))) for reading in readings]
        text = page(readings, drawn, ahead)
    write_page(file, text)
    beside = _write_beside(file, readings, drawn, figures, data)
    if as_json:
        runs = [_told(reading, each) for reading, each in zip(readings, drawn, strict=True)]
        told = {
            "version": 1,
            "file": str(file),
            "bytes": len(text.encode()),
            "figures": runs[0]["figures"],
            "sentence": runs[0]["sentence"],
            "runs": runs,
            "files": list(map(str, beside)),
        }
        print(json.dumps(visible(told), indent=2, ensure_ascii=False))
        return
    for reading in readings:
        print(visible(f"{reading.summary['name'].strip()}: {reading.summary['verdict']['sentence']}"))
    if len(text) > LARGEST:
        print(
            f"The page is larger than {LARGEST / 1e6:g} MB; fewer runs in one report make it lighter.", file=sys.stderr
        )
    more = f" and {len(beside)} files beside it" if beside else ""
    print(visible(f"The report is {file}{more}."), file=sys.stderr)


def _place(folders: Sequence[Path], output: Path | None) -> Path:
    """Where the page goes: several runs need a place of their own."""
    if output is not None:
        return output / PAGE if output.is_dir() else output
    if len(folders) > 1:
        raise click.UsageError(f"a report on several runs needs a place: give -o FILE, such as -o {PAGE}")
    return folders[0] / PAGE


def _told(reading: Reading, figures: Sequence[Figure]) -> dict[str, Any]:
    return {
        "folder": str(reading.folder),
        "name": reading.summary["name"],
        "sentence": reading.summary["verdict"]["sentence"],
        "figures": [figure.name for figure in figures],
    }


def _write_beside(
    file: Path,
    readings: Sequence[Reading],
    figures: Sequence[Sequence[Figure]],
    formats: tuple[str, ...],
    data: tuple[str, ...],
) -> list[Path]:
    """Pictures and tables asked for, in folders beside the page; of several runs, each in a folder of its own."""
    from simulator.report.files import write_data, write_figures

    written: list[Path] = []
    for place, (reading, drawn) in enumerate(zip(readings, figures, strict=True), 1):
        own = f"run{place}" if len(readings) > 1 else ""
        if formats:
            written += write_figures(file.parent / "figures" / own, drawn, formats)
        if data:
            written += write_data(file.parent / "data" / own, reading, drawn)
    return written
