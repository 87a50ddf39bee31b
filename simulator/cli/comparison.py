"""A comparison on the terminal: what differs, the decision table, the pairs, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from simulator.cli.answer import Row, as_percent, in_words, print_arms, print_words
from simulator.results.wording import NOTHING, money, number, visible

FINDINGS: Final = {
    "dominates": "{} dominates", "may dominate": "{} may", "neither": "neither", "untold": "untold", "equal": "equal",
}  # fmt: skip
LEGEND: Final = (
    "Dominance of order 1: whoever prefers more money prefers it; of order 2: whoever also dislikes risk. Dominates: "
    "shown over the middle 90% of profits. May: surely ahead somewhere, and nowhere surely behind."
)
Content = Mapping[str, Any]


def print_comparison(content: Content, console: Console) -> None:
    """Print all of it but the figures of other metrics than profit, which `--json` has."""
    content = visible(dict(content))
    console.print(Text(" and ".join(dict.fromkeys(folder["name"] for folder in content["folders"])), style="bold"))
    console.print(_setting(content), style="dim")
    if content["differs"]:
        print_words(console, [("Differs", list(_differs(content)))])
    print_arms(console, content["arms"], _rows(content))
    console.print()
    console.print(
        Text(f"Profit of the first less that of the second, run by run ({content['currency']})", style="bold")
    )
    console.print(_pairs(content))
    console.print(Text(LEGEND), style="dim")
    print_words(console, _words(content))


def _setting(content: Content) -> str:
    markets = "market" if content["worlds"] == 1 else "markets"
    whose = "runs" if len(content["folders"]) == 1 else f"runs that all {len(content['folders'])} results have,"
    return (
        f"{content['runs']:,} {whose} in {content['worlds']} simulated {markets} of {content['population']:,} people; "
        f"money in {escape(content['currency'])}; ± is one standard error"
    )


def _differs(content: Content) -> Iterator[str]:
    labels = [folder["label"] for folder in content["folders"]]
    for each in content["differs"]:
        told = ", ".join(f"{value} in {label}" for value, label in zip(each["values"], labels, strict=True))
        yield f"{each['path']}: {told}{' (a belief)' if each['kind'] == 'belief' else ''}"


def _rows(content: Content) -> list[Row]:
    """Labels and how each choice's cell reads."""
    targets = list(dict.fromkeys(target for arm in content["arms"] for target in arm["targets"]))
    return [
        ("Cost", lambda arm: in_words(arm["cost"])),
        ("Orders caused", lambda arm: in_words(arm["incremental_orders"])),
        ("Expected profit", lambda arm: in_words(arm["profit"])),
        ("  95% interval", lambda arm: _interval(arm["profit"])),
        ("  5% of runs below", lambda arm: in_words(arm["profit_var05"])),
        ("  mean of the worst 5%", lambda arm: in_words(arm["profit_cvar05"])),
        ("ROI", lambda arm: as_percent(arm["roi"])),
        *((f"P({target})", lambda arm, target=target: as_percent(arm["targets"][target])) for target in targets),
        ("P(best choice)", lambda arm: as_percent(arm["p_best"])),
        ("Expected regret", lambda arm: in_words(arm["regret"])),
    ]


def _interval(estimate: Content) -> str:
    if estimate["low"] is None or estimate["high"] is None:
        return NOTHING
    return f"{number(estimate['low'], estimate['error'])} to {number(estimate['high'], estimate['error'])}"


def _pairs(content: Content) -> Table:
    """One row per two choices. How many times the runs independent dice would need stands under `dice save`."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", overflow="fold")
    for heading in ("difference", "95% interval", "P(first more)", "dice save"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("order 1", "order 2"):
        table.add_column(heading, overflow="fold")
    orders = {(each["arm"], each["other"], each["order"]): each for each in content["dominance"]}
    for pair in content["pairs"]:
        if pair["metric"] == "profit":
            two = pair["arm"], pair["other"]
            table.add_row(Text(f"{two[0]} − {two[1]}"), *_figures(pair), *(_finding(orders[*two, n]) for n in (1, 2)))
    return table


def _figures(pair: Content) -> tuple[str, ...]:
    saved = pair["variance_reduction"]
    times = NOTHING if saved is None else f"{number(saved['value'])} x"
    return in_words(pair["difference"]), _interval(pair["difference"]), as_percent(pair["p_better"]), times


def _finding(found: Content) -> Text:
    return Text(FINDINGS[found["finding"]].format("first" if found["ahead"] == found["arm"] else "second"))


def _words(content: Content) -> Iterator[tuple[str, list[str]]]:
    """Headings and their lines."""
    verdict = content["verdict"]
    zone = verdict["indifference"]
    equal = f"Differences of profit below {money(zone, content['currency'])} count as equal (indifference)."
    yield "Verdict", [verdict["sentence"], *([equal] if zone else [])]
    if verdict["conditional_on"]:
        yield "Conditional on", [verdict["conditional_on"]]
    if content["requirements"]:
        yield "Required", [_requirement(each) for each in content["requirements"]]
    if content["notes"]:
        yield "Mind", [f"- {note}" for note in content["notes"]]
    if verdict["next_commands"]:
        yield "Next", verdict["next_commands"]


def _requirement(each: Content) -> str:
    estimate = each["estimate"]
    if estimate is None:
        return f"{each['state']}: {each['text']}"
    known = estimate["low"] is not None and estimate["high"] is not None
    span = f", 95% interval {number(estimate['low'])} to {number(estimate['high'])}" if known else ", no interval"
    return f"{each['state']}: {each['text']}; it is {number(estimate['value'])}{span}"
