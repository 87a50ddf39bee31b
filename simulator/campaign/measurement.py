"""How a run is measured: what codes take off, which orders lose their track, what engagement is bought or priced at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.dice import FRAUD, NO_WORLD, identity, inner_unit, throw
from simulator.rules.fraud import buys_engagement
from simulator.scenario.draws import Draws
from simulator.scenario.offers import Contract, cents
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
class Measurement:
    """Per author, in the order of the brief, where it says so."""

    discounts: tuple[int, ...]  # cents off an order with the author's code
    tracking_loss: tuple[float, ...]  # share of orders after a click on the author's link that are not attributed
    bought_per_real: tuple[float, ...]  # engagements the author buys per real one
    return_handling: int  # cents per return
    media_value: MediaValue


def measurement_of(scenario: Scenario, draws: Draws, authors: Sequence[Contract]) -> Measurement:
    """The measurement of an arm in one run."""
    known = scenario.mechanisms
    price, none = draws.number(scenario.product.price), (0.0,) * len(authors)
    loss, fraud = known.tracking_loss, known.bought_engagement
    return Measurement(
        discounts=tuple(cents(price * contract.discount) for contract in authors),
        tracking_loss=tuple(draws.curve(loss.share, a.creator.followers) for a in authors) if loss.on else none,
        bought_per_real=tuple(_bought(scenario, draws, a) for a in authors) if fraud.on else none,
        return_handling=cents(draws.number(known.returns.handling_cost)),
        media_value=draws.once(_media_value, scenario),
    )


def _bought(scenario: Scenario, draws: Draws, contract: Contract) -> float:
    fraud, creator = scenario.mechanisms.bought_engagement, contract.creator
    word = throw(draws.seed, NO_WORLD, 0, identity(creator.name), draws.run, FRAUD, 0)[0]
    buys = buys_engagement(inner_unit(word), draws.curve(fraud.prevalence, creator.followers))
    return draws.number(fraud.per_real) if buys else 0.0


def _media_value(scenario: Scenario, draws: Draws) -> MediaValue:
    value = scenario.mechanisms.earned_media
    return MediaValue(draws.number(value.like), draws.number(value.comment), draws.number(value.share))
