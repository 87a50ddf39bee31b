"""What the model leaves as it is while a number is varied: without these words a curve would be read as more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

CAUTIONS: Final[Mapping[str, str]] = {
    "product.price": "nobody orders more or less because of product.price: it moves what an order earns, not how many "
    "there are",
}


def cautions(paths: Iterable[str]) -> list[str]:
    """The cautions that belong to what is varied, or differs."""
    return [CAUTIONS[path] for path in paths if path in CAUTIONS]
