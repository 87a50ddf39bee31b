"""The answer on the terminal, from the summary alone: a table of the plans, then the decision in words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from simulator.results.failures import failures_sentence
from simulator.results.wording import NOTHING, counted, money, number, paid_now, percent, visible, with_error

BLOCKS: Final = " ▁▂▃▄▅▆▇█"
PIPED_WIDTH: Final = 100
LABEL_WIDTH: Final = 27
ARM_WIDTH: Final = 17
Arm = Mapping[str, Any]
Row = tuple[str, Callable[[Arm], str]]


def print_answer(summary: Mapping[str, Any], *, console: Console | None = None) -> None:
    """Print to stdout, as wide as the terminal is; piped, 100 columns without colors."""
    console = console or plain_console()
    summary = visible({**summary, "name": summary["name"].strip()})
    console.print(Text(summary["name"], style="bold"))
    console.print(_setting(summary), style="dim")
    for line in _state(summary):
        console.print(Text(line, style="bold"))
    print_arms(console, summary["arms"], _rows(summary))
    print_words(console, _words(summary))


def plain_console(file: IO[str] | None = None) -> Console:
    """A console as wide as the terminal is; for a pipe or a file 100 columns without colors."""
    shown = file or sys.stdout
    return Console(file=file, width=None if shown.isatty() else PIPED_WIDTH, highlight=False)


def print_arms(console: Console, arms: Sequence[Arm], rows: Sequence[Row]) -> None:
    """A column per arm under its name, as many beside each other as fit."""
    for group in _side_by_side(arms, console.width):
        console.print()
        console.print(_table(group, rows))


def print_words(console: Console, words: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Headings and their lines."""
    for title, lines in words:
        console.print()
        console.print(Text(title, style="bold"))
        for line in lines:
            console.print(Text(line))


def _setting(summary: Mapping[str, Any]) -> str:
    agents = summary.get("agents", summary["population"])  # older folders hold no agents
    thinned = agents < summary["population"]
    people = f"{summary['population']:,} people" + (f" ({agents:,} agents)" if thinned else "")
    return (
        f"{counted(summary['runs'], 'run')} in {counted(summary['worlds'], 'simulated market')} of {people}, "
        f"{summary['days']} + {summary['settle']} days; money in {escape(summary['currency'])}; ± is one standard error"
    )


def _state(summary: Mapping[str, Any]) -> Iterator[str]:
    """Why it ended, if not with all runs asked for, and what failed; older folders say neither."""
    if sentence := summary.get("stopped", {}).get("sentence"):
        yield sentence
    if summary.get("failed", {}).get("count"):
        yield failures_sentence(summary["failed"])


def _side_by_side(arms: Sequence[Arm], width: int) -> Iterator[Sequence[Arm]]:
    """Groups of arms that fit beside each other."""
    room = max(1, (width - LABEL_WIDTH) // ARM_WIDTH)
    for start in range(0, len(arms), room):
        yield arms[start : start + room]


def _table(arms: Sequence[Arm], rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True)
    for arm in arms:
        table.add_column(Text(arm["arm"]), justify="right", overflow="fold")
    for label, cell in rows:
        table.add_row(label, *(Text(cell(arm)) for arm in arms))
    return table


def _rows(summary: Mapping[str, Any]) -> list[Row]:
    """Labels and how each arm's cell reads."""
    shapes = [arm["roi_histogram"] for arm in summary["arms"] if arm["roi_histogram"]]
    span = f"{percent(shapes[0]['low'])} to {percent(shapes[0]['high'])}" if shapes else ""  # all arms share it
    targets = sorted({target for arm in summary["arms"] for target in arm["targets"]})
    return [
        ("Cost", lambda arm: _metric(arm, "cost", number)),
        ("  fee ÷ market price", lambda arm: number(arm["fee_to_market"])),
        ("  left of the budget", lambda arm: _metric(arm, "unspent", number)),
        ("People reached", lambda arm: _metric(arm, "reach", number)),
        ("  overlap of audiences", lambda arm: _metric(arm, "overlap_audience", percent)),
        ("Engagements", lambda arm: _metric(arm, "engagements", number)),
        ("  cost of one", lambda arm: _metric(arm, "cpe", number)),
        ("Orders caused", lambda arm: in_words(arm["metrics"]["incremental_orders"])),
        ("Orders tracked", lambda arm: _metric(arm, "attributed_orders", number)),
        ("Expected profit", lambda arm: in_words(arm["versus_no_campaign"])),
        ("  behind the best", _behind),
        ("  mean of the worst 5%", lambda arm: number(arm["profit_cvar05"])),
        ("ROI  5% of runs below", lambda arm: _metric(arm, "roi", percent, "p05")),
        ("     median", lambda arm: _metric(arm, "roi", percent, "p50")),
        ("     5% of runs above", lambda arm: _metric(arm, "roi", percent, "p95")),
        (f"     {span}", lambda arm: _bars(arm["roi_histogram"])),
        ("Incremental ROAS", lambda arm: _metric(arm, "iroas", number)),
        ("P(ROI > 0)", lambda arm: as_percent(arm["p_roi_above_0"])),
        *((f"P({target})", lambda arm, target=target: as_percent(arm["targets"][target])) for target in targets),
        ("P(best choice)", lambda arm: as_percent(arm["p_best"])),
    ]


def _metric(arm: Arm, name: str, wording: Callable[[float | None], str], figure: str = "value") -> str:
    return wording(arm["metrics"][name][figure])


def in_words(estimate: Mapping[str, Any] | None) -> str:
    """An estimate with its error; a dash for none."""
    return NOTHING if estimate is None else with_error(estimate["value"], estimate["error"])


def as_percent(estimate: Mapping[str, Any] | None) -> str:
    """A share with its error in points; a dash for none."""
    return NOTHING if estimate is None else percent(estimate["value"], estimate["error"])


def _behind(arm: Arm) -> str:
    return "best" if arm["versus_best"]["arm"] == arm["arm"] else in_words(arm["versus_best"])


def _bars(histogram: Mapping[str, Any] | None) -> str:
    """Runs per bin as blocks; any run at all shows."""
    if histogram is None:
        return NOTHING
    most = max(histogram["runs"])
    return "".join(BLOCKS[-(-runs * (len(BLOCKS) - 1) // most)] for runs in histogram["runs"])


def _words(summary: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Headings and their lines."""
    verdict = summary["verdict"]
    fees = [_walk_away(arm, fee, summary["currency"]) for arm in summary["arms"] for fee in arm["walk_away"]]
    if fees:
        yield "Walk away above", fees
    yield "Verdict", [verdict["sentence"], *verdict.get("better", ()), *_equal(verdict, summary["currency"])]
    if verdict["conditional_on"]:
        yield "Conditional on", [verdict["conditional_on"]]
    if (summary.get("variance") or {}).get("spreads"):
        yield "What the spread is made of (standard deviations over runs)", list(_spreads(summary))
    if summary.get("mechanisms"):  # older folders hold none
        yield "Mechanisms (their numbers: simulator explain)", [_mechanism(each) for each in summary["mechanisms"]]
    if summary["notes"]:
        yield "Mind", [f"- {note}" for note in summary["notes"]]
    yield "Next", [verdict["next_command"]]


def _walk_away(arm: Arm, fee: Mapping[str, Any], currency: str) -> str:
    place = f"{arm['arm']}, {fee['hire']}"
    if fee["reason"]:
        return f"{place}: {fee['reason']}"
    return f"{place}: {money(fee['fee'], currency, fee['error'])} per creator; now {paid_now(fee, currency)}"


def _equal(verdict: Mapping[str, Any], currency: str) -> Iterator[str]:
    """What the decision takes for equal, where it does; older folders know no such thing."""
    if zone := verdict.get("indifference"):
        yield f"Differences of profit below {money(zone, currency)} count as equal (indifference)."


def _spreads(summary: Mapping[str, Any]) -> Iterator[str]:
    """The parts of each campaign's profit and of the best one's lead over the next; the remedy for what is missing."""
    found = [spread for spread in summary["variance"]["spreads"] if spread["metric"] == "profit"]
    leads = [spread for spread in found if spread["less"]]
    for spread in [*(spread for spread in found if not spread["less"]), *leads[:1]]:
        what = f"profit of {spread['arm']}" + (f" less that of {spread['less']}" if spread["less"] else "")
        parts = (f"{name} {_part(part)}" for name, part in spread["parts"].items())
        yield f"{what}: {money(spread['sd'], summary['currency'])}, of its variance {', '.join(parts)}"
    if remedy := summary["variance"]["remedy"]:
        yield remedy


def _part(part: Mapping[str, Any]) -> str:
    """A share of the variance; below zero is chance."""
    return percent(min(max(part["share"], 0.0), 1.0), part["share_error"])


def _mechanism(mechanism: Mapping[str, Any]) -> str:
    """How much of it is assumed; the numbers themselves would hide the decision."""
    grades = [each["grade"] for each in mechanism["numbers"]]
    assumed = grades.count("assumed")
    if not grades:
        return f"{mechanism['name']}: no numbers"
    known = counted(len(grades), "number")
    if len(grades) == 1:
        return f"{mechanism['name']}: {known}, {grades[0]}"
    share = "all" if assumed == len(grades) else assumed or "none"
    return f"{mechanism['name']}: {known}, {share} of them assumed"
