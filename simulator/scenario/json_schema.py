"""The scenario file as a JSON schema, for editors and other programs; written from the schema's own classes."""

from __future__ import annotations

import inspect
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from simulator.catalog import entries
from simulator.quantity import Curve, Quantity
from simulator.rules.replaceable import REPLACEABLE
from simulator.scenario.custom_rules import FIELD
from simulator.scenario.meanings import meaning_of
from simulator.scenario.mechanisms import Mechanism, Mechanisms
from simulator.scenario.numbers import ABOUT, WAYS
from simulator.scenario.part import Part
from simulator.scenario.payments import Payment, payment_kinds
from simulator.scenario.schema import Arm, Behavior, Hire, Network, Platform, Roster, Scenario, TierScheme

NUMBER: Final = {"$ref": "#/$defs/number"}
CURVE: Final = {"$ref": "#/$defs/curve"}
PLAIN: Final = {int: "integer", float: "number", str: "string", bool: "boolean", NoneType: "null"}
OWN_RULE: Final = {"type": ["string", "null"], "pattern": "\\.py:[^:]+$"}  # FILE.py:FUNCTION
NAMED: Final[dict[type[Part], str]] = {Platform: "platforms", Behavior: "behaviors", Network: "networks"}


def file_schema() -> dict[str, Any]:
    """The schema of a scenario file, with its short forms."""
    scenario = _part(Scenario)
    scenario["properties"] |= {
        "extends": {"type": "string", "description": meaning_of(Scenario, "extends").text},
        "roster": _part(Roster),
        "arms": {"type": "object", "additionalProperties": _part(Arm)},
        "tiers": {"anyOf": [{"enum": list(entries("tiers"))}, _field(TierScheme.model_fields["tiers"])]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario of simulator",
        **scenario,
        "$defs": {"number": _number(), "curve": _curve()},
    }


def _part(model: type[Part]) -> dict[str, Any]:
    """A mapping with the fields of a part. Nothing is required: what is missing comes from the file below."""
    fields = {
        name: _said(model, name) | _field(field)
        for name, field in model.model_fields.items()
        if not from_key(model, name)
    }
    if model is Hire:
        day = {"anyOf": [{"type": "integer"}, {"type": "object", "properties": {"day": {"type": "integer"}}}]}
        days = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "array", "items": day}]}
        fields |= {name: days | _said(Hire, name) for name in ("posts", "reuse")}
    if model is Roster:
        fields["topic"] = {"anyOf": [{"type": "string"}, fields["topic"]]} | _said(Roster, "topic")
    if model is Behavior:
        fields |= {name: OWN_RULE | {"description": each.meaning} for name, each in REPLACEABLE.items()}
    if "topics" in fields:
        topics = {"anyOf": [{"type": "array", "items": {"type": "string"}}, fields["topics"]]}
        fields["topics"] = topics | _said(model, "topics")
    closed = model is not Network
    described = {"description": inspect.cleandoc(model.__doc__ or "")}
    written = {"type": "object", "properties": fields, "additionalProperties": NUMBER if not closed else False}
    if model in NAMED:
        return {**described, "anyOf": [{"enum": list(entries(NAMED[model]))}, written]}
    if issubclass(model, Mechanism):
        return {**described, "anyOf": [{"enum": ["on", "off"]}, written]}
    if model is Mechanisms:
        names = {"type": "array", "items": {"enum": list(model.model_fields)}}
        return {**described, "anyOf": [names, written]}
    return described | written


def _said(model: type[Part], name: str) -> dict[str, Any]:
    """What a key means and its unit, for whoever writes it."""
    meaning = meaning_of(model, name)
    text = f"{meaning.text} ({meaning.unit})" if meaning.unit else meaning.text
    return {"description": text} if text else {}


def from_key(model: type[Part], name: str) -> bool:
    """Whether a field is not written under its name: an arm's is its key, a network's numbers stand beside its kind.

    Rules of a scenario's own stand among the numbers of its behavior.
    """
    own_rules = model is Scenario and name == FIELD
    return own_rules or (model is Arm and name == "name") or (model is Network and name in {"numbers", "title"})


def _field(field: FieldInfo) -> dict[str, Any]:
    found = _annotation(field.annotation)
    for limit in field.metadata:
        found |= _limits(limit)
    if not field.is_required() and isinstance(field.default, str | int | float | bool | NoneType):
        found = {**found, "default": field.default}
    return found


def _annotation(annotation: Any) -> dict[str, Any]:
    """The JSON schema of what an annotation allows."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        limits = [_limits(limit) for extra in arguments[1:] for limit in getattr(extra, "metadata", [extra])]
        return {key: value for part in (_annotation(arguments[0]), *limits) for key, value in part.items()}
    if origin in (Union, UnionType):
        return {"anyOf": [_annotation(argument) for argument in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        items = _annotation(arguments[0])
        fixed = arguments[-1] is not Ellipsis
        return {"type": "array", "items": items} | ({"minItems": 2, "maxItems": 2} if fixed else {})
    if origin is dict:
        return {"type": "object", "additionalProperties": _annotation(arguments[1])}
    return _simple(annotation)


def _simple(annotation: Any) -> dict[str, Any]:
    if annotation is Quantity:
        return dict(NUMBER)
    if annotation is Curve:
        return dict(CURVE)
    if annotation is Payment:
        return {"anyOf": [_part(kind) for kind in payment_kinds().values()]}
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _part(annotation)
    return {"type": PLAIN[annotation]}


def _limits(limit: Any) -> dict[str, Any]:
    if isinstance(limit, Ge):
        return {"minimum": limit.ge}
    if isinstance(limit, Le):
        return {"maximum": limit.le}
    return {"pattern": limit.pattern} if getattr(limit, "pattern", None) else {}


def _number() -> dict[str, Any]:
    """A bare number or a distribution, with what is known about it."""
    forms: dict[str, Any] = {"value": {"type": "number"}}
    for form, ways in WAYS.items():
        length = len(ways[0][0])
        listed = {"type": "array", "items": {"type": "number"}, "minItems": length, "maxItems": length}
        named = [
            {"type": "object", "properties": {name: {"type": "number"} for name in names}, "required": list(names)}
            for names, _ in ways
        ]
        forms[form] = {"anyOf": [listed, *named]}
    text = {"type": "string"}
    forms["empirical"] = {
        "type": "object",
        "properties": {"file": text, "column": text},
        "required": ["file", "column"],
    }
    forms |= dict.fromkeys(ABOUT, text) | {"range": {"type": "array", "items": {"type": "number"}}}
    return {"anyOf": [{"type": "number"}, {"type": "object", "properties": forms, "additionalProperties": False}]}


def _curve() -> dict[str, Any]:
    """A number at all sizes, or rows by followers: a number, [low, mode, high], or a distribution each."""
    triple = {"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3}
    rows = {"type": "object", "additionalProperties": {"anyOf": [triple, NUMBER]}}
    described = {key: {"type": "string"} for key in ABOUT} | {"range": {"type": "array"}}
    by_size = {"type": "object", "properties": {"rows": rows, **described}, "required": ["rows"]}
    return {"anyOf": [NUMBER, by_size]}
