"""What is said of a value that the schema refuses: what it is, what it should be, and an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from simulator.scenario.document import Node
from simulator.scenario.numbers import meant
from simulator.scenario.part import Part
from simulator.scenario.payments import Payment, payment_kinds
from simulator.scenario.problems import did_you_mean

EXAMPLES: Final = {"topic": "beauty", "posts": "1", "pay": "{kind: flat_fee, amount: market}", "version": "1"}
# Texts of a form of their own: what they are, and an example.
FORMS: Final = {
    "currency": ("the three capital letters of a currency (ISO 4217)", "write USD, EUR or the like"),
    "targets": ("a target", 'write a comparison and a number, such as ">= 0.2"'),
}
NAMES_OF_KINDS: Final = {int: "a whole number", str: "text", float: "a number", bool: "true or false"}


def members(annotation: Any) -> list[Any]:
    """Everything an annotation mentions: types and literal words."""
    arguments = get_args(annotation)
    if get_origin(annotation) is Literal:
        return list(arguments)
    if get_origin(annotation) is Annotated:
        return members(arguments[0])
    return [member for argument in arguments for member in members(argument)] if arguments else [annotation]


def refusal(model: type[Part], name: str, detail: Any, node: Node) -> tuple[str, str]:
    """Message and remedy for a value that the schema refuses."""
    kinds = members(model.model_fields[name].annotation)
    known = [str(kind) for kind in kinds if not isinstance(kind, type)]
    known += [NAMES_OF_KINDS[kind] for kind in kinds if kind in NAMES_OF_KINDS]
    limits = detail.get("ctx", {})
    if name in FORMS and not node.mapping:
        form, remedy = FORMS[name]
        return f"is {shown(node)}, not {form}", remedy
    for limit, verb, remedy in (("ge", "lies below", "at least"), ("le", "lies above", "at most")):
        if limit in limits:
            return f"{shown(node)} {verb} {limits[limit]:,}", f"give {remedy} {limits[limit]}"
    if node.items or node.mapping or not known:
        return f"is {shown(node)}: {str(detail['msg']).lower()}", "see simulator schema"
    number = meant(node.value) if int in kinds else None
    if number is not None or len(known) == 1 or not isinstance(node.value, str):
        either = " or ".join(known)
        return f"is {shown(node)}, not {either}", f"give {either}" if number is None else f"write {number:.15g}"
    return f"{shown(node)} is unknown", did_you_mean(node.value, known)


def unknown_word(model: type[Part], word: str) -> tuple[str, str]:
    """Message and remedy for a key that a part does not have; of a payment, the kinds that have it."""
    others = [kind for kind, each in payment_kinds().items() if word in each.model_fields]
    if issubclass(model, Payment) and others:
        return "is no word of this kind of payment", f"remove it, or write kind: {' or '.join(others)}"
    return "is unknown", did_you_mean(word, model.words())


def written_out(kind: object) -> str:
    """A payment in full words: of the kind that stands where a payment should, else a flat fee."""
    model = payment_kinds().get(str(kind))
    if model is None or "amount" in model.model_fields:
        return EXAMPLES["pay"].replace("flat_fee", str(kind) if model else "flat_fee")
    needed = [name for name, field in model.model_fields.items() if field.is_required() and name != "kind"]
    return "{" + ", ".join([f"kind: {kind}", *(f"{name}: {example(model, name)}" for name in needed)]) + "}"


def shown(node: Node) -> str:
    """A value as a message repeats it."""
    if isinstance(node.value, Mapping):
        return "a mapping"
    if isinstance(node.value, tuple):
        return "a list"
    return "empty" if node.value is None else repr(node.value)[:60]


def example(model: type[Part], name: str) -> str:
    """What could stand in a field that is missing."""
    words = [word for word in members(model.model_fields[name].annotation) if isinstance(word, str)]
    return EXAMPLES.get(name) or (words[0] if words else "...")
