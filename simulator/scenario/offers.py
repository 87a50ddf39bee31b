"""From a scenario to what is signed: which creators, at which fee, on which days, and what money is left.

Fees are quotes, known before launch, so everything here is decided once per scenario, before any world exists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from simulator.quantity import Quantity
from simulator.rules.payment import surcharge
from simulator.scenario.payments import FEE_ONLY, Payment
from simulator.scenario.schema import ContentFacts, Relationship, Waves

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
    fee: (
        int | Quantity
    )  # before surcharges; a distribution is drawn per run; the brand then hires in order while the money lasts
    expected_fee: int
    market_fee: int  # the price curve's median for all posts, for comparison
    sample_cost: int
    tracking: str
    content: ContentFacts = field(default_factory=ContentFacts)
    relationship: Relationship = field(default_factory=Relationship)
    exclusive: bool = False  # endorses no rival while under contract
    pay: Payment = FEE_ONLY  # what is due besides the fee, by result
    exclusivity: int = 0  # millionths of the fee that exclusivity adds to it
    license: int = 0  # millionths of the fee that usage rights cost
    discount: float = 0.0  # share of the price that the creator's code takes off
    reviews: int = 0  # written for the product
    boost: int = 0  # cents for media that show the posts as ads
    agreed: bool = False  # before launch: outreach leaves it alone
    invitations: float = 1.0  # expected until one creator accepts
    effort: float = 1.0  # of a fair deal's
    missed: tuple[int, ...] = ()  # numbers of the posts that do not appear
    favor: int | None = None  # day of a post that nobody paid for
    spare: tuple[tuple[int, int], ...] = ()  # number and day of posts to take over in later waves

    @property
    def published(self) -> tuple[tuple[int, int], ...]:
        """Number, from 1, and day of each post that appears; in waves, if the brand chooses its author."""
        kept = [(n, day) for n, day in enumerate(self.post_days, start=1) if n not in self.missed]
        added = [] if self.favor is None else [(len(self.post_days) + len(self.spare) + 1, self.favor)]
        return tuple(sorted((*kept, *self.spare, *added), key=lambda post: post[1]))

    def committed(self, fee: int) -> int:
        """Cents to keep ready at a fee: with surcharges, the sample, and the most due by result if that is stated."""
        on_top = surcharge(fee, self.exclusivity) + surcharge(fee, self.license)
        return fee + on_top + self.sample_cost + self.boost + self.pay.most_by_result


@dataclass(frozen=True)
class ArmPlan:
    """One arm, resolved. `unspent` is the budget not committed at expected cost, in cents; none without a budget."""

    name: str
    contracts: tuple[Contract, ...]
    ad_spend: int  # cents
    handling_cost: int  # cents per influencer, expected
    budget: int | None
    unspent: int | None
    platform_fee: int = 0  # cents, where a platform handles anybody
    rep_days: int = 0
    reps: int = 1
    rep_cost: int = 0  # cents
    reuse_days: tuple[int, ...] = ()  # when creators' content is reposted on own channels
    reserves: tuple[Contract, ...] = ()  # whom it invites when others refuse, in order
    waves: Waves | None = None

    @property
    def fixed_cost(self) -> int:
        """Cents spent whoever is hired: ads, representatives, and the platform's fee."""
        return self.ad_spend + self.platform_fee + self.rep_cost


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
