"""What `simulator inspect` tells: one run as lines for people, or as one JSON object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from simulator.engines.inspecting import inspect_run
from simulator.engines.watched import Day
from simulator.engines.watching import DAYS_TO_ORDER, DAYS_TO_VIEW, Event
from simulator.results.outcome import Outcome
from simulator.scenario.offers import ArmPlan
from simulator.scenario.schema import Scenario
from simulator.world.world import World

MONEY: Final = ("revenue", "contribution")
SHOWN: Final = ("impressions", "reach", "engagements", "engagements_word_of_mouth", "clicks", "orders",
                "attributed_orders", "orders_word_of_mouth", "late_orders")  # fmt: skip
LATER: Final = (DAYS_TO_ORDER, DAYS_TO_VIEW)


@dataclass(frozen=True)
class Inspected:
    """One run to look at, and whom and what to look at in it."""

    scenario: Scenario
    world: World
    arm: ArmPlan
    run: int
    people: tuple[int, ...]
    influencers: frozenset[str] | None  # none: all
    day: int | None  # none: all
    baseline: int  # orders of this run without any campaign

    def play(self, tell: Callable[[Day], None]) -> Outcome:
        """Play it; `tell` is called after each day."""
        return inspect_run(self.scenario, self.world, self.arm, self.run, self.people, tell)

    def events(self, day: Day) -> list[Event]:
        """What is to be told of a day."""
        if self.day not in (None, day.day):
            return []
        return [each for each in day.events if self.influencers is None or each.influencer in self.influencers]

    def head_lines(self) -> Iterator[str]:
        """Which run it is, and who the people are."""
        stands = f", each standing for {self.world.people_per_agent:,}" if self.world.people_per_agent > 1 else ""
        yield (
            f"{self.scenario.name.strip()}: run {self.run:,} of {self.arm.name}, in market {self.world.index} of "
            f"{self.world.size:,} people{stands}; money in {self.scenario.currency}"
        )
        yield "p is the probability that the rules gave; yes is a die below it."
        if not self.people:
            yield "Nobody orders or engages in this run; --person ID shows anybody."
        for who in self.people:
            yield _person_line(self._person(who))

    def day_lines(self, day: Day) -> Iterator[str]:
        """One day: its counts and money, then each event; nothing where another day is asked for."""
        if self.day not in (None, day.day):
            return
        counts, events = day.counts, self.events(day)
        if events:
            yield ""
        yield (
            f"Day {day.day}: {counts['impressions']:,} seen, {_several(counts['engagements'], 'engagement')}, "
            f"{_several(counts['clicks'], 'click')}, {_several(counts['orders'], 'order')} "
            f"({counts['attributed_orders']:,} attributed); "
            f"{_spent(day.spent)}, revenue {_money(counts['revenue'])}, contribution {_money(counts['contribution'])}"
        )
        for about, told in groupby(events, key=lambda event: event[1:6]):
            yield f"  {_about(*about)}: {_told(list(told))}"

    def end_lines(self, days: Sequence[Day], outcome: Outcome) -> Iterator[str]:
        """What was paid by result, and what the run came to."""
        tally, settled = outcome.tally, _settled(days, outcome)
        yield ""
        if any(settled.values()):
            yield f"Settled by result after the last day: {_spent(settled)}"
        yield (
            f"In all: {tally.impressions:,} seen by {_several(tally.reach, 'person', 'people')}, "
            f"{_several(tally.engagements, 'engagement')}, {_several(tally.clicks, 'click')}, "
            f"{self._orders(tally.orders)}; "
            f"{_spent(_costs(outcome))}, revenue {_money(tally.revenue)}, contribution {_money(tally.contribution)}"
        )

    def _orders(self, orders: int) -> str:
        """All orders, and the campaign's part as the tables of `run` count it: beyond those without any campaign."""
        caused = f"{orders - self.baseline:,}".replace("-", "−")
        told = f"{_several(orders, 'order')} ({self.baseline:,} baseline, {caused} caused by the campaign)"
        return told if orders or self.baseline else _several(orders, "order")

    def as_json(self, days: Sequence[Day], outcome: Outcome) -> dict[str, Any]:
        """Everything of the run that was asked for, as one object; money in the scenario's currency."""
        told = [day for day in days if self.day in (None, day.day)]
        return {
            "version": 1,
            "scenario": self.scenario.name,
            "arm": self.arm.name,
            "run": self.run,
            "world": self.world.index,
            "currency": self.scenario.currency,
            "people_per_agent": self.world.people_per_agent,
            "people": [self._person(who) for who in self.people],
            "events": [event._asdict() for day in told for event in self.events(day)],
            "days": [_day(day) for day in told],
            "settled": _in_currency(_settled(days, outcome)),
            "outcome": {
                **{name: getattr(outcome.tally, name) for name in SHOWN},
                "baseline_orders": self.baseline,
                "incremental_orders": outcome.tally.orders - self.baseline,
                **{name: getattr(outcome.tally, name) / 100 for name in MONEY},
                "costs": _in_currency(_costs(outcome)),
            },
        }

    def _person(self, who: int) -> dict[str, Any]:
        people, network, audiences = self.world.people, self.world.network, self.world.audiences
        names = {contract.creator.name for contract in (*self.arm.contracts, *self.arm.reserves)}
        follows = [
            {"influencer": name, "trust": float(audiences.trust[edge])}
            for place, name in enumerate(audiences.names)
            if name in names
            for edge in _edges_to(who, audiences.person, audiences.edges(place))
        ]
        return {
            "person": who,
            "topic": list(self.scenario.population.topics)[int(people.topic[who])],
            "affinity": float(people.affinity[who]),
            "susceptibility": float(people.susceptibility[who]),
            "activity": int(people.activity[who]),
            "peers": int(network.offsets[who + 1] - network.offsets[who]),
            "follows": follows,
        }


def _edges_to(who: int, followers: Any, edges: slice) -> Iterable[int]:
    """The follow edges among `edges` that lead to a person: one or none; followers ascend."""
    place = int(followers[edges].searchsorted(who)) + edges.start
    return [place] if place < edges.stop and int(followers[place]) == who else []


def _person_line(person: Mapping[str, Any]) -> str:
    follows = ", ".join(f"{tie['influencer']} (trust {tie['trust']:.2f})" for tie in person["follows"])
    return (
        f"Person {person['person']}: {person['topic']}, affinity {_signed(person['affinity'])}, susceptibility "
        f"{_signed(person['susceptibility'])}, more active than {person['activity'] / 256:.0%}, "
        f"{_several(person['peers'], 'peer')}; follows {follows or 'nobody of this plan'}"
    )


def _about(person: int | None, influencer: str | None, post: str | None, through: str | None, peer: int | None) -> str:
    who = [f"person {person}"] if person is not None else []
    what = post or influencer
    way = f"{through} {peer}" if peer is not None else through
    if what:
        return ", ".join([*who, f"{what} ({way})" if way else what])
    return ", ".join([*who, *([way] if way else [])])


def _told(events: Sequence[Event]) -> str:
    """The events of one meeting, in a row; how many days something takes is said of what it follows."""
    parts: list[str] = []
    for event in events:
        if event.decision in LATER and parts:
            parts[-1] += ", the same day" if event.outcome == 0 else f", {_several(int(event.outcome), 'day')} later"
        elif event.probability is not None and event.die is not None:
            p, die = _apart(event.probability, event.die)
            parts.append(f"{event.decision}? p = {p}, die {die} → {'yes' if event.outcome else 'no'}")
        else:
            parts.append(event.decision if event.outcome is True else f"{event.decision}: {event.outcome}")
    return "; ".join(parts)


def _apart(probability: float, die: float) -> tuple[str, str]:
    """Both with three digits, or as many as tell them apart."""
    for digits in range(3, 18):
        p, d = f"{probability:.{digits}g}", f"{die:.{digits}g}"
        if p != d:
            return p, d
    return repr(probability), repr(die)


def _spent(cents: Mapping[str, int]) -> str:
    parts = [f"{kind.removeprefix('cost_')} {_money(each)}" for kind, each in cents.items() if each]
    return f"spent {_money(sum(cents.values()))}" + (f" ({', '.join(parts)})" if parts else "")


def _several(count: int, what: str, many: str = "") -> str:
    return f"{count:,} {what if count == 1 else many or what + 's'}"


def _money(cents: int) -> str:
    return f"{cents / 100:,.2f}".replace("-", "−")


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _costs(outcome: Outcome) -> dict[str, int]:
    return {name: cents for name, cents in vars(outcome.tally).items() if name.startswith("cost_")}


def _settled(days: Sequence[Day], outcome: Outcome) -> dict[str, int]:
    """Cents by kind that no day brought: what is due by result is known at the end."""
    return {kind: cents - sum(day.spent[kind] for day in days) for kind, cents in _costs(outcome).items()}


def _in_currency(cents: Mapping[str, int]) -> dict[str, float]:
    return {kind: each / 100 for kind, each in cents.items()}


def _day(day: Day) -> dict[str, Any]:
    counts = {name: value / 100 if name in MONEY else value for name, value in day.counts.items()}
    return {"day": day.day, **counts, "costs": _in_currency(day.spent)}
