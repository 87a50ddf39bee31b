"""How a run is measured: what codes take off, which orders lose their track, what engagement is bought or priced at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.dice import FRAUD
from simulator.rules.fraud import buys_engagement
from simulator.scenario.draws import Draws
from simulator.scenario.money import cents
from simulator.scenario.offers import Contract
from simulator.scenario.schema import Scenario


@dataclass(frozen=True)
class MediaValue:
    """What a like, a comment and a share are priced at, in currency units."""

    like: float
    comment: float
    share: float

    def of(self, likes: int, comments: int, shares: int) -> int:
        """Earned media value of so many engagements, in cents: no money that anybody earns."""
        return cents(likes * self.like + comments * self.comment + shares * self.share)


@dataclass(frozen=True)
class Terms:
    """How one author's orders and engagements are measured in one run."""

    discount: int  # cents off an order with the author's code
    tracking_loss: float  # share of orders after a click on the author's link that are not attributed
    bought_per_real: float  # engagements the author buys per real one


def terms_of(scenario: Scenario, draws: Draws, authors: Sequence[Contract]) -> tuple[Terms, ...]:
    """The terms of each author, in the order of the brief."""
    loss, fraud = scenario.mechanisms.tracking_loss, scenario.mechanisms.bought_engagement
    price = draws.number(scenario.product.price)
    return tuple(
        Terms(
            discount=cents(price * author.discount),
            tracking_loss=draws.curve(loss.share, author.creator.followers) if loss.on else 0.0,
            bought_per_real=_bought(scenario, draws, author) if fraud.on else 0.0,
        )
        for author in authors
    )


def media_value(scenario: Scenario, draws: Draws) -> MediaValue:
    """At what engagements are priced in this run."""
    value = scenario.mechanisms.earned_media
    return MediaValue(draws.number(value.like), draws.number(value.comment), draws.number(value.share))


def _bought(scenario: Scenario, draws: Draws, contract: Contract) -> float:
    fraud, creator = scenario.mechanisms.bought_engagement, contract.creator
    luck = draws.luck(FRAUD, creator.name)[0]
    buys = buys_engagement(luck, draws.curve(fraud.prevalence, creator.followers))
    return draws.number(fraud.per_real) if buys else 0.0
