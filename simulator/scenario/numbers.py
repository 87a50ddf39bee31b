"""A number as the file writes it: a bare value or a distribution by name, with what is known about it.

    80                                        pert: [0.3, 0.5, 0.7]
    lognormal: {median: 3, sd: 0.9}           normal: {p05: 10, p95: 30}
    empirical: {file: prices.csv, column: price}

Every function raises BadQuantity, whose `field` names the place within the number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from simulator.distributions import (
    Beta,
    Distribution,
    Fixed,
    LogNormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from simulator.errors import BadQuantity
from simulator.quantity import GRADES, VARIES, Curve, Quantity, check_bounds
from simulator.scenario.document import Node
from simulator.scenario.intervals import lognormal_from_interval, normal_from_interval, uniform_from_interval
from simulator.scenario.merge import FORMS, STATED
from simulator.scenario.problems import did_you_mean
from simulator.scenario.samples import empirical

Maker = Callable[..., Distribution]
# Ways to write each distribution, by parameter names; a list gives the first way's parameters in order.
WAYS: Final[dict[str, tuple[tuple[tuple[str, ...], Maker], ...]]] = {
    "uniform": ((("low", "high"), Uniform), (("p05", "p95"), uniform_from_interval)),
    "triangular": ((("low", "mode", "high"), Triangular),),
    "pert": ((("low", "mode", "high"), Pert),),
    "normal": ((("mean", "sd"), Normal), (("p05", "p95"), normal_from_interval)),
    "lognormal": ((("median", "sd"), LogNormal), (("p05", "p95"), lognormal_from_interval)),
    "beta": ((("a", "b"), Beta),),
}
ABOUT: Final = ("unit", "range", "varies", "source", "date", "grade", "meaning")
CURRENCY: Final = r"[$€£¥]?(?:[A-Z]{3})?"
DIGITS: Final = r"(?P<digits>(?:\d{1,3}(?:[,' ]\d{3})+|\d+)(?:\.\d+)?)"
AS_PEOPLE_WRITE: Final = re.compile(rf"(?P<before>{CURRENCY})\s*{DIGITS}(?P<times>[kKM]?)\s*(?P<after>{CURRENCY})")
TIMES: Final = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6}
SCENARIO_WIDE: Final = ("once", "platform", "world")


@dataclass(frozen=True)
class Facts:
    """What is known about a number before the file is read."""

    unit: str = ""
    meaning: str = ""
    varies: str = "once"
    certain: str = ""  # why it must be one value; empty if it may be a distribution

    @property
    def supported(self) -> tuple[str, ...]:
        """Where the number may vary."""
        return SCENARIO_WIDE if self.varies in ("once", "platform") else (self.varies,)


def read_quantity(node: Node, path: str, facts: Facts) -> Quantity:
    """The number at a path."""
    about = _about(node, facts)
    if "rows" in node.mapping:
        raise BadQuantity("depends on followers here, which this number cannot", "give one number", "rows")
    distribution = _distribution(node)
    if facts.certain and not isinstance(distribution, Fixed):
        remedy = "give one number; to compare two, run it twice with --set"
        raise BadQuantity(f"is {distribution}, but {facts.certain}", remedy)
    low, high = _range(node)
    return Quantity(path, distribution, low=low, high=high, default=_replaced_text(node), **about)


def read_curve(node: Node, path: str, facts: Facts) -> Curve:
    """The number that changes with followers at a path; a single value or distribution holds at all sizes."""
    about = _about(node, facts)
    rows = node.mapping.get("rows")
    if rows is None:
        return Curve(path, (1.0,), (_distribution(node),), default=_replaced_text(node), **about)
    if stated := [form for form in FORMS if form in node.mapping and form != "rows"]:
        raise BadQuantity(f"has both rows and {stated[0]}", "give one of them", stated[0])
    if not rows.mapping:
        raise BadQuantity("has no rows", "write rows: {10000: 0.2, 100000: [0.05, 0.1, 0.2]}", "rows")
    table = sorted((_followers(key), key, row) for key, row in rows.mapping.items())
    values = tuple(_row(row, key, str(about["unit"])) for _, key, row in table)
    return Curve(path, tuple(size for size, *_ in table), values, default=_replaced_text(node), **about)


def number_text(node: Node) -> str:
    """A described number as text: `0.035`, `pert(0.3, 0.5, 0.7)`, or a curve's rows."""
    rows = node.mapping.get("rows")
    try:
        if rows is None:
            return str(_distribution(node))
        unit = str(node.mapping["unit"].value)
        return curve_text((_followers(key), _row(row, key, unit)) for key, row in rows.mapping.items())
    except BadQuantity:
        return ""


def curve_text(rows: Iterable[tuple[float, Distribution]]) -> str:
    """Rows of a curve as text, one size after the other."""
    return ", ".join(f"{size:.7g}: {row}" for size, row in rows)


def _distribution(node: Node) -> Distribution:
    if not isinstance(node.value, Mapping):
        return Fixed(_number(node, ""))
    forms = [form for form in FORMS if form in node.mapping and form != "rows"]
    if len(forms) > 1:
        raise BadQuantity(f"has both {forms[0]} and {forms[1]}", "give one of them", forms[1])
    if not forms:
        meaning = f" ({node.mapping['meaning'].value})" if "meaning" in node.mapping else ""
        raise BadQuantity(f"is missing{meaning}", "give a number, or a distribution such as pert: [low, mode, high]")
    form, part = forms[0], node.mapping[forms[0]]
    if form == "value":
        return Fixed(_number(part, "" if part.place == node.place else form))
    if form == "empirical":
        return empirical({key: inner.plain() for key, inner in part.mapping.items()}, Path(part.place.file).parent)
    try:
        return _by_way(form, part)
    except BadQuantity as error:
        raise BadQuantity(error.message, error.suggestion, error.field or form) from None


def _by_way(form: str, part: Node) -> Distribution:
    """A distribution from the list or the named parameters under its name."""
    ways = WAYS[form]
    usage = " or ".join(f"{form}: {{{', '.join(f'{name}:' for name in names)}}}" for names, _ in ways)
    if isinstance(part.value, tuple):
        names, make = ways[0]
        if len(part.items) != len(names):
            message = f"{form} takes {len(names)} numbers, not {len(part.items)}"
            raise BadQuantity(message, f"write {form}: [{', '.join(names)}]")
        return make(*(_number(item, f"{form}.{index}") for index, item in enumerate(part.items)))
    for names, make in ways:
        if set(part.mapping) == set(names):
            return make(*(_number(part.mapping[name], f"{form}.{name}") for name in names))
    unknown = [key for key in part.mapping if all(key not in names for names, _ in ways)]
    if unknown:
        known = [name for names, _ in ways for name in names]
        raise BadQuantity("is unknown", did_you_mean(unknown[0], known), f"{form}.{unknown[0]}")
    raise BadQuantity(f"{form} lacks its parameters", f"write {usage}")


def _number(node: Node, field: str) -> float:
    """A finite number; text, truth values and NaN are refused."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        shown = "nothing" if value is None else repr(value)[:60] if isinstance(value, str | bool) else "a list"
        if isinstance(value, Mapping):
            shown = "a mapping"
        number = meant(value)
        remedy = "give a number, or a distribution such as pert: [1, 2, 3]"
        remedy = remedy if number is None else _written(value, number)
        raise BadQuantity(f"is {shown}, not a number", remedy, field)
    try:
        return Fixed(float(value)).value
    except BadQuantity as error:
        raise BadQuantity(error.message, error.suggestion, field) from None


def meant(value: object) -> float | None:
    """The number that a text means, as people write it: `20,000`, `20k`, `$20 000`, or in quotes; none of another."""
    match = AS_PEOPLE_WRITE.fullmatch(value.strip()) if isinstance(value, str) else None
    return None if match is None else float(re.sub(r"[^\d.]", "", match["digits"])) * TIMES[match["times"]]


def _written(value: object, number: float) -> str:
    """How to write the number that a text means. A currency is the scenario's: of another, the amount is another."""
    match = AS_PEOPLE_WRITE.fullmatch(str(value).strip())
    named = match is not None and (match["before"] or match["after"])
    return f"write {number:.15g}" + (", if that is an amount in the scenario's currency" if named else "")


def _row(row: Node, key: str, unit: str) -> Distribution:
    """A curve's row: one number, [low, mode, high], or a distribution."""
    try:
        if isinstance(row.value, tuple):
            row = Node({"pert": row}, row.place)
        distribution = _distribution(row)
        check_bounds(distribution, unit)
    except BadQuantity as error:
        raise BadQuantity(error.message, error.suggestion, f"rows.{key}") from None
    return distribution


def _followers(key: str) -> float:
    try:
        size = float(key.replace("_", ""))
    except ValueError:
        raise BadQuantity(f"{key!r} is not a follower count", "write rows: {10000: 0.2}", f"rows.{key}") from None
    if not 0.0 < size < 1e12:
        raise BadQuantity(f"{key} is not a possible follower count", "give a count above 0", f"rows.{key}")
    return size


def _about(node: Node, facts: Facts) -> dict[str, Any]:
    """Unit, source, grade and so on, from the file or from what is known before."""
    parts = node.mapping
    for key in parts:
        if key not in FORMS + ABOUT:
            raise BadQuantity("is unknown", did_you_mean(key, FORMS + ABOUT), key)
    about = {key: str(part.value) for key, part in parts.items() if key in ABOUT and key != "range"}
    own = isinstance(node.value, Mapping) and "unit" in parts
    unit = facts.unit or (str(node.replaced.mapping["unit"].value) if _was_number(node) and node.replaced else "")
    about.setdefault("unit", unit)
    if unit and about["unit"] != unit:
        message = f"{about['unit']!r} is not the unit of this number"
        raise BadQuantity(message, f"write unit: {unit} or leave it out", "unit")
    about.setdefault("varies", facts.varies)
    about.setdefault("meaning", facts.meaning)
    about.setdefault("grade", "assumed" if own else "your own")
    about.setdefault("source", "" if own else STATED)
    _choice(about, "grade", GRADES)
    _choice(about, "varies", VARIES)
    if about["varies"] not in facts.supported:
        supported = ", ".join(facts.supported)
        raise BadQuantity(f"cannot vary by {about['varies']!r} here", f"supported: {supported}", "varies")
    return about


def _choice(about: Mapping[str, str], key: str, known: Sequence[str]) -> None:
    if about[key] not in known:
        raise BadQuantity(f"{about[key]!r} is unknown", did_you_mean(about[key], known), key)


def _range(node: Node) -> tuple[float | None, float | None]:
    part = node.mapping.get("range")
    if part is None:
        return None, None
    if len(part.items) != 2:
        raise BadQuantity("is not of the form [low, high]", "write range: [low, high]", "range")
    low, high = (_number(item, "range") for item in part.items)
    if low > high:
        raise BadQuantity(f"[{low:g}, {high:g}] descends", f"write range: [{high:g}, {low:g}]", "range")
    return low, high


def _was_number(node: Node) -> bool:
    return node.replaced is not None and "unit" in node.replaced.mapping


def _replaced_text(node: Node) -> str:
    return number_text(node.replaced) if node.replaced is not None and _was_number(node) else ""
