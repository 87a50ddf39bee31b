"""What a report leaves beside it, if asked: its figures as pictures, and its data as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from simulator.report.figure import Figure
from simulator.report.reading import Reading
from simulator.results.files import explained, replacing

FORMATS: Final = ("png", "svg")


def write_page(path: Path, text: str) -> None:
    """The page, whole or not at all. Raises ResultsError with the remedy."""
    with explained(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text.encode())


def write_figures(folder: Path, figures: Sequence[Figure], formats: Sequence[str]) -> list[Path]:
    """Every figure as NAME.png and NAME.svg, by the formats asked for. Raises ResultsError with the remedy."""
    from simulator.report import drawing

    drawn: Mapping[str, Callable[[Figure], bytes]] = {
        "png": drawing.png,
        "svg": lambda figure: drawing.svg(figure).encode(),
    }
    written = []
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for figure in figures:
            for form in formats:
                path = folder / f"{figure.name}.{form}"
                _write(path, drawn[form](figure))
                written.append(path)
    return written


def write_data(folder: Path, reading: Reading, figures: Sequence[Figure]) -> list[Path]:
    """The run's tables as CSV, and what each figure is drawn from. Raises ResultsError with the remedy."""
    tables = {"runs": reading.runs, "influencers": reading.influencers, "daily": reading.daily}
    tables |= {f"figure-{figure.name}": figure.data for figure in figures}
    written = []
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            if table is not None:
                path = folder / f"{name}.csv"
                _write(path, table.to_csv(index=False, lineterminator="\n").encode())
                written.append(path)
    return written


def _write(path: Path, content: bytes) -> None:
    with replacing(path) as beside:
        beside.write_bytes(content)
