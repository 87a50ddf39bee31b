"""What the brand spends, as it spends it. Money in int cents."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Entries by author, in the order of the brief, and paid media."""

    fees: list[int] = field(default_factory=list)
    products: list[int] = field(default_factory=list)
    handling: list[int] = field(default_factory=list)
    boost: int = 0

    def hire(self, *, fee: int, product: int, handling: int) -> None:
        """Enter what one author costs."""
        self.fees.append(fee)
        self.products.append(product)
        self.handling.append(handling)
