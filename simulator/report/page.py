"""The report: one HTML file that holds everything it shows, and asks nobody for anything.

Whatever comes from a scenario or a table is text, never markup. The page forbids its browser to load anything, and to
run any script but its own.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simulator import __version__
from simulator.errors import ResultsError
from simulator.report.answer import Answer, answer
from simulator.report.assumptions import Assumptions, assumptions
from simulator.report.deciding import deciding
from simulator.report.decision import Row, decision_rows, heads
from simulator.report.figure import Figure
from simulator.report.glossary import metric_terms, terms
from simulator.report.picture import Picture, picture
from simulator.report.provenance import data_files, facts, repeat_command
from simulator.report.reading import Reading
from simulator.report.target_reader import Reader, target_readers
from simulator.report.unknowns import unknowns
from simulator.results.metrics import metrics_of
from simulator.results.wording import visible


@dataclass(frozen=True)
class Section:
    """One run as the template shows it."""

    anchor: str
    summary: Mapping[str, Any]
    answer: Answer
    heads: list[tuple[str, bool]]
    rows: list[Row]
    pictures: list[Picture]
    readers: list[Reader]
    assumptions: Assumptions
    facts: list[tuple[str, str]]
    command: str
    files: list[str]

    @property
    def name(self) -> str:
        return str(self.summary["name"]).strip() or "Untitled"


def check_version(reading: Reading) -> None:
    """Raise ResultsError for a folder whose tables lack what this version of the simulator writes."""
    lacking = [metric.name for metric in metrics_of("runs") if metric.name not in reading.runs]
    if lacking or not {"design", "replicates", "worlds"} <= reading.manifest["scenario"].keys():
        what = lacking[0] if lacking else "the design of its runs"
        raise ResultsError(f"{reading.folder}: lacks {what}: another version of the simulator wrote it; run it again")


def page(
    readings: Sequence[Reading], figures: Sequence[Sequence[Figure]], draw: Callable[[Figure], Picture] = picture
) -> str:
    """The HTML of a report on some runs, each with its figures; `draw` may know drawings that were begun before."""
    sections = [
        _section(f"run{place}", reading, own, draw)
        for place, (reading, own) in enumerate(zip(readings, figures, strict=True), 1)
    ]
    script = _text("page.js")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            sections=sections,
            terms=terms(),
            metrics=metric_terms(),
            unknowns=unknowns(),
            version=__version__,
            style=_text("page.css"),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


def _section(anchor: str, reading: Reading, figures: Sequence[Figure], draw: Callable[[Figure], Picture]) -> Section:
    summary = reading.summary
    return Section(
        anchor,
        summary,
        answer(summary, deciding(reading, figures)),
        heads(summary),
        decision_rows(summary),
        [draw(figure) for figure in figures],
        target_readers(reading),
        assumptions(reading),
        facts(reading),
        repeat_command(reading.manifest),
        data_files(reading),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("simulator.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _harmless(value: object) -> object:
    """Text whose control characters are written out: no name turns the reading direction of a page."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _text(name: str) -> str:
    """A template file that is taken as it is."""
    return files("simulator.report").joinpath("templates", name).read_text(encoding="utf-8")
