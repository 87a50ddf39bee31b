"""What was measured, beside its goal: as a table on the terminal and as Markdown between two markers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

PLACE = re.compile(r"(<!-- benchmark: begin -->\n)(.*?)(<!-- benchmark: end -->)", re.DOTALL)
HEAD = ("", "measured", "goal", "met")
RATIOS = {  # of a peer's time to ours, on W-simple
    "mesa-frames, its own interface": 150.0,
    "Mesa, only touched agents": 100.0,
    "Mesa, all agents step": 1000.0,
}
BESIDE = {"w_ms": "w", "w_simple_ms": "w_simple", "c_floor_ms": "c_floor", "small_run_overhead_ms": "small_run"}


class Goal(NamedTuple):
    """A figure of the contract; without a limit it is reported only."""

    key: str
    label: str
    unit: str = ""
    limit: float | None = None
    at_least: bool = False


GOALS = (
    Goal("w_ms", "W, one arm, one run on one core", "ms", 60.0),
    Goal("w_simple_ms", "W-simple, the same", "ms", 12.0),
    Goal("c_floor_ms", "W-simple in C, compiled for this processor", "ms"),
    Goal("thread_speedup", "W by two threads against one", "×", 1.8, at_least=True),
    Goal("slope", "slope of cost against followers, in logarithms", "", 1.05),
    Goal("bytes_per_follower_thread", "memory per follower and thread beyond the world", "bytes", 32.0),
    Goal("mesa_us_per_encounter", "Mesa form, per encounter", "µs", 100.0),
    Goal("world_s_per_million", "building a world, per million people", "s", 4.0),
    Goal("small_run_overhead_ms", "a run with almost nothing in it", "ms", 2.0),
    Goal("help_s", "`simulator --help`", "s", 0.15),
    Goal("cached_start_s", "`simulator run scenarios/quick.yaml`, compiled code cached", "s", 3.0),
    Goal("engines_equal", "both engines give the same outcomes", "", 1.0, at_least=True),
    Goal("encounters", "encounters in run 1 of W"),
    Goal("engagements", "engagements, word of mouth included"),
    Goal("orders", "orders, baseline included"),
)


def rows(result: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Label, measured, goal, and whether it is met, of each figure and peer."""
    details = result["details"]
    table = [_row(goal, result[goal.key], cpu_time(goal.key, details)) for goal in GOALS]
    if details.get("ratio_to_c_floor"):
        table.append(_row(Goal("", "W-simple against C", "×"), details["ratio_to_c_floor"]))
    for peer in details.get("peers", ()):
        exact = peer["scaled_cpu_ms"] == peer["cpu_ms"]
        size = "" if exact else f", scaled up from {peer['followers']:,} followers"
        label = f"{peer['name']}: CPU {shown(peer['scaled_cpu_ms'])} ms{size}, against ours"
        table.append(_row(Goal("", label, "×", RATIOS.get(peer["name"]), at_least=True), peer["ratio"]))
    return table


def cpu_time(key: str, details: Mapping[str, Any]) -> float | None:
    """CPU time of what ran on one core, where it was taken: it decides whether a goal is met, whoever else is busy."""
    if key == "world_s_per_million" and "worlds" in details:
        return max(float(world["cpu_s_per_million"]) for world in details["worlds"].values())
    timing = details.get(BESIDE.get(key, ""))
    return float(timing["cpu_ms"]) if timing else None


def shown(value: Any) -> str:
    """A figure with three digits that count."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:#.3g}".rstrip(".")


def show(result: dict[str, Any], console: Console) -> None:
    """Print the table, the machine and the notes."""
    table = Table(*HEAD, title=described(result["machine"]), title_justify="left")
    for row in rows(result):
        table.add_row(*row)
    console.print(table)
    for note in result["notes"]:
        console.print(f"note: {note}", markup=False)


def write(result: dict[str, Any], page: Path) -> None:
    """Put the table between the markers of a Markdown page."""
    lines = [described(result["machine"]), "", *_markdown(HEAD, rows(result))]
    sizes = result["details"].get("sizes", ())
    if sizes:
        size_rows = [
            (f"{row['followers']:,}", f"{row['encounters']:,}", shown(row["cpu_ms"]), shown(row["wall_ms"]))
            for row in sizes
        ]
        lines += ["", *_markdown(("followers", "encounters", "CPU ms per run", "wall ms per run"), size_rows)]
    lines += ["", *(f"- {note}" for note in result["notes"])] if result["notes"] else []
    block = "\n".join(lines)
    text, places = PLACE.subn(lambda place: f"{place[1]}\n{block}\n\n{place[3]}", page.read_text())
    assert places == 1, f"{page} needs one pair of markers: <!-- benchmark: begin --> and <!-- benchmark: end -->"
    page.write_text(text)


def described(machine: dict[str, Any]) -> str:
    """The machine in one line."""
    versions = ", ".join(
        f"{name} {machine[name]}"
        for name in ("python", "numba", "numpy", "mesa", "mesa-frames", "polars")
        if machine.get(name)
    )
    processor = f"{machine['processor']}, {machine['cores']} cores, load {machine['load_average']:.1f}"
    return f"{processor}; {versions}; {machine['date']}"


def _row(goal: Goal, value: Any, cpu: float | None = None) -> tuple[str, str, str, str]:
    unit = f" {goal.unit}" if goal.unit and value is not None else ""
    measured = shown(value) + unit + ("" if cpu is None else f" (CPU {shown(cpu)})")
    if goal.limit is None:
        return goal.label, measured, "", ""
    if isinstance(value, bool):
        return goal.label, measured, "yes", shown(value)
    sign = "≥" if goal.at_least else "≤"
    wanted = f"{sign} {goal.limit:,g}{f' {goal.unit}' if goal.unit else ''}"
    if value is None:
        return goal.label, measured, wanted, ""
    judged = value if cpu is None else cpu
    met = judged >= goal.limit if goal.at_least else judged <= goal.limit
    return goal.label, measured, wanted, shown(bool(met))


def _markdown(head: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in (head, *body)) for column in range(len(head))]

    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)) + " |"

    return [line(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *(line(row) for row in body)]
