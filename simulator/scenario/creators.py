"""Who can be hired: creators named `<hire key>#<k>`, their followers stated, drawn, or taken from a roster."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, islice, takewhile
from typing import Final

from simulator.dice import CREATOR, NO_WORLD, identity, inner_unit, throw
from simulator.errors import BadQuantity
from simulator.quantity import Quantity
from simulator.scenario.offers import ArmPlan, Creator
from simulator.scenario.problems import Place, Problems, child, did_you_mean
from simulator.scenario.roster import accounts_of
from simulator.scenario.schema import Hire, Roster, Scenario

NOWHERE: Final = Place("")
MOST_CREATORS: Final = 40_000
MOST_POSTS: Final = 400_000
MOST_LOOKS: Final = 5_000_000  # at rows of rosters
ROUNDING: Final = 1.0 + 1e-9


@dataclass
class Room:
    """What can still be planned, and looked through for it: what is absurd shall end in a second or two."""

    creators: int = MOST_CREATORS
    posts: int = MOST_POSTS
    rows: int = MOST_LOOKS

    def taken(self, posts: int) -> bool:
        """Whether there was room for one more creator with so many posts, which is then taken."""
        self.creators -= 1
        self.posts -= posts
        return self.creators >= 0 and self.posts >= 0


@dataclass(frozen=True)
class Casting:
    """Looks for the creators of one hire; what is wrong with it goes to the problems."""

    scenario: Scenario
    hire: Hire
    path: str
    problems: Problems
    room: Room

    def creators(self, *, signed: int = 0) -> Iterator[Creator]:
        """Creators in the order in which they are hired; the first ten of twenty are the ten.

        So many of them are `signed` already, and take no more room.
        """
        possible = takewhile(self._possible, self._candidates())
        return chain(islice(possible, signed), takewhile(self._has_room, possible))

    def _has_room(self, _creator: Creator) -> bool:
        """Whether one more creator can be planned; if not, that is a problem of the hire."""
        if self.room.taken(len(self.hire.posts)):
            return True
        message = f"all arms together hire or invite more than {MOST_CREATORS:,} creators, or {MOST_POSTS:,} posts"
        self._problem("count", message, "lower the counts, the posts, or outreach.invitations")
        return False

    def _candidates(self) -> Iterator[Creator]:
        topic = self.hire.topic or self.scenario.brand.topic
        if self.hire.topic is not None and not self._known_topic(topic, "topic"):
            return iter(())
        if self.hire.roster is None:
            return self._invented(topic)
        if self.hire.followers is not None:
            self._problem(
                "followers", "come from the roster", "write roster: {followers: [low, high]} to choose by size"
            )
        return self._from_roster(self.hire.roster, topic)

    def _invented(self, topic: str) -> Iterator[Creator]:
        bounds = self._tier_range()
        if bounds is None:
            return
        size_of = sizes(self.hire.followers, bounds, self.scenario.platform.account_followers, self.scenario.seed)
        for k in count(1):
            name = f"{self.hire.key}#{k}"
            size = size_of(name)
            if not self._fits(size, bounds):
                return
            yield self._creator(name, size, topic, {})

    def _tier_range(self) -> tuple[int, int | None] | None:
        """Range of followers of the stated tier, or any size; none if the tier is unknown."""
        scheme = self.scenario.tiers
        if self.hire.tier is None:
            return (1, None)
        if self.hire.tier not in scheme.tiers:
            message = f"{self.hire.tier!r} is not a tier of {scheme.name}"
            self._problem("tier", message, did_you_mean(self.hire.tier, scheme.tiers))
            return None
        return scheme.tiers[self.hire.tier]

    def _fits(self, size: int, bounds: tuple[int, int | None]) -> bool:
        low, high = bounds
        if low <= size and (high is None or size < high):
            return True
        fitting = self.scenario.tiers.label(size)
        upper = "above" if high is None else f"below {high:,}"
        message = f"{size:,} followers are not {self.hire.tier or 'possible'} (from {low:,}, {upper})"
        remedy = f"write tier: {fitting}" if self.hire.tier else "give at least 1"
        thousands = size * 1000
        if 0 < size < 1000 and low <= thousands and (high is None or thousands < high):
            remedy = f"write {thousands}, without a point, if that is meant, or tier: {fitting}"
        self._problem("followers", message, remedy)
        return False

    def _from_roster(self, roster: Roster, topic: str) -> Iterator[Creator]:
        bounds = self._tier_range()
        if bounds is None or not self._readable(roster):
            return
        try:
            accounts = accounts_of(roster)
        except BadQuantity as error:
            place = "columns" if error.field == "column" else error.field
            self._problem(f"roster.{place}", error.message, error.suggestion)
            return
        if not self._has_time_for(len(accounts)):
            return
        least, most = roster.followers or (0, None)
        low, high = max(bounds[0], least), min(bounds[1] or math.inf, most or math.inf)
        topics = None if roster.topic is None else {*roster.topic, *([""] if topic in roster.topic else [])}
        chosen = {
            account.id: account
            for account in accounts
            if low <= account.followers < high and (topics is None or account.topic in topics)
        }
        for name in sorted(chosen, key=lambda name: (identity(self.scenario.seed, name), name)):
            _, followers, own, rates = chosen[name]
            if not self._known_topic(own or topic, "roster.topic"):
                return
            yield self._creator(f"{self.hire.key}#{name}", followers, own or topic, rates)

    def _has_time_for(self, rows: int) -> bool:
        """Whether so many rows of a roster can still be looked through; if not, that is a problem of the hire."""
        self.room.rows -= rows
        if self.room.rows < 0:
            message = f"all hires together look through more than {MOST_LOOKS:,} rows"
            self._problem("roster.file", message, "give a smaller roster, or fewer hires from it")
        return self.room.rows >= 0

    def _readable(self, roster: Roster) -> bool:
        """Whether the roster names a file and the columns without which there is no account."""
        if not roster.file:
            self._problem("roster", "no roster file is named", "add --set roster.file=PATH, or roster: {file: PATH}")
            return False
        lacking = [word for word in ("id", "followers") if word not in roster.columns]
        if lacking:
            example = ", ".join(f"{word}: <column>" for word in lacking)
            message = f"does not say which column holds {lacking[0]}"
            self._problem("roster.columns", message, f"add columns: {{{example}}}")
        return not lacking

    def _creator(self, name: str, size: int, topic: str, known: Mapping[str, float]) -> Creator:
        stated = (
            "focus",
            "real_share",
            "engagement_rate",
            "reach_rate",
            "click_rate",
            "conversion_rate",
            "posts_per_week",
        )
        numbers = {key: getattr(self.hire, key) for key in stated}
        rates = {key: number.value for key, number in numbers.items() if number is not None}
        return Creator(name, self.hire.key, self.scenario.tiers.label(size), size, topic, **{**known, **rates})

    def _possible(self, creator: Creator) -> bool:
        """Whether the stated rates agree with each other; if not, that is a problem of the hire."""
        ceiling = self.scenario.behavior.engagement_ceiling.mean()
        limits = (
            ("engagement_rate", "reach_rate", ceiling),
            ("engagement_rate", "real_share", ceiling),
            ("reach_rate", "real_share", 1.0),
        )
        for rate, limit, factor in limits:
            stated, most = getattr(creator, rate), getattr(creator, limit)
            if stated is None or most is None or stated <= factor * most * ROUNDING:
                continue
            times = "" if factor == 1.0 else f"{factor:.7g} (engagement_ceiling) x "
            message = f"{rate} {stated:.7g} of {creator.name} lies above {times}its {limit} {most:.7g}"
            remedy = f"give {rate} of at most {factor * most:.7g}, or a higher {limit}"
            place = next((word for word in (rate, limit) if getattr(self.hire, word) is not None), "roster")
            self._problem(place, message, remedy)
            return False
        return True

    def _known_topic(self, topic: str, place: str) -> bool:
        return known_topic(self.scenario, topic, child(self.path, place), self.problems)

    def _problem(self, place: str, message: str, suggestion: str | None) -> None:
        self.problems.add(NOWHERE, child(self.path, place), message, suggestion)


def known_topic(scenario: Scenario, topic: str, path: str, problems: Problems) -> bool:
    """Whether a topic is one of the people's; if not, that is a problem."""
    topics = scenario.population.topics
    if topic not in topics:
        problems.add(NOWHERE, path, f"{topic!r} is not among the people's topics", did_you_mean(topic, topics))
    return topic in topics


def same_everywhere(arms: Iterable[ArmPlan], problems: Problems) -> tuple[Creator, ...]:
    """All creators by name; one name in two arms must be one creator."""
    found: dict[str, tuple[str, Creator]] = {}
    for arm in arms:
        for contract in (*arm.contracts, *arm.reserves):
            creator = contract.creator
            first, known = found.setdefault(creator.name, (arm.name, creator))
            if known != creator:
                message = f"{creator.name} differs from the creator of that name in {first!r}"
                remedy = "state the same followers, topic and rates, or another key:"
                problems.add(NOWHERE, f"arms.{arm.name}.hire", message, remedy)
                break
    return tuple(found[name][1] for name in sorted(found))


def sizes(
    stated: Quantity | None, bounds: tuple[int, int | None], accounts: Quantity, seed: int
) -> Callable[[str], int]:
    """Followers of invented creators by name: stated, drawn as stated, or from `accounts` within the tier's range."""
    if stated is not None and not stated.uncertain:
        known = int(stated.value + 0.5)
        return lambda _name: known
    if stated is not None:
        return lambda name: int(stated.at(_luck(seed, name)) + 0.5)
    low, high = bounds
    bottom = _below(accounts, low)
    top = 1.0 if high is None else _below(accounts, high)

    def drawn(name: str) -> int:
        size = int(accounts.at(bottom + _luck(seed, name) * (top - bottom)))
        return max(low, size) if high is None else min(max(low, size), high - 1)

    return drawn


def _luck(seed: int, name: str) -> float:
    return inner_unit(throw(seed, NO_WORLD, 0, identity(name), 0, CREATOR, 0)[0])


def _below(accounts: Quantity, followers: int) -> float:
    """Share of accounts with fewer followers, by bisection of their quantiles."""
    low, high = 1e-12, 1.0 - 1e-12
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if accounts.at(middle) < followers else (low, middle)
    return 0.5 * (low + high)
