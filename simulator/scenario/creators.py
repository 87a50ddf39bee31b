"""Who can be hired: creators named `<hire key>#<k>`, their followers stated, drawn, or taken from a roster."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from simulator.dice import CREATOR, NO_WORLD, identity, inner_unit, throw
from simulator.errors import BadQuantity
from simulator.quantity import BOUNDS, Quantity
from simulator.scenario.offers import Creator
from simulator.scenario.problems import Place, Problems, child, did_you_mean
from simulator.scenario.samples import read_table, table_file
from simulator.scenario.schema import Hire, Roster, Scenario

NOWHERE: Final = Place("")
# Log followers of 33,935 real Instagram accounts (Kim et al. 2020), fitted by a normal.
RATES: Final = ("engagement_rate", "reach_rate", "real_share")


@dataclass(frozen=True)
class Casting:
    """Looks for the creators of one hire; what is wrong with it goes to the problems."""

    scenario: Scenario
    hire: Hire
    path: str
    problems: Problems

    def creators(self) -> Iterator[Creator]:
        """Creators in the order in which they are hired; the first ten of twenty are the ten."""
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
        for k in count(1):
            name = f"{self.hire.key}#{k}"
            size = followers_of(
                self.hire.followers, bounds, self.scenario.platform.account_followers, self.scenario.seed, name
            )
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
        self._problem("followers", message, f"write tier: {fitting}" if self.hire.tier else "give at least 1")
        return False

    def _from_roster(self, roster: Roster, topic: str) -> Iterator[Creator]:
        rows = self._rows(roster)
        bounds = self._tier_range()
        if rows is None or bounds is None:
            return
        limits = (bounds, roster.followers or (0, None))
        chosen: dict[str, Creator] = {}
        for line, row in enumerate(rows, 2):
            found = self._account(roster, row, line, topic)
            if found is None:
                return
            wanted = roster.topic is None or found.topic in roster.topic
            if wanted and all(low <= found.followers < (high or math.inf) for low, high in limits):
                chosen[row[roster.columns["id"]]] = found
        for account in sorted(chosen, key=lambda account: (identity(self.scenario.seed, account), account)):
            if not self._known_topic(chosen[account].topic, "roster.topic"):
                return
            yield chosen[account]

    def _rows(self, roster: Roster) -> list[dict[str, str]] | None:
        if not roster.file:
            self._problem("roster", "no roster file is named", "add --set roster.file=PATH, or roster: {file: PATH}")
            return None
        lacking = [word for word in ("id", "followers") if word not in roster.columns]
        if lacking:
            example = ", ".join(f"{word}: <column>" for word in lacking)
            message = f"does not say which column holds {lacking[0]}"
            self._problem("roster.columns", message, f"add columns: {{{example}}}")
            return None
        try:
            return read_table(table_file(roster.file, Path()), roster.columns.values())
        except BadQuantity as error:
            place = "columns" if error.field == "column" else error.field
            self._problem(f"roster.{place}", error.message, error.suggestion)
            return None

    def _account(self, roster: Roster, row: dict[str, str], line: int, topic: str) -> Creator | None:
        """The creator of one row of the roster; none if a cell is not what its column promises."""
        columns = roster.columns
        account = row[columns["id"]]
        text = row[columns["followers"]] or ""
        rates: dict[str, float] = {}
        try:
            size = int(float(text))
            for rate in RATES:
                if rate in columns and (text := row[columns[rate]] or ""):
                    rates[rate] = _share(text)
        except (ValueError, OverflowError):
            account = ""
        if not account:
            message = f"line {line} has no id, or holds {text[:40]!r}, which is not a number in range"
            self._problem("roster.file", message, "correct or remove the row")
            return None
        if "topic" in columns:
            topic = row[columns["topic"]] or topic
        return self._creator(f"{self.hire.key}#{account}", size, topic, rates)

    def _creator(self, name: str, size: int, topic: str, known: dict[str, float]) -> Creator:
        stated = ("focus", "real_share", "engagement_rate", "reach_rate", "click_rate", "conversion_rate")
        numbers = {key: getattr(self.hire, key) for key in stated}
        rates = {key: number.value for key, number in numbers.items() if number is not None}
        return Creator(name, self.hire.key, self.scenario.tiers.label(size), size, topic, **{**known, **rates})

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


def followers_of(
    stated: Quantity | None, bounds: tuple[int, int | None], accounts: Quantity, seed: int, name: str
) -> int:
    """Followers of an invented creator: stated, drawn as stated, or drawn from `accounts` within the tier's range."""
    if stated is not None and not stated.uncertain:
        return int(stated.value + 0.5)
    luck = inner_unit(throw(seed, NO_WORLD, 0, identity(name), 0, CREATOR, 0)[0])
    if stated is not None:
        return int(stated.at(luck) + 0.5)
    low, high = bounds
    bottom = _below(accounts, low)
    top = 1.0 if high is None else _below(accounts, high)
    size = int(accounts.at(bottom + luck * (top - bottom)))
    return max(low, size) if high is None else min(max(low, size), high - 1)


def _below(accounts: Quantity, followers: int) -> float:
    """Share of accounts with fewer followers, by bisection of their quantiles."""
    low, high = 1e-12, 1.0 - 1e-12
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if accounts.at(middle) < followers else (low, middle)
    return 0.5 * (low + high)


def _share(text: str) -> float:
    value = float(text)
    low, high = BOUNDS["share"]
    if not low <= value <= high:
        raise ValueError(text)
    return value
