"""Followers as Mesa agents, some of whom are watched: the same people with the same dice, who say what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator import dice
from simulator.campaign.brief import Brief
from simulator.campaign.discovering import Discovery
from simulator.campaign.posts import PostBrief
from simulator.engines import columns as c
from simulator.engines.adding_up import costs_of, days_of, of_people
from simulator.engines.follower import Follower
from simulator.engines.followers_mesa import MesaFollowers
from simulator.engines.society import Society
from simulator.engines.watching import (
    AGAIN,
    ASKED,
    BY_CONTACT,
    BY_OWN_RULE,
    CLICKED,
    CLICKS,
    CREDIT,
    DAYS_TO_VIEW,
    DEMAND,
    HALO,
    LINK,
    LIST,
    MEETING,
    NOBODY_CREDITED,
    ORDERS,
    UNTRACKED,
    WHY,
    Event,
    Watch,
    WatchedDraws,
    Where,
    Word,
    demanding,
    post_name,
)
from simulator.results.outcome import DAILY
from simulator.rules.advert import OWNED, PAID, VISIT
from simulator.world.world import World

if TYPE_CHECKING:
    from simulator.engines.model import CampaignModel

CONTACTS: Final = {PAID: "ad", VISIT: "representative", OWNED: "own site"}
THROUGH: Final = {
    dice.SEEN: "feed", dice.MEET: "feed", dice.PURCHASE: "feed", dice.ANSWER: "feed",
    dice.SHOWN: "platform", dice.MEET_SHOWN: "platform", dice.PURCHASE_SHOWN: "platform",
    dice.MEET_PEER: "peer", dice.PURCHASE_PEER: "peer",
}  # fmt: skip
NOTHING: Final[tuple[tuple[str, ...], ...]] = ((),) * 4


class Day(NamedTuple):
    """What one day brought: what was written down, cents spent by kind, and counts of people and cents earned."""

    day: int
    events: tuple[Event, ...]
    spent: dict[str, int]
    counts: dict[str, int]


class WatchedSociety(Society):
    """What people share, with dice that tell about those who are watched."""

    def __init__(self, brief: Brief, world: World, watch: Watch) -> None:
        super().__init__(brief, world)
        self.watch = watch

    @cached_property
    def posts_of(self) -> tuple[tuple[str, str], ...]:
        """Influencer and name of each post of the brief."""
        names = [
            (contract.creator.name, post_name(contract.creator.name, number))
            for contract in self.brief.authors
            for number, _ in contract.published
        ]
        return tuple(names)

    @cached_property
    def demanding(self) -> list[int]:
        """How many people of baseline demand come on each day, before those whom a link brings."""
        return demanding(self.brief, self.world)

    @cached_property
    def _abouts(self) -> dict[int, Where]:
        known = {post.about: Where(None, *self.posts_of[number]) for number, post in enumerate(self.brief.posts)}
        return known | {each.about: Where(through=CONTACTS[each.kind]) for each in self.brief.contacts}

    def throw(self, who: int, about: int, decision: int, when: int) -> tuple[int, int, int, int]:
        """The dice of this run; those of watched people know what they are asked."""
        words = super().throw(who, about, decision, when)
        person = who if decision == dice.ANSWER else self.watch.acting
        if person not in self.watch.people:
            return words
        where = self._abouts.get(about, Where())._replace(person=person)
        if decision in THROUGH:
            where = where._replace(through=THROUGH[decision] if where.post else None)
        if where.through == "peer":
            where = where._replace(peer=when)
        asked = ASKED.get(decision, NOTHING)
        if asked is MEETING and self.brief.own_rules:  # what such a rule compares its die with, nobody knows
            asked = BY_OWN_RULE
        first, second, third, fourth = map(Word, words, asked, (where,) * 4)
        return first, second, third, fourth

    def die(self, word: int) -> float:
        """A word as rules take it."""
        return word.as_die(self.watch) if isinstance(word, Word) else super().die(word)

    def answer_comments(self, day: int) -> None:
        """Answers come first in a day."""
        self.watch.today = day
        super().answer_comments(day)


class WatchedFollower(Follower):
    """A person whose turns are written down."""

    society: WatchedSociety

    @contextmanager
    def _acting(self, day: int) -> Iterator[None]:
        watch = self.society.watch
        watch.today, watch.acting = day, self.who
        try:
            yield
        finally:
            watch.acting = None

    def look_out(self, number: int, post: PostBrief, edge: int) -> None:
        """See a followed author's post or not."""
        with self._acting(post.day):
            super().look_out(number, post, edge)

    def be_found(self, number: int, post: PostBrief, found: Discovery) -> None:
        """Be shown a stranger's post or not."""
        with self._acting(post.day):
            super().be_found(number, post, found)

    def live(self, day: int) -> None:
        """Meet and buy."""
        with self._acting(day):
            super().live(day)

    def expect(self, day: int, channel: int, number: int, sender: int, edge: int) -> None:
        """Put a meeting on the agenda; which day it is, is decided with whether a post is seen."""
        super().expect(day, channel, number, sender, edge)
        watch = self.society.watch
        if watch.acting == self.who:
            watch.note(Where(*watch.events[-1][1:6]), DAYS_TO_VIEW, day - watch.today)

    def plan_order(self, due: int, channel: int, number: int, sender: int) -> None:
        """Put an order on the calendar, with why it is intended."""
        watch = self.society.watch
        if channel <= c.BY_PEER:
            clicked = next(each.outcome for each in reversed(watch.events) if each.decision == CLICKS)
            self.reasons[channel, number, sender] = CLICKED if clicked else HALO
        watch.settle(due - watch.today)
        super().plan_order(due, channel, number, sender)

    def buy_anyway(self, day: int, ordinal: int, words: tuple[int, int, int, int]) -> None:
        """Order without a post; the day's first buyers are those of baseline demand."""
        before = self._credits()
        super().buy_anyway(day, ordinal, words)
        why = DEMAND if ordinal < self.society.demanding[day] else LINK
        self._tell_order(Where(self.who), why, before)

    def go_through(self, day: int, channel: int, number: int, sender: int) -> None:
        """Order because of the campaign; who is credited shows in the counts."""
        before = self._credits()
        super().go_through(day, channel, number, sender)
        influencer, post = (None, None) if channel == c.BY_AD or number < 0 else self.society.posts_of[number]
        where = Where(self.who, influencer, post)
        self.society.watch.note(where, ORDERS, outcome=True)
        self._tell_order(where, self._reason(channel, number, sender), before)

    @cached_property
    def reasons(self) -> dict[tuple[int, int, int], str]:
        """Why each order is intended that a meeting led to: by channel, post and sender."""
        return {}

    def _reason(self, channel: int, number: int, sender: int) -> str:
        if channel == c.BY_AD:
            return BY_CONTACT[self.society.brief.contacts[number].kind]
        return {c.BY_LIST: LIST, c.REPEAT: AGAIN}.get(channel) or self.reasons[channel, number, sender]

    def _tell_order(self, where: Where, why: str, before: list[int]) -> None:
        credited = self._credited(before, self._credits())
        why = UNTRACKED if (why, credited) == (HALO, NOBODY_CREDITED) else why
        self.society.watch.note(where, WHY, why)
        self.society.watch.note(where, CREDIT, credited)

    def _credits(self) -> list[int]:
        tally = self.society.tally
        return [int(tally.totals[c.ATTRIBUTED]), *tally.authors[:, c.A_ATTRIBUTED].tolist()]

    def _credited(self, before: list[int], after: list[int]) -> str:
        if before[0] == after[0]:
            return NOBODY_CREDITED
        authors = self.society.brief.authors
        changed = [place for place, (one, other) in enumerate(zip(before[1:], after[1:], strict=True)) if one != other]
        return authors[changed[0]].creator.name if changed else "ads"


class WatchedFollowers(MesaFollowers):
    """All people of one run, some of them watched. `tell` is called after each day."""

    def __init__(
        self, model: CampaignModel, brief: Brief, world: World, draws: WatchedDraws, tell: Callable[[Day], None]
    ) -> None:
        self.watch, self.ledger, self.tell = draws.watch, model.brand.ledger, tell
        self.told, self.spent, self.replies = 0, costs_of(self.ledger), [0] * len(brief.authors)

        def person(model: Any, society: Society, who: int) -> Follower:
            return (WatchedFollower if who in draws.watch.people else Follower)(model, society, who)

        society = WatchedSociety(brief, world, draws.watch)
        self.posts_of = society.posts_of
        super().__init__(model, brief, world, society=society, person=person)
        self._note_scandals(draws.scandals)

    def _note_scandals(self, thrown: dict[str, float]) -> None:
        brief = self.society.brief
        for contract, day in zip(
            brief.authors, brief.scandals.days, strict=False
        ):  # no days where the mechanism is off
            name = contract.creator.name
            when = day if day < brief.horizon else "none"
            self.watch.note(Where(influencer=name), "day of a scandal", when, die=thrown[name])

    def publish(self, number: int) -> None:
        """Let every follower throw for the post."""
        self.watch.today = self.society.brief.posts[number].day
        self.watch.note(Where(None, *self.posts_of[number]), "publishes", outcome=True)
        super().publish(number)

    def live(self, first: int, stop: int) -> None:
        """Play a stretch of days, and tell of each."""
        for day in range(first, stop):
            self.watch.today = day
            for author, bad in enumerate(self.society.brief.scandals.days):
                if bad == day:
                    self.watch.note(self._author(author), "falls into disgrace", outcome=True)
            super().live(day, day + 1)
            self._note_replies()
            self.tell(self._day(day))

    def _author(self, author: int) -> Where:
        return Where(influencer=self.society.brief.authors[author].creator.name)

    def _note_replies(self) -> None:
        now = self.society.tally.authors[:, c.A_REPLIES].tolist()
        for author, (before, after) in enumerate(zip(self.replies, now, strict=True)):
            if after > before:
                self.watch.note(self._author(author), "comments answered", after - before)
        self.replies = now

    def _day(self, day: int) -> Day:
        events, self.told = tuple(self.watch.events[self.told :]), len(self.watch.events)
        before, self.spent = self.spent, costs_of(self.ledger)
        brief, per_agent = self.society.brief, self.society.world.people_per_agent
        counts = days_of(of_people(self.society.tally, per_agent), brief)[day].tolist()
        spent = {kind: cents - before[kind] for kind, cents in self.spent.items()}
        return Day(day, events, spent, dict(zip(DAILY, counts, strict=True)))
