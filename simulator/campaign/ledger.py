"""What the brand spends, as it spends it. Money in int cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.rules.payment import surcharge
from simulator.scenario.offers import Contract
from simulator.scenario.payments import Closed, Payment


@dataclass
class Ledger:
    """Entries by author, in the order of the brief, and paid media."""

    fees: list[int] = field(default_factory=list)
    products: list[int] = field(default_factory=list)
    handling: list[int] = field(default_factory=list)
    bonuses: list[int] = field(default_factory=list)
    commissions: list[int] = field(default_factory=list)
    licenses: list[int] = field(default_factory=list)
    boosts: list[int] = field(default_factory=list)
    refused: int = 0  # handling of those who refused
    paid_social: int = 0
    sales_rep: int = 0
    platform: int = 0

    @property
    def boost(self) -> int:
        """All paid media."""
        return self.paid_social + sum(self.boosts)

    def hire(self, contract: Contract, fee: int, *, handling: int) -> None:
        """Enter what one author costs whatever the result: exclusivity is part of its fee, usage rights are not."""
        self.fees.append(fee + surcharge(fee, contract.exclusivity))
        self.licenses.append(surcharge(fee, contract.license))
        self.products.append(contract.sample_cost)
        self.boosts.append(contract.boost)
        self.handling.append(handling)

    def settle(self, pays: Sequence[Payment], closed: Sequence[Closed]) -> None:
        """Enter what each author is due by result, once its counts are closed."""
        self.bonuses = [pay.owed_bonus(counts) for pay, counts in zip(pays, closed, strict=True)]
        self.commissions = [pay.owed_commission(counts) for pay, counts in zip(pays, closed, strict=True)]
