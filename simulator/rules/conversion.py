"""From seeing to buying: click, order after a click, order without one, its lag, and who gets the credit."""

from __future__ import annotations

from simulator.arithmetic import log_, logistic
from simulator.compiled import rule
from simulator.rules.facts import ADS, BY_CODE, BY_LINK, NOBODY, Person, Post, Response, Tie
from simulator.rules.trust import trust_felt


@rule
def click(person: Person, tie: Tie, post: Post, response: Response, exposures: float, engaged: int) -> float:
    """Probability of clicking through to the shop, given that the post is seen."""
    return logistic(
        post.click
        + response.engaged_on_click * engaged
        + response.trust_on_click * (trust_felt(tie, post) - post.trust)
        + response.fit_on_click * person.affinity
        + response.wear_on_click * exposures
        + response.persona_on_click * tie.persona
    )


@rule
def order(person: Person, tie: Tie, post: Post, response: Response, clicked: int) -> float:
    """Probability of intending to order: after the click, or (halo) without one."""
    base = post.order if clicked else post.view_through
    return logistic(
        base
        + response.trust_on_order * (trust_felt(tie, post) - post.trust)
        + response.fit_on_order * person.affinity
        + response.persona_on_order * tie.persona
        + response.quality * (1.0 - response.blindness * tie.persona)
        + heard_before(person, response)
    )


@rule
def heard_before(person: Person, response: Response) -> float:
    """Log-odds of ordering that earlier sources add: none, one, or several (complex contagion)."""
    second = min(person.sources, 1.0)
    third = max(min(person.sources - 1.0, 1.0), 0.0)
    return response.second_source * second + response.third_source * third


@rule
def order_lag(die: float, half_life: float) -> int:
    """Whole days from intent to order: geometric with a half-life in days; 0 is the same day.

    Inverse of the cumulative distribution, with a die in (0, 1); capped at 9,999 days.
    """
    if half_life <= 0.0:
        return 0
    days = -log_(die) * half_life / 0.69314718055994530942
    return int(min(days, 9999.0))


@rule
def click_counts(days_since_click: int, window: float) -> bool:
    """Whether the buyer's last click lies within the attribution window."""
    return 0 <= days_since_click <= window


@rule
def code_entered(die: float, recently_clicked: bool, code_use: float, code_leak: float) -> bool:
    """Whether a buyer enters a code: their influencer's after a click, a leaked one without."""
    return die < (code_use if recently_clicked else code_leak)


@rule
def credited_author(
    clicked: int,
    days_since_click: int,
    tracking: int,
    coded: int,
    die: float,
    window: float,
    use: float,
    leak: float,
    lost: float,
) -> int:
    """The author an order is attributed to, ADS, or NOBODY.

    `clicked` is whose link the buyer clicked last (author, ADS or NOBODY) and `tracking` how that author is tracked;
    `coded` is the author whose code would leak to a buyer who did not click (NOBODY where no code is out). Of orders
    after a click on a tracked link, a share `lost` loses its track.
    """
    if clicked != NOBODY and click_counts(days_since_click, window):
        if clicked == ADS:
            return clicked
        if tracking == BY_LINK:
            return NOBODY if die < lost else clicked
        if tracking == BY_CODE and code_entered(die, True, use, leak):
            return clicked
        return NOBODY
    if coded != NOBODY and code_entered(die, False, use, leak):
        return coded
    return NOBODY


@rule
def still_buys(bought: bool, bought_anyway: bool, by_campaign: bool) -> bool:
    """Whether an order goes through: the campaign sells once, and only to those who have not bought.

    `bought` is because of the campaign: such a buyer is missing from baseline demand. Who bought anyway may again.
    """
    return not bought and not (by_campaign and bought_anyway)


@rule
def demand_stays(die: float, kept: float) -> bool:
    """Whether a buyer who would have come by itself still comes, when a share `kept` of such demand is left."""
    return die < kept


@rule
def leaked_code(chosen: int, first_day: int, day: int) -> int:
    """The author whose code could leak to a buyer today: the one chosen, if their code is out; else NOBODY."""
    return chosen if first_day <= day else NOBODY
