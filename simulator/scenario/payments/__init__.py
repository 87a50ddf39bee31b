"""How influencers are paid. A file in this folder is a kind of payment; nothing else changes when one is added."""

from __future__ import annotations

import inspect
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from simulator.scenario.payments.base import FEE_ONLY, Approach, Closed, Fault, Payment, Quoted

__all__ = ["FEE_ONLY", "Approach", "Closed", "Fault", "Payment", "Quoted", "payment_kinds"]


@lru_cache(maxsize=1)
def payment_kinds() -> dict[str, type[Payment]]:
    """Every kind of payment by its word, sorted: the one model of each file, named like the file."""
    modules = {name: import_module(f"{__name__}.{name}") for _, name, _ in iter_modules(__path__) if name != "base"}
    return {name: _model(vars(modules[name]), modules[name].__name__) for name in sorted(modules)}


def _model(words: dict[str, object], module: str) -> type[Payment]:
    (model,) = (
        word
        for word in words.values()
        if inspect.isclass(word) and issubclass(word, Payment) and word.__module__ == module
    )
    return model
