"""What the brand spends, as it spends it. Money in int cents."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Entries by author, in the order of the brief, and paid media."""

    fees: list[int] = field(default_factory=list)
    products: list[int] = field(default_factory=list)
    handling: list[int] = field(default_factory=list)
    licenses: list[int] = field(default_factory=list)
    boosts: list[int] = field(default_factory=list)
    paid_social: int = 0
    sales_rep: int = 0

    @property
    def boost(self) -> int:
        """All paid media."""
        return self.paid_social + sum(self.boosts)

    def hire(self, *, fee: int, product: int, handling: int) -> None:
        """Enter what one author costs."""
        self.fees.append(fee)
        self.products.append(product)
        self.handling.append(handling)

    def license_content(self, *, price: int, boost: int) -> None:
        """Enter what the use of that author's content costs, and the media that show it."""
        self.licenses.append(price)
        self.boosts.append(boost)
