"""Followers as Mesa agents on the NetworkX follower graph: one view per person on the same typed columns.

Slow and readable: for small worlds, inspection, teaching and extension. Gives the same bits as the compiled form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import mesa
import numpy as np

from simulator.campaign.brief import Brief, PostBrief
from simulator.campaign.demand import baseline_buyers
from simulator.dice import (
    ADVERT,
    BUYER,
    MEET,
    MEET_PEER,
    PURCHASE,
    PURCHASE_PEER,
    SEEN,
    inner_unit,
    pick,
    throw,
)
from simulator.engines import columns as c
from simulator.engines.columns import Counts, codes, new_counts, new_state
from simulator.errors import RuleError
from simulator.rules.attention import age_when_seen, chance_of_class
from simulator.rules.conversion import credited_author, order_lag
from simulator.rules.encounter import encounter
from simulator.rules.facts import ADS, IGNORED, NOBODY, SHARE, UNTRACKED, Outcome, Person, Tie, Words
from simulator.world.audiences import FIXED_POINT
from simulator.world.build import World
from simulator.world.network import to_networkx

Visit = Callable[[list[int]], Iterable[int]]
KIND_COLUMNS = (0, c.A_LIKES, c.A_COMMENTS, c.A_SHARES)
graph_of = lru_cache(maxsize=2)(to_networkx)


class MesaFollowers:
    """All people of one run, as agents. `visit` orders the people of a day; any order gives the same result."""

    def __init__(self, model: Any, brief: Brief, world: World, visit: Visit = sorted) -> None:
        self.brief, self.world, self.visit = brief, world, visit
        self.graph = graph_of(world)
        self.state = new_state(world.size, world.audiences.person.size)
        self.state.person["clicked_author"] = NOBODY
        self.state.edge["trust"] = world.audiences.trust
        self.rows: Any = self.state.person.view(np.recarray)
        self.ties: Any = self.state.edge.view(np.recarray)
        self.codes = codes(brief)
        self.tally = new_counts(len(brief.authors), brief.horizon)
        self.met: set[tuple[int, int]] = set()  # (post, person) who engaged
        self.shares: dict[int, list[tuple[int, int]]] = defaultdict(list)  # day: (post, person)
        self.reached_edges: set[int] = set()
        self.awake: dict[int, set[int]] = defaultdict(set)  # day: people with something to do
        self.people = [Follower(model, self, who) for who in range(world.size)]
        self._expect_baseline()

    def _expect_baseline(self) -> None:
        brief = self.brief
        offsets, buyers = baseline_buyers(
            brief.seed, self.world.index, brief.run, brief.horizon, brief.baseline_per_day, self.world.size
        )
        for day in range(brief.horizon):
            for ordinal, who in enumerate(buyers[offsets[day] : offsets[day + 1]]):
                self.people[who].needs[day].append(ordinal)
                self.awake[day].add(int(who))

    def publish(self, number: int) -> None:
        """Let every follower of the author throw for the post."""
        post = self.brief.posts[number]
        author = self.brief.audience[post.author]
        first_edge = int(self.world.audiences.offsets[author])
        name = self.world.audiences.names[author]
        for position, who in enumerate(sorted(self.graph.successors(name))):
            self.people[who].look_out(number, post, first_edge + position)

    def live(self, first: int, stop: int) -> None:
        """Play a stretch of days."""
        for day in range(first, stop):
            for number, sender in sorted(self.shares[day - 1]):
                for peer in self.graph.successors(sender):
                    self.people[peer].expect(day, c.BY_PEER, number, sender, -1)
            if day < self.brief.posting_days:
                self._show_ads(day)
            for who in self.visit(sorted(self.awake[day])):
                self.people[who].live(day)

    def _show_ads(self, day: int) -> None:
        shown, days = self.brief.ads.impressions, self.brief.posting_days
        for impression in range(shown * day // days, shown * (day + 1) // days):
            word = self.throw(impression, self.brief.ads.about, ADVERT, 0)[0]
            self.people[pick(word, self.world.size)].expect(day, c.BY_AD, -1, impression, -1)

    def throw(self, who: int, about: int, decision: int, when: int) -> tuple[int, int, int, int]:
        """The dice of this run."""
        return throw(self.brief.seed, self.world.index, who, about, self.brief.run, decision, when)

    def counts(self) -> Counts:
        """What has been counted so far."""
        return self.tally


class Follower(mesa.Agent):  # type: ignore[misc]
    """One person: a view on row `who` of the columns, with an agenda."""

    def __init__(self, model: Any, society: MesaFollowers, who: int) -> None:
        super().__init__(model)
        self.society, self.who = society, who
        self.row: Any = society.rows[who]
        people = society.world.people
        self.affinity = float(people.affinity[who])
        self.susceptibility = float(people.susceptibility[who])
        self.activity = int(people.activity[who])
        self.agenda: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)  # channel, post, sender, edge
        self.orders: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # channel, post, sender
        self.needs: dict[int, list[int]] = defaultdict(list)  # ordinals among the day's baseline buyers

    def expect(self, day: int, channel: int, number: int, sender: int, edge: int) -> None:
        """Put a meeting on the agenda."""
        self.agenda[day].append((channel, number, sender, edge))
        self.society.awake[day].add(self.who)

    def look_out(self, number: int, post: PostBrief, edge: int) -> None:
        """Throw whether, and when, a followed author's post is seen."""
        society = self.society
        words = society.throw(self.who >> 2, post.about, SEEN, 0)
        chance = chance_of_class(society.world.activity, self.activity, post.reach)
        age = age_when_seen(inner_unit(words[self.who & 3]), chance, SeenByAge(society.brief.seen_by_age))
        if age >= 0:
            self.expect(post.day + age, c.ORGANIC, number, 0, edge)

    def live(self, day: int) -> None:
        """Meet what is on today's agenda, in ascending (channel, post, sender); then buy."""
        for channel, number, sender, edge in sorted(self.agenda.pop(day, ())):
            if channel == c.BY_AD:
                self.meet_ad(day, sender)
            else:
                self.meet(day, channel, number, sender, edge)
        self.buy(day)

    def meet(self, day: int, channel: int, number: int, sender: int, edge: int) -> None:
        """One encounter: ask the rules, write back what it leaves behind."""
        brief, tally = self.society.brief, self.society.tally
        post = brief.posts[number]
        facts = post.organic if channel == c.ORGANIC else post.shared
        exposures = float(self.row.exposures)
        days = day - int(self.row.touched) if exposures else 0
        person = Person(self.affinity, self.susceptibility, exposures, days)
        tie = Tie(float(self.society.ties[edge].trust) if channel == c.ORGANIC else facts.trust)
        decision = MEET if channel == c.ORGANIC else MEET_PEER
        words = Words(*(inner_unit(word) for word in self.society.throw(self.who, post.about, decision, sender)))
        outcome = encounter(person, tie, facts, brief.response, words)
        if not outcome.sound:
            raise RuleError(f"a rule gave a probability outside [0, 1]: {person} {tie} {facts} {brief.response}")
        self.be_reached(day, channel)
        author = tally.authors[post.author]
        self.row.exposures = outcome.exposures
        self.row.touched = day
        if channel == c.ORGANIC:
            author[c.A_IMPRESSIONS] += 1
            self.update_tie(edge, outcome, author)
        if outcome.kind != IGNORED:
            self.engage(day, channel, number, edge, outcome.kind)
        if outcome.clicked:
            author[c.A_CLICKS] += 1
            self.click(day, post.author)
        if outcome.intends:
            decision = PURCHASE if channel == c.ORGANIC else PURCHASE_PEER
            lag_word = self.society.throw(self.who, post.about, decision, sender)[0]
            self.plan_order(day + order_lag(inner_unit(lag_word), brief.sales.half_life), channel, number, sender)

    def meet_ad(self, day: int, impression: int) -> None:
        """See an ad: perhaps click, perhaps intend an order."""
        ads, sales = self.society.brief.ads, self.society.brief.sales
        _, click_word, order_word, lag_word = self.society.throw(impression, ads.about, ADVERT, 0)
        self.be_reached(day, c.BY_AD)
        if inner_unit(click_word) < ads.click_rate:
            self.click(day, ADS)
            if inner_unit(order_word) < ads.conversion_rate:
                self.plan_order(day + order_lag(inner_unit(lag_word), sales.half_life), c.BY_AD, -1, impression)

    def be_reached(self, day: int, channel: int) -> None:
        """Count an impression, and the person once."""
        tally, row = self.society.tally, self.row
        tally.totals[c.IMPRESSIONS] += 1
        tally.daily[day, c.D_IMPRESSIONS] += 1
        if not row.marks & c.REACHED:
            tally.totals[c.REACH] += 1
        row.marks |= c.REACHED
        if channel == c.ORGANIC:
            if not row.marks & c.REACHED_BY_AUTHOR:
                tally.totals[c.REACH_AUDIENCE] += 1
            row.marks |= c.REACHED_BY_AUTHOR

    def update_tie(self, edge: int, outcome: Outcome, author: Any) -> None:
        """Let trust in the author change; count the first meeting."""
        tie = self.society.ties[edge]
        if edge not in self.society.reached_edges:
            self.society.reached_edges.add(edge)
            author[c.A_REACH] += 1
        before = float(tie.trust)
        tie.trust = outcome.trust
        author[c.A_TRUST] += int(float(tie.trust) * FIXED_POINT) - int(before * FIXED_POINT)

    def engage(self, day: int, channel: int, number: int, edge: int, kind: int) -> None:
        """Count an engagement, once per person and post; a share reaches the peers tomorrow."""
        society, tally = self.society, self.society.tally
        if (number, self.who) in society.met:
            return
        society.met.add((number, self.who))
        author = tally.authors[society.brief.posts[number].author]
        if channel == c.ORGANIC:
            author[c.A_ENGAGED] += 1
            author[KIND_COLUMNS[kind]] += 1
            tally.daily[day, c.D_ENGAGED] += 1
            if not society.ties[edge].engaged:
                society.ties[edge].engaged = 1
                author[c.A_ENGAGERS] += 1
            if not self.row.marks & c.ENGAGED:
                self.row.marks |= c.ENGAGED
                tally.totals[c.ENGAGERS] += 1
        else:
            author[c.A_ENGAGED_BY_PEER] += 1
            tally.totals[c.ENGAGED_BY_PEER] += 1
            tally.daily[day, c.D_ENGAGED_BY_PEER] += 1
        if kind == SHARE:
            society.shares[day].append((number, self.who))

    def click(self, day: int, author: int) -> None:
        """Count a click and remember whose link it was."""
        tally = self.society.tally
        tally.totals[c.CLICKS] += 1
        tally.daily[day, c.D_CLICKS] += 1
        self.row.clicked_day = day
        self.row.clicked_author = author

    def plan_order(self, due: int, channel: int, number: int, sender: int) -> None:
        """Put an order on the calendar, or count it as late."""
        if due >= self.society.brief.horizon:
            self.society.tally.totals[c.LATE] += 1
            return
        self.orders[due].append((channel, number, sender))
        self.society.awake[due].add(self.who)

    def buy(self, day: int) -> None:
        """Baseline demand first, then what was planned, in the order of intent."""
        society, row = self.society, self.row
        for ordinal in self.needs.pop(day, ()):
            if not row.marks & c.BOUGHT:
                words = throw(society.brief.seed, society.world.index, ordinal, 0, society.brief.run, BUYER, day)
                row.marks |= c.BOUGHT_BASELINE
                self.order(day, words[1], words[2])
        for channel, number, sender in self.orders.pop(day, ()):
            if row.marks & (c.BOUGHT | c.BOUGHT_BASELINE):
                continue
            row.marks |= c.BOUGHT
            code_word, whose_word = 0xFFFFFFFF, 0
            if channel != c.BY_AD:
                decision = PURCHASE if channel == c.ORGANIC else PURCHASE_PEER
                about = society.brief.posts[number].about
                _, code_word, whose_word, _ = society.throw(self.who, about, decision, sender)
            if channel == c.BY_PEER:
                society.tally.totals[c.ORDERS_BY_PEER] += 1
            self.order(day, code_word, whose_word)

    def order(self, day: int, code_word: int, whose_word: int) -> None:
        """Count an order and give the credit."""
        society, tally, sales = self.society, self.society.tally, self.society.brief.sales
        tally.totals[c.ORDERS] += 1
        tally.daily[day, c.D_ORDERS] += 1
        coded = NOBODY
        if society.codes.author.size:
            chosen = pick(whose_word, society.codes.author.size)
            if society.codes.first_day[chosen] <= day:
                coded = int(society.codes.author[chosen])
        clicked = int(self.row.clicked_author)
        author = credited_author(
            clicked,
            day - int(self.row.clicked_day),
            int(society.codes.tracking[clicked]) if clicked >= 0 else UNTRACKED,
            coded,
            inner_unit(code_word),
            sales.window,
            sales.code_use,
            sales.code_leak,
        )
        if author != NOBODY:
            tally.totals[c.ATTRIBUTED] += 1
            tally.daily[day, c.D_ATTRIBUTED] += 1
            if author >= 0:
                tally.authors[author, c.A_ATTRIBUTED] += 1


class SeenByAge(tuple[float, ...]):
    """The decay curve with the `size` that rules ask of arrays."""

    __slots__ = ()

    @property
    def size(self) -> int:
        return len(self)
