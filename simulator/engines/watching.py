"""A run written down as it is played: which die was held against which chance, for some people and all influencers.

Rules in Python compare a die with a chance. Here the dice are numbers that note each such comparison and are else the
numbers they were, so what is written down is what the rule did, and nothing it does changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

from simulator import dice
from simulator.campaign.brief import Brief
from simulator.campaign.demand import baseline_buyers
from simulator.dice import inner_unit
from simulator.rules.advert import OWNED, PAID, VISIT
from simulator.scenario.draws import Draws
from simulator.world.world import World

DAYS_TO_ORDER: Final = "days until the order is due"
DAYS_TO_VIEW: Final = "days until it is seen"
SEES, SHOWN, ENGAGES, CLICKS, INTENDS = "sees", "is shown", "engages", "clicks", "intends to order"
KINDS: Final = ("shares", "shares or comments")
CODE: Final = "enters a code, or the link loses its track"
ANYWAY: Final = "buys without the campaign"
ORDERS, WHY, CREDIT, NOBODY_CREDITED = "orders", "why", "order is credited to", "nobody"
# Why a person ordered. The halo is the least known number of the model, so its orders say what they are.
CLICKED: Final = "a click on the post"
HALO: Final = "the halo (orders that follow a post without a click)"
UNTRACKED: Final = f"an untracked order: {HALO}"
DEMAND: Final = "baseline demand, would have ordered anyway"
LINK: Final = "a link to the brand that a creator set"
LIST: Final = "the brand's own list"
AGAIN: Final = "won by the campaign before, orders again"
BY_CONTACT: Final = {
    PAID: "a click on an ad",
    VISIT: "the visit of a sales representative",
    OWNED: "creators' content on the brand's own site",
}
Names = tuple[str, ...]  # of the comparisons of one die, in their order
MEETING: Final[tuple[Names, ...]] = ((ENGAGES,), KINDS, (CLICKS,), (INTENDS,))
BY_OWN_RULE: Final[tuple[Names, ...]] = ((ENGAGES,), ("kind of engagement",) * 8, (CLICKS,), (INTENDS,))
BUYING: Final[tuple[Names, ...]] = ((DAYS_TO_ORDER,), (CODE,), (), ())
# What the words of a decision are asked; without a name, they are no question of yes or no.
ASKED: Final[dict[int, tuple[Names, ...]]] = {
    dice.SEEN: ((SEES,),) * 4,
    dice.SHOWN: ((SHOWN,),) * 4,
    dice.MEET: MEETING,
    dice.MEET_PEER: MEETING,
    dice.MEET_SHOWN: MEETING,
    dice.PURCHASE: BUYING,
    dice.PURCHASE_PEER: BUYING,
    dice.PURCHASE_SHOWN: BUYING,
    dice.BUYER: ((), (CODE,), (), (ANYWAY,)),
    dice.ADVERT: ((), (CLICKS,), (INTENDS,), (DAYS_TO_ORDER,)),
    dice.ANSWER: (("is answered by the author", "is answered by the author or a machine"), (), (), ()),
    dice.AFTERWARDS: (("sends it back",), ("reviews it",), ("posts about it",), ("orders again",)),
    dice.SUBSCRIBE: (("joins the list",), ("intends to order from the list",), (), ()),
    dice.OUTREACH: (("takes a fair offer",), (), ("settles for less",), ("adds a post as a favor",)),
    dice.KEEPING: (("misses the post",), ("leaves the deal",), (), ()),
    dice.LINK: (("sets a link",), (), (), ()),
    dice.FRAUD: (("buys engagement",), (), (), ()),
}


class Event(NamedTuple):
    """One thing that was decided, or that happened: then without a chance, and mostly without a die."""

    day: int
    person: int | None
    influencer: str | None
    post: str | None
    through: str | None  # how the person came by it: feed, peer, platform, ad …
    peer: int | None  # who showed it
    decision: str
    probability: float | None
    die: float | None
    outcome: bool | int | str


class Where(NamedTuple):
    """Whom and what an event is about."""

    person: int | None = None
    influencer: str | None = None
    post: str | None = None
    through: str | None = None
    peer: int | None = None


@dataclass
class Watch:
    """What is written down of one run while it is played, and where it stands."""

    people: frozenset[int]
    today: int = 0
    acting: int | None = None  # the person whose turn it is, if watched
    events: list[Event] = field(default_factory=list)

    def note(
        self,
        where: Where,
        decision: str,
        outcome: bool | int | str,  # noqa: FBT001  (an answer may be yes or no)
        *,
        chance: float | None = None,
        die: float | None = None,
    ) -> None:
        """Write down an event of today."""
        self.events.append(Event(self.today, *where, decision, chance, die, outcome))

    def settle(self, days: int) -> None:
        """Say what the last die came to, if it told a number of days."""
        if self.events and self.events[-1].decision == DAYS_TO_ORDER:
            self.events[-1] = self.events[-1]._replace(outcome=days)

    def die(self, value: float, names: Names, where: Where) -> float:
        """A number that notes what it is compared with, in as far as that has names."""
        if names == (DAYS_TO_ORDER,):
            self.note(where, DAYS_TO_ORDER, 0, die=value)
            return value
        return Die(value, self._noting(value, names, where)) if names else value

    def _noting(self, value: float, names: Names, where: Where) -> Callable[[float, bool], None]:
        left = iter(names)

        def note(chance: float, outcome: bool) -> None:  # noqa: FBT001
            name = next(left, None)
            if name is not None:
                self.note(where, name, outcome, chance=float(chance), die=value)

        return note


class Die(float):
    """A die that tells what it was compared with; yes is to lie below a chance. As a number it is the number."""

    note: Callable[[float, bool], None]

    def __new__(cls, value: float, note: Callable[[float, bool], None]) -> Self:
        """A die of this value."""
        made = super().__new__(cls, value)
        made.note = note
        return made

    def _told(self, chance: float, outcome: bool) -> bool:  # noqa: FBT001
        self.note(chance, outcome)
        return outcome

    def __lt__(self, chance: float) -> bool:
        return self._told(chance, float(self) < chance)

    def __le__(self, chance: float) -> bool:
        return self._told(chance, float(self) <= chance)

    def __gt__(self, chance: float) -> bool:
        return not self._told(chance, not float(self) > chance)

    def __ge__(self, chance: float) -> bool:
        return not self._told(chance, not float(self) >= chance)


class Word(int):
    """A word of watched dice: what it is asked, and whom it is about."""

    names: Names
    where: Where

    def __new__(cls, value: int, names: Names, where: Where) -> Self:
        """A word of this value."""
        made = super().__new__(cls, value)
        made.names, made.where = names, where
        return made

    def as_die(self, watch: Watch) -> float:
        """The die that rules take."""
        return watch.die(inner_unit(int(self)), self.names, self.where)


@dataclass(frozen=True)
class WatchedDraws(Draws):
    """The draws of a run whose influencers are watched."""

    watch: Watch = field(default_factory=lambda: Watch(frozenset()), compare=False)
    scandals: dict[str, float] = field(default_factory=dict, compare=False)  # die of each influencer's scandal

    def luck(self, decision: int, *about: str | int) -> tuple[float, ...]:
        """The four dice of what an influencer decides, which tell what they are compared with."""
        values, name = super().luck(decision, *about), str(about[0])
        if decision == dice.SCANDAL:
            self.scandals[name] = values[0]
        where = Where(influencer=name, post=post_name(name, about[-1]) if len(about) > 1 else None)
        asked = ASKED.get(decision, ((),) * 4)
        return tuple(self.watch.die(value, names, where) for value, names in zip(values, asked, strict=True))


def demanding(brief: Brief, world: World) -> list[int]:
    """Agents who order on each day whatever the brand does: baseline demand, without those whom a link brings."""
    offsets, _ = baseline_buyers(brief.seed, world.index, brief.run, brief.horizon, brief.baseline_per_day, world.size)
    return [int(count) for count in offsets[1:] - offsets[:-1]]


def post_name(influencer: str, number: int | str) -> str:
    """What a post is called."""
    return f"{influencer} post {number}"


def watched_draws(draws: Draws, watch: Watch) -> WatchedDraws:
    """The same draws, watched; nothing remembered of others."""
    return WatchedDraws(draws.seed, draws.world, draws.run, draws.replicates, draws.design, watch=watch)
