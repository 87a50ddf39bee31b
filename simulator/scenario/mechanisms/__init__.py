"""Mechanisms a scenario may switch on, by area; each is off until `mechanisms: {NAME: on}`."""

from __future__ import annotations

from simulator.scenario.mechanisms.afterwards import (
    PriceResponse,
    RepeatPurchase,
    Returns,
    Reviews,
    Subscriptions,
    UserContent,
)
from simulator.scenario.mechanisms.base import Mechanism
from simulator.scenario.mechanisms.channels import (
    Amplification,
    DecayBySize,
    Feed,
    Goldilocks,
    PostingRate,
    Reuse,
    SalesRep,
)
from simulator.scenario.mechanisms.content import BrandBelief, CreativeControl, EarlyPlatform, Effort, Expertise, Polish
from simulator.scenario.mechanisms.contracts import (
    ContractTerms,
    Dropout,
    EarnedLinks,
    MarketPrices,
    NoShows,
    Outreach,
    Reciprocity,
)
from simulator.scenario.mechanisms.measurement import BoughtEngagement, EarnedMedia, TrackingLoss
from simulator.scenario.mechanisms.response import (
    AudienceGrowth,
    CallToAction,
    CreativeDiversity,
    Persona,
    SharingMix,
    Sources,
)
from simulator.scenario.mechanisms.trust import Disclosure, Partnership, Replies, Rivals, Scandals
from simulator.scenario.part import Part

__all__ = ["ContractTerms", "MarketPrices", "Mechanism", "Mechanisms", "Outreach"]


class Mechanisms(Part):
    """All mechanisms by name; those that are off have no effect."""

    replies: Replies = Replies()
    disclosure: Disclosure = Disclosure()
    rivals: Rivals = Rivals()
    partnership: Partnership = Partnership()
    scandals: Scandals = Scandals()
    polish: Polish = Polish()
    effort: Effort = Effort()
    creative_control: CreativeControl = CreativeControl()
    brand_belief: BrandBelief = BrandBelief()
    expertise: Expertise = Expertise()
    early_platform: EarlyPlatform = EarlyPlatform()
    persona: Persona = Persona()
    sources: Sources = Sources()
    call_to_action: CallToAction = CallToAction()
    creative_diversity: CreativeDiversity = CreativeDiversity()
    audience_growth: AudienceGrowth = AudienceGrowth()
    market_prices: MarketPrices = MarketPrices()
    contract_terms: ContractTerms = ContractTerms()
    returns: Returns = Returns()
    price_response: PriceResponse = PriceResponse()
    user_content: UserContent = UserContent()
    repeat_purchase: RepeatPurchase = RepeatPurchase()
    subscriptions: Subscriptions = Subscriptions()
    reviews: Reviews = Reviews()
    tracking_loss: TrackingLoss = TrackingLoss()
    earned_media: EarnedMedia = EarnedMedia()
    bought_engagement: BoughtEngagement = BoughtEngagement()
    outreach: Outreach = Outreach()
    no_shows: NoShows = NoShows()
    dropout: Dropout = Dropout()
    reciprocity: Reciprocity = Reciprocity()
    earned_links: EarnedLinks = EarnedLinks()
    feed: Feed = Feed()
    posting_rate: PostingRate = PostingRate()
    goldilocks: Goldilocks = Goldilocks()
    decay_by_size: DecayBySize = DecayBySize()
    amplification: Amplification = Amplification()
    reuse: Reuse = Reuse()
    sales_rep: SalesRep = SalesRep()
    sharing_mix: SharingMix = SharingMix()
