"""From stated rates to the facts of a post: what a typical audience does on average, as log-odds of one person."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.arithmetic import log_, logistic
from simulator.compiled import rule
from simulator.rules.facts import Post, Response
from simulator.rules.reference import NEVER, solve_intercept


class Rates(NamedTuple):
    """Means over an audience, as published or stated."""

    engage: float  # given seen
    click: float  # given seen
    order: float  # given click
    halo: float  # untracked orders per tracked order
    comment: float  # share of engagements
    share: float  # share of engagements


class Audience(NamedTuple):
    """A weighted sample of an audience: arrays of one length."""

    weight: Any
    affinity: Any
    trust: Any  # less the reference trust of the post
    susceptibility: Any
    persona: Any  # 1 for those who follow for persona


class Scratch(NamedTuple):
    """Room for one solution: arrays of twice the audience's length."""

    weight: Any
    offset: Any
    clicking: Any


@rule
def view_through_rate(rates: Rates) -> float:
    """Chance of an order without a click that gives `halo` untracked orders per tracked one."""
    if rates.click >= 1.0:
        return 0.0
    return min(0.999, rates.halo * rates.click * rates.order / (1.0 - rates.click))


@rule
def settle_post(
    rates: Rates,
    response: Response,
    trust: float,
    by_peer: float,
    engagers: Audience,
    clickers: Audience,
    buyers: Audience,
    scratch: Scratch,
) -> Post:
    """The facts of a post with which each audience shows the stated mean.

    `engagers`, `clickers`, `buyers` are the audiences the three rates are stated for (equal where one source states
    all). Clicks are split between engaged and not engaged by an odds ratio; the overall click rate stays.
    """
    engage = _solve_engage(rates.engage, response, by_peer, engagers, scratch)
    click = _solve_click(rates.click, engage, response, by_peer, clickers, scratch)
    order = _solve_order(rates.order, engage, click, 1, response, by_peer, buyers, scratch)
    view_through = NEVER
    if rates.halo > 0.0:
        view_through = _solve_order(view_through_rate(rates), engage, click, 0, response, by_peer, buyers, scratch)
    return Post(engage, click, order, view_through, rates.comment, rates.share, trust, by_peer, 1.0, 0.0)


@rule
def _engage_offset(i: int, response: Response, by_peer: float, audience: Audience) -> float:
    return (
        response.trust_on_engage * audience.trust[i]
        + response.fit_on_engage * audience.affinity[i]
        + response.susceptibility_on_engage * audience.susceptibility[i] * by_peer
        + response.persona_on_engage * audience.persona[i]
    )


@rule
def _click_offset(i: int, response: Response, audience: Audience) -> float:
    return (
        response.trust_on_click * audience.trust[i]
        + response.fit_on_click * audience.affinity[i]
        + response.persona_on_click * audience.persona[i]
    )


@rule
def _order_offset(i: int, response: Response, audience: Audience) -> float:
    return (
        response.trust_on_order * audience.trust[i]
        + response.fit_on_order * audience.affinity[i]
        + response.persona_on_order * audience.persona[i]
    )


@rule
def _solve_engage(target: float, response: Response, by_peer: float, audience: Audience, scratch: Scratch) -> float:
    size = audience.weight.size
    for i in range(size):
        scratch.weight[i] = audience.weight[i]
        scratch.offset[i] = _engage_offset(i, response, by_peer, audience)
    return solve_intercept(target, scratch.weight[:size], scratch.offset[:size])


@rule
def _solve_click(
    target: float, engage: float, response: Response, by_peer: float, audience: Audience, scratch: Scratch
) -> float:
    size = audience.weight.size
    for i in range(size):
        engaging = logistic(engage + _engage_offset(i, response, by_peer, audience))
        offset = _click_offset(i, response, audience)
        scratch.weight[i] = audience.weight[i] * engaging
        scratch.offset[i] = offset + response.engaged_on_click
        scratch.weight[size + i] = audience.weight[i] * (1.0 - engaging)
        scratch.offset[size + i] = offset
    return solve_intercept(target, scratch.weight[: 2 * size], scratch.offset[: 2 * size])


@rule
def _solve_order(
    target: float,
    engage: float,
    click: float,
    clicked: int,
    response: Response,
    by_peer: float,
    audience: Audience,
    scratch: Scratch,
) -> float:
    """Intercept of ordering among those who clicked (1) or did not (0), who differ from the audience as a whole."""
    size = audience.weight.size
    total = 0.0
    for i in range(size):
        engaging = logistic(engage + _engage_offset(i, response, by_peer, audience))
        offset = _click_offset(i, response, audience)
        clicking = engaging * logistic(click + offset + response.engaged_on_click)
        clicking = clicking + (1.0 - engaging) * logistic(click + offset)
        scratch.weight[i] = audience.weight[i] * (clicking if clicked else 1.0 - clicking)
        scratch.offset[i] = _order_offset(i, response, audience)
        total += scratch.weight[i]
    if total <= 0.0:
        return NEVER
    return solve_intercept(target, scratch.weight[:size], scratch.offset[:size])


@rule
def per_step(odds_ratio: float, step: float) -> float:
    """Log-odds per unit of a fact, from an odds ratio per `step` of it."""
    return log_(odds_ratio) / step
