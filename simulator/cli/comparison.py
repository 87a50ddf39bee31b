"""A comparison on the terminal: what differs, the decision table, the pairs, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from simulator.cli.answer import Row, as_percent, in_words, print_arms, print_words
from simulator.results.wording import NOTHING, counted, money, number, visible

FEW: Final = 4  # choices; of more, only the pairs with the best are listed
LEGEND: Final = (
    "Order 1 and order 2 name the choice that dominates: whoever prefers more money prefers it (1); whoever also "
    "dislikes risk (2). That is shown over the middle 90% of profits; a choice that may dominate is surely ahead "
    "somewhere, and nowhere surely behind."
)
Content = Mapping[str, Any]


def print_comparison(content: Content, console: Console) -> None:
    """Print all of it but the figures of other metrics than profit, which `--json` has."""
    content = visible(dict(content))
    console.print(Text(" and ".join(dict.fromkeys(folder["name"] for folder in content["folders"])), style="bold"))
    console.print(_setting(content), style="dim")
    if content["differs"]:
        print_words(console, [("Differs", list(_differs(content)))])
    numbers = _numbers(content)
    named = [{**arm, "arm": f"{numbers[arm['arm']]} {arm['arm']}"} for arm in content["arms"]]
    print_arms(console, named, _rows(content))
    _print_pairs(content, numbers, console)
    print_words(console, _words(content))


def _numbers(content: Content) -> dict[str, str]:
    """What each choice is called where its name has no room."""
    return {arm["arm"]: f"[{place}]" for place, arm in enumerate(content["arms"], 1)}


def _print_pairs(content: Content, numbers: Mapping[str, str], console: Console) -> None:
    """A row per two choices, and how to read it."""
    found = [pair for pair in content["pairs"] if pair["metric"] == "profit"]
    if not found:
        return
    shown = _with_the_best_first(content, found)
    console.print()
    console.print(
        Text(f"Profit of the first less that of the second, run by run ({content['currency']})", style="bold")
    )
    console.print(_table(content, shown, numbers))
    if less := len(found) - len(shown):
        console.print(
            Text(f"Not listed: {counted(less, 'pair')} without the best choice; --json has them."), style="dim"
        )
    for line in (LEGEND, *_saving(shown)):
        console.print(Text(line), style="dim")


def _with_the_best_first(content: Content, pairs: Sequence[Content]) -> list[Content]:
    """The pairs with the choice that earns most, seen from it; of few choices then also the others."""
    best = max(content["arms"], key=lambda arm: arm["profit"]["value"])["arm"]
    seen = [pair if pair["arm"] == best else _turned(pair) for pair in pairs if best in (pair["arm"], pair["other"])]
    others = [pair for pair in pairs if best not in (pair["arm"], pair["other"])]
    return [*seen, *(others if len(content["arms"]) <= FEW else ())]


def _turned(pair: Content) -> Content:
    """The same two choices seen from the second."""
    less, better = pair["difference"], pair["p_better"]
    ends = {"low": _negative(less["high"]), "high": _negative(less["low"])}
    difference = {**less, "value": -less["value"], **ends}
    p_better = {**better, "value": 1.0 - better["value"]}  # equal runs count half
    return {**pair, "arm": pair["other"], "other": pair["arm"], "difference": difference, "p_better": p_better}


def _negative(value: float | None) -> float | None:
    return None if value is None else -value


def _setting(content: Content) -> str:
    folders = len(content["folders"])
    every = "both" if folders == 2 else f"all {folders}"
    whose = "" if folders == 1 else f" that {every} results have,"
    return (
        f"{counted(content['runs'], 'run')}{whose} in {counted(content['worlds'], 'simulated market')} of "
        f"{content['population']:,} people; money in {escape(content['currency'])}; ± is one standard error"
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
        ("Incremental ROAS", lambda arm: in_words(arm["iroas"])),
        *((f"P({target})", lambda arm, target=target: as_percent(arm["targets"][target])) for target in targets),
        ("P(best choice)", lambda arm: as_percent(arm["p_best"])),
        ("Expected regret", lambda arm: in_words(arm["regret"])),
    ]


def _interval(estimate: Content) -> str:
    if estimate["low"] is None or estimate["high"] is None:
        return NOTHING
    return f"{number(estimate['low'], estimate['error'])} to {number(estimate['high'], estimate['error'])}"


def _table(content: Content, pairs: Sequence[Content], numbers: Mapping[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True)
    for heading in ("difference", "95% interval", "P(first more)"):
        table.add_column(heading, justify="right")
    for heading in ("order 1", "order 2"):
        table.add_column(heading)
    orders = {(frozenset((each["arm"], each["other"])), each["order"]): each for each in content["dominance"]}
    for pair in pairs:
        one, other = pair["arm"], pair["other"]
        findings = (_finding(orders[frozenset((one, other)), order], numbers) for order in (1, 2))
        cells = (f"{numbers[one]} − {numbers[other]}", *_figures(pair), *findings)
        table.add_row(*map(Text, cells))
    return table


def _figures(pair: Content) -> tuple[str, str, str]:
    return in_words(pair["difference"]), _interval(pair["difference"]), as_percent(pair["p_better"])


def _finding(found: Content, numbers: Mapping[str, str]) -> str:
    """Who dominates or may; else what is known."""
    kind: str = found["finding"]
    if kind not in ("dominates", "may dominate"):
        return kind
    return numbers[found["ahead"]] if kind == "dominates" else f"{numbers[found['ahead']]} may"


def _saving(pairs: Sequence[Content]) -> Iterator[str]:
    """What playing all choices on the same people and luck is worth."""
    times = [pair["variance_reduction"]["value"] for pair in pairs if pair["variance_reduction"]]
    if times:
        span = " to ".join(dict.fromkeys((number(min(times)), number(max(times)))))
        yield f"With people and luck of their own, the choices would need {span} times the runs to tell as much."


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
