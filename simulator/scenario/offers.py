"""From a scenario to what is signed: which creators, at which fee, on which days, and what money is left.

Fees are quotes, known before launch, so everything here is decided once per scenario, before any world exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simulator.quantity import Quantity

OWN_ACCOUNT: Final = "own account"  # the hire under which the brand's own account runs


@dataclass(frozen=True, slots=True)
class Creator:
    """One influencer as the brand knows it. `name` is `<hire key>#<k>`, stable over arms and orders."""

    name: str
    hire: str
    tier: str
    followers: int
    topic: str
    focus: float | None = None  # stated by the scenario; none: the platform's curve
    real_share: float | None = None
    engagement_rate: float | None = None  # stated: the mean of this audience at day 0, sponsored
    reach_rate: float | None = None
    click_rate: float | None = None
    conversion_rate: float | None = None
    posts_per_week: float | None = None  # others than the contract's

    @property
    def own(self) -> bool:
        """Whether it is the brand's own account."""
        return self.hire == OWN_ACCOUNT


@dataclass(frozen=True)
class Contract:
    """What one creator does for which money. Money in int cents."""

    creator: Creator
    post_days: tuple[int, ...]
    fee: int | Quantity  # a distribution is drawn per run; the brand then hires in order while the money lasts
    expected_fee: int
    market_fee: int  # the price curve's median for all posts, for comparison
    sample_cost: int
    tracking: str
    license: int = 0  # for the use of the content in ads and on own channels
    boost: int = 0  # media that show the posts as ads

    @property
    def extras(self) -> int:
        """What it costs besides fee and handling."""
        return self.sample_cost + self.license + self.boost


@dataclass(frozen=True)
class ArmPlan:
    """One arm, resolved. `unspent` is the budget not committed at expected cost, in cents; none without a budget."""

    name: str
    contracts: tuple[Contract, ...]
    ad_spend: int  # cents
    handling_cost: int  # cents per influencer, expected
    budget: int | None
    unspent: int | None
    rep_days: int = 0
    reps: int = 1
    rep_cost: int = 0  # cents
    reuse_days: tuple[int, ...] = ()  # when creators' content is reposted on own channels


@dataclass(frozen=True)
class Plan:
    """All arms (`no campaign` first) and the market's size with the rule that gave it."""

    arms: tuple[ArmPlan, ...]
    creators: tuple[Creator, ...]  # of all arms, each once, sorted by name
    population: int  # people
    population_rule: str
    people_per_agent: int = 1

    @property
    def agents(self) -> int:
        """Simulated people."""
        return self.population // self.people_per_agent


def cents(money: float) -> int:
    """Money as whole cents, halves up as they are written: 39.995 is 4000 cents although its double lies below."""
    return int(round(money * 100.0, 6) + 0.5)
