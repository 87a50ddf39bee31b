"""One person as a Mesa agent: a view on a row of the typed columns, with an agenda."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import mesa

from simulator.campaign.discovering import Discovery
from simulator.campaign.posts import PostBrief
from simulator.dice import ADVERT, BUYER, SEEN, SHOWN, SUBSCRIBE
from simulator.engines import afterwards, credit
from simulator.engines import columns as c
from simulator.engines.channels import meeting, purchase
from simulator.engines.customers import BASELINE_ORDER, LATER
from simulator.engines.society import Society
from simulator.engines.unsound import Place, unsound
from simulator.rules.advert import PAID, VISIT, advert_clicked, advert_sells
from simulator.rules.attention import age_when_seen, chance_of_class
from simulator.rules.conversion import demand_stays, order_lag, still_buys
from simulator.rules.encounter import encounter
from simulator.rules.facts import ADS, COMMENT, IGNORED, SHARE, Outcome, Person, Tie, Words
from simulator.rules.sources import others_before, sources_after
from simulator.world.audiences import FIXED_POINT

KIND_COLUMNS: Final = (0, c.A_LIKES, c.A_COMMENTS, c.A_SHARES)
ORDER_COLUMNS: Final = {
    c.DISCOVERED: c.ORDERS_DISCOVERED,
    c.BY_PEER: c.ORDERS_BY_PEER,
    c.BY_LIST: c.ORDERS_BY_LIST,
    c.REPEAT: c.REPEATS,
}


class Follower(mesa.Agent):  # type: ignore[misc]
    """One person: a view on row `who` of the columns, with an agenda."""

    def __init__(self, model: Any, society: Society, who: int) -> None:
        super().__init__(model)
        self.society, self.who = society, who
        self.memory: Any = society.memory[who]
        self.last_click: Any = society.clicks[who]
        people = society.world.people
        self.persona = society.world.motives.persona
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
        seen_by_age = SeenByAge(society.brief.seen_by_age[post.author])
        age = age_when_seen(society.die(words[self.who & 3]), chance, seen_by_age)
        if age >= 0:
            self.expect(post.day + age, c.ORGANIC, number, 0, edge)

    def be_found(self, number: int, post: PostBrief, found: Discovery) -> None:
        """Throw whether, and when, the platform shows a stranger's post."""
        society = self.society
        words = society.throw(self.who >> 2, post.about, SHOWN, 0)
        interested = int(society.world.people.topic[self.who]) == found.topic
        chance = chance_of_class(society.world.activity, self.activity, found.inside if interested else found.outside)
        seen_by_age = SeenByAge(society.brief.seen_by_age[post.author])
        age = age_when_seen(society.die(words[self.who & 3]), chance, seen_by_age)
        if age >= 0:
            self.expect(post.day + age, c.DISCOVERED, number, 0, -1)

    def live(self, day: int) -> None:
        """Meet what is on today's agenda, in ascending (channel, post, sender); then buy."""
        for channel, number, sender, edge in sorted(self.agenda.pop(day, ())):
            if channel == c.BY_AD:
                self.make_contact(day, number, sender)
            else:
                self.meet(day, channel, number, sender, edge)
        self.buy(day)

    def meet(self, day: int, channel: int, number: int, sender: int, edge: int) -> None:
        """One encounter: ask the rules, write back what it leaves behind."""
        brief, tally = self.society.brief, self.society.tally
        post = brief.posts[number]
        facts = self.society.facts(number, channel)
        exposures = float(self.memory.exposures)
        days = day - int(self.memory.touched) if exposures else 0
        remembered = self.society.remembered[days]
        person = Person(self.affinity, self.susceptibility, exposures, remembered, self.hear(channel, edge))
        tie = self.tie_to(edge) if channel == c.ORGANIC else Tie(facts.trust)
        words = Words(*map(self.society.die, self.society.throw(self.who, post.about, meeting(channel), sender)))
        outcome = encounter(person, tie, facts, brief.response, words)
        if not outcome.sound:
            at = Place(day, self.who, number, channel)
            raise unsound(brief, self.society.world, at, person, facts)
        self.be_reached(day, channel)
        author = tally.authors[post.author]
        self.memory.exposures = outcome.exposures
        self.memory.touched = day
        if channel == c.ORGANIC:
            author[c.A_IMPRESSIONS] += 1
            self.update_tie(edge, outcome, author)
        if channel == c.DISCOVERED:
            author[c.A_DISPLAYS_DISCOVERED] += 1
            tally.totals[c.DISPLAYS_DISCOVERED] += 1
        if outcome.kind != IGNORED:
            self.engage(day, channel, number, edge, outcome.kind)
        if outcome.clicked:
            author[c.A_CLICKS] += 1
            self.click(day, post.author)
        if outcome.intends:
            lag_word = self.society.throw(self.who, post.about, purchase(channel), sender)[0]
            self.plan_order(day + order_lag(self.society.die(lag_word), brief.sales.half_life), channel, number, sender)
        if outcome.clicked and brief.aftermath.subscribed > 0.0:
            when = sender + 1 if channel == c.BY_PEER else 0
            afterwards.subscribe(self, day, number, self.society.throw(self.who, post.about, SUBSCRIBE, when))

    def tie_to(self, edge: int) -> Tie:
        """What binds this person to an author it follows, as it stands."""
        persona = float(self.persona[edge]) if self.persona.size else 0.0
        return Tie(float(self.society.trust[edge]), persona)

    def hear(self, channel: int, edge: int) -> float:
        """How many others told before; who tells now counts from now on."""
        sources = self.society.sources
        if not sources.size:
            return 0.0
        known = channel == c.ORGANIC and bool(self.society.tie_marks[edge] & c.TIE_MET)
        before = others_before(int(sources[self.who]), known)
        sources[self.who] = sources_after(int(sources[self.who]), known)
        return before

    def make_contact(self, day: int, number: int, ordinal: int) -> None:
        """See an ad, be visited or visit the own site: perhaps click, perhaps intend an order."""
        contacts = self.society.brief.contacts[number]
        _, click_word, order_word, lag_word = self.society.throw(ordinal, contacts.about, ADVERT, 0)
        if contacts.kind != VISIT:
            self.be_reached(day, c.BY_AD)
        if not advert_clicked(self.society.die(click_word), contacts.click_rate):
            return
        if contacts.kind == PAID:
            self.click(day, ADS)
        if advert_sells(self.society.die(order_word), contacts.conversion_rate):
            lag = 0
            if contacts.kind == VISIT:  # sold on the spot: whoever sold it is known
                self.remember_click(day, ADS)
            else:
                lag = order_lag(self.society.die(lag_word), self.society.brief.sales.half_life)
            self.plan_order(day + lag, c.BY_AD, number, ordinal)
        if contacts.kind == PAID and self.society.brief.aftermath.subscribed > 0.0:
            afterwards.subscribe(self, day, -1, self.society.throw(ordinal, contacts.about, SUBSCRIBE, 0))

    def mark(self, mark: int) -> bool:
        """Set a mark of this person; whether it is new."""
        marks = self.society.marks
        new = not marks[self.who] & mark
        marks[self.who] |= mark
        return new

    def mark_tie(self, edge: int, mark: int) -> bool:
        """Set a mark of a tie to an author; whether it is new."""
        marks = self.society.tie_marks
        new = not marks[edge] & mark
        marks[edge] |= mark
        return new

    def be_reached(self, day: int, channel: int) -> None:
        """Count an impression, and the person once."""
        tally = self.society.tally
        tally.totals[c.IMPRESSIONS] += 1
        tally.daily[day, c.D_IMPRESSIONS] += 1
        if self.mark(c.REACHED):
            tally.totals[c.REACH] += 1
            tally.daily[day, c.D_REACHED] += 1
        if channel == c.ORGANIC and self.mark(c.REACHED_BY_AUTHOR):
            tally.totals[c.REACH_AUDIENCE] += 1

    def update_tie(self, edge: int, outcome: Outcome, author: Any) -> None:
        """Let trust in the author change; count the first meeting."""
        trust = self.society.trust
        if self.mark_tie(edge, c.TIE_MET):
            author[c.A_REACH] += 1
        before = float(trust[edge])
        trust[edge] = outcome.trust
        author[c.A_TRUST] += int(float(trust[edge]) * FIXED_POINT) - int(before * FIXED_POINT)

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
            if self.mark_tie(edge, c.TIE_ENGAGED):
                author[c.A_ENGAGERS] += 1
            if self.mark(c.ENGAGED):
                tally.totals[c.ENGAGERS] += 1
        elif channel == c.DISCOVERED:
            author[c.A_ENGAGED_DISCOVERED] += 1
            tally.totals[c.ENGAGED_DISCOVERED] += 1
        else:
            author[c.A_ENGAGED_BY_PEER] += 1
            tally.totals[c.ENGAGED_BY_PEER] += 1
            tally.daily[day, c.D_ENGAGED_BY_PEER] += 1
        if kind == COMMENT and channel == c.ORGANIC and society.asked.answers:
            society.comments[day].append((number, edge))
        if kind == SHARE:
            self.show_to_peers(day, number)

    def show_to_peers(self, day: int, number: int) -> None:
        """Let peers see a post tomorrow, unless this person has shown them that post before."""
        if (number, self.who) not in self.society.shown:
            self.society.shown.add((number, self.who))
            self.society.shares[day].append((number, self.who))

    def click(self, day: int, author: int) -> None:
        """Count a click and remember whose link it was."""
        tally = self.society.tally
        tally.totals[c.CLICKS] += 1
        tally.daily[day, c.D_CLICKS] += 1
        self.remember_click(day, author)

    def remember_click(self, day: int, author: int) -> None:
        """Remember whom an order would be credited to."""
        self.mark(c.CLICKED)
        self.last_click.day = day
        self.last_click.author = author

    def plan_order(self, due: int, channel: int, number: int, sender: int) -> None:
        """Put an order on the calendar; all that are due after the horizon share its last page."""
        due = min(due, self.society.brief.horizon)
        self.orders[due].append((channel, number, sender))
        self.society.awake[due].add(self.who)

    def buy(self, day: int) -> None:
        """Baseline demand first, then what was planned, in the order of intent."""
        society = self.society
        for ordinal in self.needs.pop(day, ()):
            words = society.throw(ordinal, 0, BUYER, day)
            kept = float(society.baseline_kept[day])
            if self.still_buys(by_campaign=False) and demand_stays(society.die(words[3]), kept):
                self.buy_anyway(day, ordinal, words)
        for channel, number, sender in self.orders.pop(day, ()):
            if channel == c.REPEAT or self.still_buys(by_campaign=True):
                self.go_through(day, channel, number, sender)

    def buy_anyway(self, day: int, ordinal: int, words: tuple[int, int, int, int]) -> None:
        """Count an order that no post led to."""
        self.mark(c.BOUGHT_BASELINE)
        deeds = afterwards.deeds_of(self.society, ordinal, BASELINE_ORDER, day)
        credit.count_order(self.society, self.who, day, words[1], words[2], deeds, anyway=1)

    def go_through(self, day: int, channel: int, number: int, sender: int) -> None:
        """Count an order that the campaign caused, and let follow what follows."""
        society, totals = self.society, self.society.tally.totals
        self.mark(c.BOUGHT)
        if channel in ORDER_COLUMNS:
            totals[ORDER_COLUMNS[channel]] += 1
        code_word, whose_word = c.NO_CODE, 0
        if channel == c.BY_AD:
            deeds = afterwards.deeds_of(society, sender, society.brief.contacts[number].about, 0)
        else:
            about = society.brief.posts[number].about if channel <= c.BY_PEER else LATER
            _, code_word, whose_word, _ = society.throw(self.who, about, purchase(channel), sender)
            deeds = afterwards.deeds_of(society, self.who, about, sender)
        credit.count_order(society, self.who, day, code_word, whose_word, deeds, anyway=0)
        afterwards.follow_order(self, day, (channel, number, sender), deeds)

    def still_buys(self, *, by_campaign: bool) -> bool:
        """Ask the rule whether an order goes through."""
        marks = int(self.society.marks[self.who])
        return still_buys(marks & c.BOUGHT != 0, marks & c.BOUGHT_BASELINE != 0, by_campaign)

    def count_late(self) -> None:
        """Count as a late buyer, if an order is due after the horizon and none came before."""
        if self.orders[self.society.brief.horizon] and self.still_buys(by_campaign=True):
            self.society.tally.totals[c.LATE] += 1


class SeenByAge(tuple[float, ...]):
    """The decay curve with the `size` that rules ask of arrays."""

    __slots__ = ()

    @property
    def size(self) -> int:
        return len(self)
