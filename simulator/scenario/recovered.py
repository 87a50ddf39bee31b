"""The numbers of a scenario back from what `canonical` made of it, as manifests hold it: no scenario file is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from simulator.distributions import Distribution
from simulator.quantity import Curve, Quantity

KINDS: Final[dict[str, Callable[..., Distribution]]] = {form.kind: form for form in get_args(Distribution)}


def recovered_numbers(part: Any, replaced: Mapping[str, str] | None = None) -> Iterator[Quantity | Curve]:
    """Every number of a canonical scenario in its order, none of a mechanism that is off; `replaced` by path.

    Raises KeyError, TypeError or BadQuantity for what no manifest of this version says.
    """
    if isinstance(part, Mapping):
        if {"path", "unit", "grade"} <= part.keys():
            yield _number(part, (replaced or {}).get(part["path"], ""))
        elif part.get("on") is not False:
            for value in part.values():
                yield from recovered_numbers(value, replaced)
    elif isinstance(part, list):
        for value in part:
            yield from recovered_numbers(value, replaced)


def _number(facts: Mapping[str, Any], default: str) -> Quantity | Curve:
    if "rows" in facts:
        rows = tuple(map(_distribution, facts["rows"]))
        return Curve(**{**facts, "followers": tuple(facts["followers"]), "rows": rows, "default": default})
    return Quantity(**{**facts, "distribution": _distribution(facts["distribution"]), "default": default})


def _distribution(plain: Sequence[Any]) -> Distribution:
    kind, *values = plain
    return KINDS[kind](*(tuple(value) if isinstance(value, list) else value for value in values))
