#!/usr/bin/env python3
"""Write docs/scenario_files.md: the text of reference.md, with the keys of the schema and the numbers of the catalog.

scripts/write_reference.py [--out FILE]

A line `{keys NAME}` of the text becomes the table of that part's keys, `{pay}`, `{mechanisms}`, `{networks}` and
`{rules}` become what there is of each.
"""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from simulator.catalog import entry_file
from simulator.quantity import Curve, Quantity
from simulator.rules.replaceable import REPLACEABLE
from simulator.scenario import schema
from simulator.scenario.document import Node, shipped
from simulator.scenario.json_schema import from_key
from simulator.scenario.meanings import default_text, meaning_of, mechanism_names, network_numbers
from simulator.scenario.part import Part
from simulator.scenario.payments import Payment, payment_kinds

ROOT: Final = Path(__file__).parent.parent
TEXT: Final = Path(__file__).parent / "reference.md"
PAGE: Final = ROOT / "docs" / "scenario_files.md"
PLACE: Final = re.compile(r"^\{(keys (?P<part>\w+)|(?P<what>\w+))\}$", re.MULTILINE)
# Titles of the sections that tell of a part.
TITLES: Final[dict[str, str]] = {
    "Brand": "Brand", "OwnedChannels": "Own channels", "Product": "Product", "Population": "Population",
    "Network": "Network", "Platform": "Platform", "Behavior": "Behavior", "Mechanisms": "Mechanisms",
    "TierScheme": "Tiers", "Arm": "Plans", "Hire": "Hire", "Payment": "Pay", "ContentFacts": "Content",
    "Relationship": "Relationship", "Roster": "Roster", "PaidSocial": "Ads", "RepDays": "Sales representatives",
    "Waves": "Waves",
}  # fmt: skip
KINDS: Final = {int: "whole number", float: "number", str: "text", bool: "`true` or `false`"}
# What the schema knows in full words, and a file may write shorter.
WRITTEN: Final = {
    "Hire.posts": "whole number, or list of days",
    "Hire.reuse": "whole number, or list of days",
    "Scenario.tiers": "name, or mapping",
    "Scenario.targets": "mapping of texts",
    "Scenario.mechanisms": "list of names, or mapping",
    "Scenario.platform": "name, or mapping",
    "Scenario.behavior": "name, or mapping",
    "Population.network": "name, or mapping",
    "Population.topics": "list, or mapping of shares",
    "Roster.columns": "mapping",
    "Roster.topic": "text, or list",
    "Roster.followers": "list of two counts",
    "Mechanism.on": "`on` or `off`",
}
DEFAULTS: Final = {
    "Scenario.indifference": "1% of the budget, 0 without one",
    "Scenario.name": "the file's name",
    "Scenario.currency": "`USD`",
    "Scenario.targets": "none",
    "Scenario.population": "as large as the plans need",
    "Hire.key": "the size, as `25k`",
    "Hire.topic": "the brand's topic",
    "Hire.followers": "drawn within the tier",
    "Hire.reuse": "none",
    "Hire.posts_per_week": "usual",
    "Relationship.belief": "0",
    "Arm.hire": "nobody",
    "Population.topics": "nine topics",
    "Population.network": "`heavy_tailed`",
    "Scenario.platform": "`instagram`",
    "Scenario.behavior": "`standard`",
    "Scenario.tiers": "`later`",
    "Scenario.mechanisms": "all off",
}
# What is left out of these is usual for an account of that size.
USUAL: Final = ("ContentFacts.polish", "ContentFacts.effort", "ContentFacts.control", "Relationship.rivals")
OF_SIZE: Final = ("focus", "engagement_rate", "reach_rate", "click_rate", "conversion_rate", "real_share")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PAGE)
    parser.parse_args().out.write_text(page(), encoding="utf-8")


def page() -> str:
    """The whole page."""
    listed: dict[str, Callable[[], Iterator[str]]] = {
        "pay": pay, "mechanisms": mechanisms, "networks": networks, "rules": rules,
    }  # fmt: skip

    def written(place: re.Match[str]) -> str:
        name = place["part"]
        return "\n".join(keys(getattr(schema, name)) if name else listed[place["what"]]()).rstrip()

    return PLACE.sub(written, TEXT.read_text(encoding="utf-8"))


def keys(model: type[Part]) -> Iterator[str]:
    """The table of a part's keys, as a file writes them."""
    yield from head("default")
    if model is schema.Scenario:
        yield row("extends", meaning_of(model, "extends").text, "text", "`presets/measured`")
    for name, field in model.model_fields.items():
        if not from_key(model, name) and name not in ("title", "kind"):
            yield row(name, told(model, name, field), form(model, name, field), default(model, name, field))
    if model is schema.Scenario:
        yield row("roster", meaning_of(model, "roster").text + link("Roster"), "mapping", "none")


def told(model: type[Part], name: str, field: FieldInfo) -> str:
    """What a key means, and where its part is told of."""
    parts = [part.__name__ for part in members(field.annotation) if isinstance(part, type) and issubclass(part, Part)]
    return meaning_of(model, name).text + "".join(link(part) for part in parts if part in TITLES)


def link(part: str) -> str:
    """Where a part is told of."""
    return f", see [{TITLES[part]}](#{TITLES[part].lower().replace(' ', '-')})"


def form(model: type[Part], name: str, field: FieldInfo) -> str:
    """How a value is written: its kind and unit, with its limits."""
    for base in model.__mro__:
        if f"{base.__name__}.{name}" in WRITTEN:
            return WRITTEN[f"{base.__name__}.{name}"]
    kinds, meaning = members(field.annotation), meaning_of(model, name)
    words = [f"`{word}`" for word in kinds if isinstance(word, str | int)]
    if Curve in kinds:
        return f"{meaning.unit}, by size if you like"
    if Quantity in kinds:
        return ", ".join([meaning.unit + (" (one value)" if meaning.certain else ""), *words])
    if any(isinstance(kind, type) and issubclass(kind, Part) for kind in kinds):
        return "list" if get_origin(field.annotation) is tuple and name == "hire" else "mapping"
    plain = [KINDS[kind] for kind in kinds if kind in KINDS]
    *others, last = [*(each + limits(field) for each in plain), *words]
    return f"{', '.join(others)} or {last}" if others else last


def limits(field: FieldInfo) -> str:
    """The least and the most of a whole number, as far as they are said."""
    extras = [extra for part in (*get_args(field.annotation), *field.metadata) for extra in unpacked(part)]
    low = next((f"{each.ge:,}" for each in extras if isinstance(each, Ge)), "")
    high = next((f"{each.le:,}" for each in extras if isinstance(each, Le)), "")
    return f", {low} to {high}" if low and high else f", at least {low}" if low else ""


def unpacked(part: Any) -> tuple[Any, ...]:
    """The limits that an annotation, or a field's default form, carries."""
    inner = [extra for each in get_args(part)[1:] for extra in unpacked(each)] if get_args(part) else []
    return (part, *getattr(part, "metadata", ()), *inner)


def members(annotation: Any) -> list[Any]:
    """The types and words that an annotation allows."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    inner = [each for each in get_args(annotation) if each not in (type(None), Ellipsis)]
    return [kind for each in inner for kind in members(each)] if inner else [annotation]


def default(model: type[Part], name: str, field: FieldInfo) -> str:
    """What holds where the key is left out."""
    if f"{model.__name__}.{name}" in DEFAULTS:
        return DEFAULTS[f"{model.__name__}.{name}"]
    if text := meaning_of(model, name).default:
        return f"`{text}`" if text in map(str, members(field.annotation)) else text
    if field.is_required():
        return "**needed**"
    if isinstance(field.default, str | int | float):
        shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        return f"`{shown}`" if not shown.isdecimal() else shown
    usual = f"{model.__name__}.{name}" in USUAL or (model is schema.Hire and name in OF_SIZE)
    return "usual for the size" if usual else "none"


def pay() -> Iterator[str]:
    """Every kind of payment with its fields."""
    for name, model in payment_kinds().items():
        yield f"#### `kind: {name}`\n"
        yield f"{sentence(model)}\n"
        fields = {key: field for key, field in model.model_fields.items() if key not in Payment.model_fields}
        if fields:
            yield from head("default")
            for key, field in fields.items():
                yield row(key, told(model, key, field), form(model, key, field), default(model, key, field))
            yield ""


def mechanisms() -> Iterator[str]:
    """Every mechanism: what it does, and its numbers."""
    for model, name in mechanism_names().items():
        yield f"#### `{name}`\n"
        yield f"{sentence(model)}\n"
        yield from head("when on")
        for key, field in model.model_fields.items():
            if key != "on":
                yield row(key, told(model, key, field), form(model, key, field), default(model, key, field))
        yield ""


def networks() -> Iterator[str]:
    """Every kind of network that is made, with its numbers."""
    for kind, numbers in network_numbers().items():
        title = str(shipped(entry_file("networks", kind)).mapping["title"].value)
        yield f"#### `kind: {kind}`\n"
        yield f"{title}.\n"
        if numbers:
            yield from head("default")
            yield from (number_row(name, node) for name, node in numbers.items())
            yield ""


def number_row(name: str, node: Node) -> str:
    """A number that only the catalog knows."""
    meaning, unit = (str(node.mapping[word].value) for word in ("meaning", "unit"))
    return row(name, meaning, unit, default_text(node))


def rules() -> Iterator[str]:
    """Every rule that a file of one's own may replace."""
    yield "| rule | what it gives | facts it takes |"
    yield "|---|---|---|"
    for name, each in REPLACEABLE.items():
        yield f"| `{name}` | {each.meaning} | {', '.join(f'`{fact}`' for fact in each.parameters)} |"


def head(last: str) -> Iterator[str]:
    yield f"| key | what it means | written as | {last} |"
    yield "|---|---|---|---|"


def row(name: str, meaning: str, written: str, last: str) -> str:
    return f"| `{name}` | {meaning} | {written} | {last} |"


def sentence(model: type[Part]) -> str:
    """What a part says of itself."""
    return " ".join(inspect.cleandoc(model.__doc__ or "").split())


if __name__ == "__main__":
    main()
