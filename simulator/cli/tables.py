"""Tables of a scenario for people: its settings, who is hired, and every number with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from simulator.cli.fitting import PIPED, plain_table, room
from simulator.scenario.explain import Explanation

HIRED: Final = ("followers", "tier", "topic", "post_days", "pay", "fee", "market_fee")


def settings_table(settings: Mapping[str, Any]) -> Table:
    """What a scenario says besides numbers."""
    return plain_table(
        ("setting", "value"),
        [(path, str(value) if isinstance(value, int) else _in_words(value)) for path, value in settings.items()],
    )


def hires_table(arms: Iterable[Mapping[str, Any]]) -> Table:
    """Who is hired in each arm, one row per key; what differs among its creators is shown as a range."""
    table = plain_table(("arm", "hire", "followers", "tier, topic", "days of posts", "pay", "fee", "market fee"), ())
    for arm in arms:
        for hire in arm["hires"]:
            each = {name: [creator[name] for creator in hire["creators"]] for name in HIRED}
            about = f"{_span(each['tier'])}, {_span(each['topic'])}"
            numbers = (_span(each["followers"]), about, _span(map(_in_words, each["post_days"])))
            table.add_row(
                arm["name"],
                f"{hire['count']} x {hire['key']}",
                *numbers,
                *map(_span, (each["pay"], each["fee"], each["market_fee"])),
            )
        if arm["ad_spend"]:
            table.add_row(arm["name"], "ads", "", "", "", "", _in_words(arm["ad_spend"]), "")
        if arm["rep_cost"]:
            table.add_row(arm["name"], "representatives", "", "", "", "", _in_words(arm["rep_cost"]), "")
        if not arm["hires"] and not arm["ad_spend"] and not arm["rep_cost"]:
            table.add_row(arm["name"], "nobody")
    return table


def explain_table(rows: Iterable[Explanation]) -> Table:
    """One number per row: its path, its value, how it is known, and what it means and where it comes from."""
    if room() < PIPED:
        return _narrow_table(rows)
    table = plain_table(("number", "value", "known as", "meaning and source"), ())
    for column, width in zip(table.columns, (34, 21, 12, None), strict=True):
        column.width = width
    for row in rows:
        table.add_row(*map(Text, (row.path, "\n".join(_value(row)), "\n".join(_known(row)), _meaning(row))))
        table.add_row()
    return table


def _narrow_table(rows: Iterable[Explanation]) -> Table:
    """The same in two columns."""
    table = plain_table(("number, value, known as", "meaning and source"), ())
    for row in rows:
        table.add_row(Text("\n".join((row.path, *_value(row), ", ".join(_known(row))))), Text(_meaning(row)))
        table.add_row()
    return table


def _value(row: Explanation) -> list[str]:
    return [row.value, *([f"(instead of {row.default})"] if row.default else [])]


def _known(row: Explanation) -> list[str]:
    """Unit, how often it is drawn, grade and range."""
    often = f"per {row.varies}" if row.varies != "once" else row.varies
    return [text for text in (row.unit, often, row.grade, row.range) if text]


def _meaning(row: Explanation) -> str:
    source = f"{row.source} ({row.date})" if row.date else row.source
    return "\n".join(text for text in (row.meaning, source) if text)


def _in_words(value: Any) -> str:
    """A setting as text: `beauty 0.25, food 0.75`, `nano 1,000 to 10,000`, `0, 7, 15`."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_in_words(part)}" for key, part in value.items()) or "none"
    if isinstance(value, tuple):
        return " to ".join("any size" if bound is None else _in_words(bound) for bound in value)
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, float):
        return f"{value:,.2f}" if value >= 1.0 or value == 0.0 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _span(values: Iterable[Any]) -> str:
    """What all have in common, or from the least to the most; words are all named."""
    distinct = sorted(set(values), key=lambda value: (isinstance(value, str), value))
    if len(distinct) > 1 and not isinstance(distinct[-1], str):
        return f"{_in_words(distinct[0])} to {_in_words(distinct[-1])}"
    return ", ".join(map(_in_words, distinct))
