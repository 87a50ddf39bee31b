"""A metric's formula as text, and its value: what the reader sees is what is computed.

A formula is a sum of names, or one sum over another, with an optional factor: `1000 * cost / impressions`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Sum = tuple[tuple[int, str], ...]  # signs and names


@dataclass(frozen=True)
class Formula:
    """`factor` times `numerator` over `denominator`; an empty denominator makes it a plain sum."""

    numerator: Sum
    denominator: Sum = ()
    factor: int = 1

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)

    def known_in(self, names: Collection[str]) -> bool:
        """Whether all its terms are among the names."""
        return all(name in names for _, name in self.numerator + self.denominator)

    def parts(self, facts: Mapping[str, Column]) -> tuple[Column, Column]:
        """Numerator, factor included, and denominator. Raises TypeError for a plain sum."""
        if not self.is_ratio:
            raise TypeError("a sum has no denominator")
        return self.factor * _total(self.numerator, facts), _total(self.denominator, facts)

    def of(self, facts: Mapping[str, Column]) -> Column:
        """One value per row. A ratio is float64, NaN where its denominator is not above zero."""
        if not self.is_ratio:
            return _total(self.numerator, facts)
        numerator, denominator = self.parts(facts)
        defined = denominator > 0
        return np.where(defined, numerator / np.where(defined, denominator, 1), np.nan)


def parse(text: str) -> Formula:
    """The formula of a text such as `(audiences - audience_union) / audiences`."""
    head, star, rest = text.partition(" * ")
    top, _, bottom = (rest if star else text).partition(" / ")
    return Formula(_signed_names(top), _signed_names(bottom), int(head) if star else 1)


def _signed_names(text: str) -> Sum:
    signs = {"+": 1, "-": -1}
    sign, terms = 1, []
    for token in text.strip("()").split():
        if token in signs:
            sign = signs[token]
        else:
            terms.append((sign, token))
    return tuple(terms)


def _total(terms: Sum, facts: Mapping[str, Column]) -> Column:
    (sign, first), *others = terms
    total = sign * facts[first]
    for sign, name in others:
        total = total + sign * facts[name]
    return total
