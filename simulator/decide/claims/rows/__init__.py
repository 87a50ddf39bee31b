"""All rows, found by their folder: every module in it holds a tuple `ROWS`. A new module needs no other change."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from simulator.decide.claims.row import Claim


@cache
def all_rows() -> tuple[Claim, ...]:
    """Every row: the quantitative claims first, each group by number."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((row for module in modules for row in module.ROWS), key=_place))


def _place(row: Claim) -> tuple[bool, int]:
    return not row.id.startswith("Q"), int(row.id[1:])
