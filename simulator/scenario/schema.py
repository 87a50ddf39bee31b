"""A scenario after all defaults are filled in: frozen, checked, and complete. The words of the scenario file.

Every number is a `Quantity` (or a `Curve` over followers), so whoever holds it also knows its unit, source and grade.
What each word means is told in `meanings`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulator.quantity import Curve, Quantity
from simulator.rules.replaceable import REPLACEABLE
from simulator.scenario.custom_rules import FIELD, CustomRule
from simulator.scenario.mechanisms import Mechanisms
from simulator.scenario.part import Part
from simulator.scenario.payments import Payment


class Platform(Part):
    """A platform's catalog entry: reach, engagement, clicks, conversion, prices and time of one post."""

    name: str
    title: str
    lifetime_days: Annotated[int, Field(ge=1, le=365)]
    account_followers: Quantity
    engagement_rate_at_10k: Quantity | None = None
    engagement_slope: Quantity | None = None
    engagement_rate_by_views: Curve | None = None
    engagement_rate: Curve | None = None
    engagement_level_sd: Quantity
    engagement_account_sd: Quantity
    post_reach_sd: Quantity
    activity_correlation: Quantity
    reach_rate: Curve
    reach_slope: Quantity
    nonfollower_reach: Curve
    nonfollower_targeting: Quantity
    click_rate: Curve
    conversion_rate: Curve
    real_share: Curve
    topic_focus: Curve
    trust_prior: Curve
    price_at_10k: Quantity
    price_exponent: Quantity
    decay_shape: Quantity
    decay_scale_hours: Quantity
    ad_cost_per_thousand: Quantity
    ad_click_rate: Quantity
    ad_conversion_rate: Quantity


class Behavior(Part):
    """How people respond: the numbers behind the rules (see catalog/behaviors/standard.yaml for each meaning)."""

    name: str
    title: str
    sponsored_ratio: Quantity
    comment_given_engaged: Quantity
    share_given_engaged: Quantity
    click_odds_if_engaged: Quantity
    trust_on_engage: Quantity
    trust_on_click: Quantity
    trust_on_order: Quantity
    fit_on_engage: Quantity
    fit_on_click: Quantity
    fit_on_order: Quantity
    wear_on_engage: Quantity
    wear_on_click: Quantity
    wear_days: Quantity
    engagement_ceiling: Quantity
    topic_ceiling: Quantity
    trust_spread: Quantity
    trust_step: Quantity
    trust_ignored_weight: Quantity
    halo: Quantity
    halo_slope: Quantity
    order_half_life_days: Quantity
    attribution_window_days: Quantity
    code_use: Quantity
    code_leak: Quantity
    reproduction: Quantity
    peer_engagement: Quantity
    susceptibility_on_engage: Quantity
    influence_correlation: Quantity
    topic_affinity_share: Quantity

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """The numbers, and the rules that a file of one's own may replace."""
        return (*cls.model_fields, *REPLACEABLE)


class Network(Part):
    """How people are tied to each other: a generator named by `kind` with its own numbers, or a graph from a `file`."""

    kind: str
    title: str
    numbers: dict[str, Quantity]
    file: str | None = None
    directed: bool | None = None

    @property
    def from_file(self) -> bool:
        """Whether the ties are read, not generated."""
        return self.kind == "file"


class OwnedChannels(Part):
    """What the brand can show creators' content on for nothing: its own account, and the pages its visitors see."""

    followers: Quantity | None = None
    visitors_per_day: Quantity | None = None
    visitor_conversion: Quantity | None = None


class Brand(Part):
    """Who pays: its topic, what it wants, and what handling influencers costs it, by hand or on a platform."""

    topic: str
    objective: Literal["awareness", "engagement", "conversions", "launch"] = "conversions"
    handling_cost: Quantity
    owned_channels: OwnedChannels | None = None
    handling: Literal["manual", "platform"] = "manual"
    capacity: Annotated[int, Field(ge=1)] | None = None
    platform_fee: Quantity | None = None
    platform_handling_cost: Quantity | None = None

    @property
    def cost_per_influencer(self) -> Quantity:
        """What recruiting and handling one influencer costs in the way the brand does it."""
        by_platform = self.platform_handling_cost if self.handling == "platform" else None
        return by_platform or self.handling_cost


class Product(Part):
    """What is sold. Money is in the scenario's currency."""

    price: Quantity
    margin: Quantity
    sample_cost: Quantity
    complexity: Quantity  # 0: sells by itself, 1: needs an expert
    quality: Quantity
    baseline_orders_per_day: Quantity


class Population(Part):
    """The market: how many people, what they are interested in, who sees whose shares."""

    size: Annotated[int, Field(ge=100, le=10_000_000_000)] | Literal["auto"]
    people_per_agent: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    topics: dict[str, float]  # shares, which sum to 1
    network: Network


class TierScheme(Part):
    """Labels for ranges of followers, closed below and open above; labels change no result."""

    name: str
    title: str
    source: str
    tiers: dict[str, tuple[int, int | None]]

    def label(self, followers: int) -> str:
        """Tier of an account, or "untiered" outside all ranges."""
        for label, (low, high) in self.tiers.items():
            if followers >= low and (high is None or followers < high):
                return label
        return "untiered"


class Roster(Part):
    """A CSV of real accounts: file, which column holds what, and which rows qualify."""

    file: str
    columns: dict[Literal["id", "followers", "topic", "engagement_rate", "reach_rate", "real_share"], str]
    followers: tuple[int, int] | None = None
    topic: tuple[str, ...] | None = None


class ContentFacts(Part):
    """What the posts of a hire are like; what is left out is usual for accounts of that size."""

    polish: Quantity | None = None
    effort: Quantity | None = None
    control: Quantity | None = None
    disclosed: bool = True
    call_to_action: bool = False


class Relationship(Part):
    """How an influencer stands to the brand and to its rivals."""

    belief: Quantity | None = None
    rivals: Quantity | None = None
    earlier_posts: Annotated[int, Field(ge=0, le=10_000)] = 0


class Hire(Part):
    """Influencers under one kind of contract. `count: max` hires as many as the budget allows."""

    key: str
    tier: str | None = None
    roster: Roster | None = None
    count: Annotated[int, Field(ge=1, le=100_000)] | Literal["max"] = 1
    followers: Quantity | None = None
    topic: str | None = None
    posts: tuple[int, ...]  # days of publication, ascending, from 0
    pay: Payment
    tracking: Literal["utm", "code", "none"] = "utm"
    content: ContentFacts = ContentFacts()
    relationship: Relationship = Relationship()
    agreed: bool = False
    exclusivity: Annotated[int, Field(ge=0, le=3650)] = 0
    usage_rights: Annotated[int, Field(ge=0, le=3650)] = 0
    long_term: Quantity | None = None
    focus: Quantity | None = None
    engagement_rate: Quantity | None = None
    reach_rate: Quantity | None = None
    click_rate: Quantity | None = None
    conversion_rate: Quantity | None = None
    real_share: Quantity | None = None
    discount: Quantity | None = None
    reviews: Annotated[int, Field(ge=0, le=1000)] = 0
    posts_per_week: Quantity | None = None
    boost: Quantity | None = None
    reuse: tuple[int, ...] = ()


class PaidSocial(Part):
    """Ads bought from the platform: money spent evenly over the posting window."""

    spend: Quantity | Literal["max"]


class RepDays(Part):
    """Sales representatives for some days from the first: see mechanism `sales_rep`."""

    days: Annotated[int, Field(ge=1, le=730)]
    count: Annotated[int, Field(ge=1, le=10_000)] = 1


class Waves(Part):
    """After each wave of posts, the brand goes on with its best performers."""

    keep: Annotated[int, Field(ge=1)]
    by: Literal["engagements", "clicks", "attributed_orders"] = "engagements"


class Arm(Part):
    """One plan for the budget."""

    name: str
    hire: tuple[Hire, ...] = ()
    paid_social: PaidSocial | None = None
    sales_rep: RepDays | None = None
    waves: Waves | None = None


class Scenario(Part):
    """Everything one question needs."""

    version: Literal[1]
    name: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]  # as ISO 4217 has them
    days: Annotated[int, Field(ge=1, le=730)]
    settle: Annotated[int, Field(ge=0, le=730)]
    runs: Annotated[int, Field(ge=1, le=10_000_000)]
    worlds: Annotated[int, Field(ge=1, le=30_000)]
    replicates: Annotated[int, Field(ge=1, le=100_000)] = 1
    design: Literal["random", "latin_hypercube", "sobol"] = "random"
    seed: Annotated[int, Field(ge=0, le=0xFFFFFFFF)]
    brand: Brand
    product: Product
    population: Population
    platform: Platform
    behavior: Behavior
    custom_rules: tuple[CustomRule, ...] = ()  # named in the section `behavior`
    mechanisms: Mechanisms = Mechanisms()
    mechanisms_at: Literal["ranges", "modes"] = "ranges"
    tiers: TierScheme
    reference_followers: Literal["same"] | Annotated[int, Field(ge=1)]
    budget: Quantity | None = None
    arms: tuple[Arm, ...]
    targets: dict[str, str] = Field(default_factory=dict)
    indifference: Annotated[float, Field(ge=0)] | None = None

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Everything but rules of one's own, which stand among the numbers of `behavior`."""
        return tuple(name for name in cls.model_fields if name != FIELD)

    @property
    def horizon(self) -> int:
        """Days observed: the posting window and the time to settle."""
        return self.days + self.settle
