"""Analyses on the terminal, from what is saved of them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import click

from simulator.cli.fitting import PIPED, beside, line, plain_table, printed, room
from simulator.results.wording import NOTHING, counted, number, percent, visible, with_error

Found = Mapping[str, Any]
Columns = Mapping[str, Sequence[str]]
MOST_ROWS: Final = 25
MOST_NAMED: Final = 6
BAR: Final = 12  # letters, where there is room for bars
CURVE: Final = "†"
NOTICEABLE: Final = 1e-3  # of the largest effect
WHY_NOT: Final = {
    "not asked for": "since only some were asked for",
    "shapes the people": "since they shape the people (a tornado with --people varies them)",
    "is certain": "since they are certain (a tornado varies them)",
}


def print_sweep(found: Found) -> None:
    """Expected profit and ROI of each plan at each point, and which is best."""
    found = visible(found)
    paths = [each["path"] for each in found["vary"]]
    arms = [arm for arm in found["arms"] if arm != "no campaign"]
    size = f"{found['runs']:,} runs of each point in markets of {found['people']:,} people"
    _head(found, f"{size}; profit in {found['currency']}; ± is one standard error")
    points = found["points"]
    values = {path: [number(point["values"][path]) for point in points] for path in paths}
    profits = {f"profit of {arm}": [_estimate(point["arms"][arm]["profit"]) for point in points] for arm in arms}
    best = {"highest mean profit (and P best)": [_best(point) for point in points]}
    returns = {f"ROI of {arm}": [_share(point["arms"][arm]["roi"]) for point in points] for arm in arms}
    click.echo("\n\n".join(_sweep_tables(values, profits | best, returns)))
    _notes(found)
    _tables(found)


def _sweep_tables(keys: Columns, *blocks: Columns) -> Iterator[str]:
    """One table if it fits, else one or more per block."""
    together = dict(keys)
    for block in blocks:
        together |= block
    whole = list(_beside(together, len(keys)))
    if len(whole) == 1:
        yield whole[0]
        return
    for block in blocks:
        yield from _beside({**keys, **block}, len(keys))


def _beside(columns: Columns, keys: int) -> Iterator[str]:
    return beside(list(columns), list(zip(*columns.values(), strict=True)), keys)


def _best(point: Found) -> str:
    """The choice with the highest mean, which need not be the best one in most runs."""
    return f"{point['best']} ({percent(point['arms'][point['best']]['p_best']['value'])})"


def _notes(found: Found) -> None:
    """What to mind. Analyses made earlier say nothing."""
    for note in found.get("notes", ()):
        click.echo(f"\nMind: {note}.")


def print_sensitivity(found: Found) -> None:
    """The numbers that matter, most first."""
    found = visible(found)
    first, second = found["arms"]
    what = found["metric"].replace("_", " ")
    _head(found, f"{what} of {first} less that of {second}; {_size(found)}")
    show = {"tornado": _tornado, "morris": _morris, "sobol": _sobol}[found["kind"]]
    for text in show(found):
        click.echo(text)
    for row in found.get("left_out", ()):
        click.echo(line(f"Left out: {row['path']}: {row['reason']}"))
    for reason, paths in _by_reason(found["not_varied"]).items():
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        click.echo(line(f"Not varied, {WHY_NOT[reason]}: {', '.join(paths[:MOST_NAMED])}{more}"))


def print_break_even(found: Found) -> None:
    """Where the decision turns, and what was looked at on the way."""
    found = visible(found)
    first, second = found["between"]
    size = f"{found['runs']:,} runs of each value in markets of {found['people']:,} people"
    _head(found, f"{size}; profit in {found['currency']}")
    click.echo(line(found["sentence"]))
    now = found["now"]
    at = "" if now["value"] is None else f" ({found['path']} = {number(now['value'])})"
    click.echo(line(f"As things stand{at}: {first} less {second} {_interval(now['difference'])}\n"))
    rows = {number(each["value"]): _interval(each["difference"]) for each in found["evaluations"]}
    headings = (found["path"], f"profit of {first} less that of {second} (95%)")
    click.echo(printed(plain_table(headings, rows.items())))
    _notes(found)
    if "frontier" in found:
        points = [(number(each["at"]), _range(each)) for each in found["frontier"]]
        click.echo("\n" + printed(plain_table((found["over"], f"turns at {found['path']} (95%)"), points)))


def _head(found: Found, told: str) -> None:
    click.echo(line(f"{found['name'].strip()}\n{told}\n"))
    if found.get("failed"):
        are = "is" if found["failed"] == 1 else "are"
        click.echo(f"{counted(found['failed'], 'trial')} failed and {are} left out\n")


def _by_reason(left: Sequence[Found]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in left:
        found.setdefault(each["reason"], []).append(each["path"])
    return found


def _size(found: Found) -> str:
    return f"{found['runs']:,} runs of each" if found["kind"] == "tornado" else f"{found['trials']:,} trials"


def _tornado(found: Found) -> Iterator[str]:
    stands = f"{_interval(found['base'])}, P({found['arms'][0]} better) {_chance(found['p_base'])}"
    yield line(f"As things stand: {stands}\n")
    largest = max((abs(row["swing"]) for row in found["rows"]), default=0.0)
    shown = [row for row in found["rows"][:MOST_ROWS] if row["flips"] or abs(row["swing"]) > NOTICEABLE * largest]
    bar = (lambda swing: (_bar(swing, largest),)) if room() >= PIPED else lambda _: ()
    rows = [
        (
            f"{row['path']}{'*' * (row['grade'] == 'assumed')}",
            _ends(row),
            number(row["at_low"]["value"], row["at_low"]["error"]),
            number(row["at_high"]["value"], row["at_high"]["error"]),
            f"{percent(row['p_low']['value'])} … {percent(row['p_high']['value'])}",
            *bar(row["swing"]),
            _flip(row),
        )
        for row in shown
    ]
    headings = ("number (* assumed)", "from … to", "at low", "at high", "P(better)", *bar(0.0), "decision")
    yield _table(headings, rows)
    yield from _rest(found, shown)
    if size := next((row["followers"] for row in shown if row.get("followers")), None):
        yield line(f"{CURVE} a curve over the size of accounts; the values are those for {size:,} followers")
    yield ""
    yield line(_what_turns(found))


def _flip(row: Found) -> str:
    return "" if not row["flips"] else "turns" if row["surely"] else "may turn"


def _what_turns(found: Found) -> str:
    """Which assumed numbers drive the decision, not only the figure."""
    turning = [row for row in found["rows"] if row["flips"]]
    if not turning:
        return "No number turns the decision within its range, taken one at a time."
    parts = [
        f"{verb} on {', '.join(_graded(row) for row in turning if row['surely'] == surely)}"
        for verb, surely in (("surely hangs", True), ("may hang", False))
        if any(row["surely"] == surely for row in turning)
    ]
    return f"The decision {' and '.join(parts)}."


def _graded(row: Found) -> str:
    return f"{row['path']} ({row['grade']})"


def _morris(found: Found) -> Iterator[str]:
    largest = max((row["mu_star"] for row in found["rows"]), default=0.0)
    shown = [row for row in found["rows"][:MOST_ROWS] if row["mu_star"] > NOTICEABLE * largest]
    rows = [
        (
            f"{row['path']}{'*' * (row['grade'] == 'assumed')}",
            f"{number(row['mu_star'])} ({number(row['mu_star_low'])} to {number(row['mu_star_high'])})",
            number(row["mu"]),
            number(row["sigma"]),
        )
        for row in shown
    ]
    yield _table(("number (* assumed)", "size of effect (95%)", "mean effect", "how it varies"), rows)
    yield from _rest(found, shown)


def _sobol(found: Found) -> Iterator[str]:
    shown = [row for row in found["rows"][:MOST_ROWS] if row["total"]["value"] > NOTICEABLE]
    rows = [
        (
            f"{row['path']}{'*' * (row['grade'] == 'assumed')}",
            _index(row["first"]),
            _index(row["total"]),
            _index(row["decision"]["total"]),
        )
        for row in shown
    ]
    chance = f"P({found['arms'][0]} better) {percent(found['p_better'])}"
    yield line(f"Standard deviation {number(found['sd'])}; {chance}\n")
    headings = ("number (* assumed)", "alone (95%)", "with all it acts on (95%)", "of the decision (95%)")
    yield _table(headings, rows)
    yield from _rest(found, shown)


def _rest(found: Found, shown: Sequence[Found]) -> Iterator[str]:
    if rest := len(found["rows"]) - len(shown):
        yield f"and {counted(rest, 'number')} that change{'s' * (rest == 1)} next to nothing"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column, of paths, is broken last."""
    table = plain_table(headings, rows)
    table.columns[0].no_wrap = True
    return printed(table)


def _index(index: Found) -> str:
    """A share of the variance; what lies beyond 0 or 1 is chance."""
    value, low, high = (percent(min(max(index[name], 0.0), 1.0)) for name in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def _estimate(estimate: Found | None) -> str:
    return NOTHING if estimate is None else with_error(estimate["value"], estimate["error"])


def _share(estimate: Found | None) -> str:
    return NOTHING if estimate is None else percent(estimate["value"], estimate["error"])


def _interval(estimate: Found) -> str:
    low, high = (number(estimate[end], estimate["error"]) for end in ("low", "high"))
    return f"{number(estimate['value'], estimate['error'])} ({low} to {high})"


def _chance(estimate: Found) -> str:
    return percent(estimate["value"], estimate["error"])


def _ends(row: Found) -> str:
    """Where a number is held; older analyses say no value of a curve."""
    if row["low_value"] is None:
        return "curve … curve"
    return f"{number(row['low_value'])} … {number(row['high_value'])}{CURVE * bool(row.get('followers'))}"


def _range(crossing: Found) -> str:
    if crossing["value"] is None:
        return "nowhere in the range"
    low, high = (NOTHING if crossing[end] is None else number(crossing[end]) for end in ("low", "high"))
    return f"{number(crossing['value'])} ({low} to {high})"


def _bar(swing: float, largest: float) -> str:
    return "█" * max(1, round(BAR * abs(swing) / largest)) if largest > 0.0 and swing != 0.0 else ""


def _tables(found: Found) -> None:
    names: Sequence[str] = found.get("tables", ())
    if names:
        click.echo(line(f"\nTables beside it: {', '.join(names)}"))
