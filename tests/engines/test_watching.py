"""A watched run is the run itself: the same outcome, and each event is what a rule did with a die."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest
from lively import lively
from test_agreement import MECHANISMS

from simulator.dice import MEET, SEEN, identity, inner_unit, throw
from simulator.engines.inspecting import baseline_orders, inspect_run, worth_watching
from simulator.engines.play import play
from simulator.engines.room import Room
from simulator.engines.watched import Day
from simulator.engines.watching import (
    AGAIN,
    ANYWAY,
    ASKED,
    BY_CONTACT,
    CLICKED,
    CLICKS,
    DAYS_TO_ORDER,
    DEMAND,
    ENGAGES,
    HALO,
    INTENDS,
    KINDS,
    LINK,
    LIST,
    ORDERS,
    SEES,
    UNTRACKED,
    WHY,
    Die,
    Event,
)
from simulator.results.outcome import DAILY, Outcome
from simulator.results.tables import daily_table, influencers_table
from simulator.rules.advert import PAID
from simulator.rules.attention import chance_of_class
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import ArmPlan
from simulator.world.build import build_world

MORE = """
  outreach: {accept_paid: 0.8, settle_below: 0.6, reservation: 3}
  no_shows: {chance: 0.3}
  dropout: {hazard: 0.5, regular_days: 1}
  reciprocity: {chance: 0.5}
  earned_links: {response: 0.5, orders_per_day: 1}
  bought_engagement: {prevalence: 0.5, per_real: 0.5}
  returns: {rate: 0.2}
  reviews: {written: 0.5, per_log: 0.1}
  repeat_purchase: {again: 0.5}
  subscriptions: {subscribe: 0.5, order: 0.5}
  user_content: {posts: 0.5}
"""
SETTINGS = ("platform.nonfollower_reach=0.3", "mechanisms.replies.capacity=0.5")
ARMS = ("no campaign", "codes", "many", "ads")


class Campaign:
    """A lively campaign, and what watching one run of it tells."""

    def __init__(self, folder: Path, more: str = MECHANISMS + MORE, settings: tuple[str, ...] = SETTINGS) -> None:
        self.scenario, self.plan = load_campaign(lively(folder, more), settings)
        self.world = build_world(self.scenario, self.plan, 0)

    def arm(self, name: str) -> ArmPlan:
        return next(arm for arm in self.plan.arms if arm.name == name)

    def watched(self, name: str, people: Collection[int]) -> tuple[Outcome, list[Day]]:
        days: list[Day] = []
        return inspect_run(self.scenario, self.world, self.arm(name), 1, people, days.append), days

    def played(self, name: str, engine: str) -> Outcome:
        return play(self.scenario, self.world, self.arm(name), 1, engine, Room())  # type: ignore[arg-type]

    @cached_property
    def everybody(self) -> dict[str, tuple[Outcome, list[Day]]]:
        """Each arm with all people watched."""
        return {arm.name: self.watched(arm.name, range(self.world.size)) for arm in self.plan.arms}

    def events(self, name: str) -> list[Event]:
        return [event for day in self.everybody[name][1] for event in day.events]

    @property
    def all_events(self) -> list[Event]:
        return [event for name in ARMS for event in self.events(name)]


@pytest.fixture(scope="module")
def lively_one(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return Campaign(tmp_path_factory.mktemp("lively"))


@pytest.fixture(scope="module")
def plain_one(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Without mechanisms that make brand and influencers decide on every day."""
    return Campaign(tmp_path_factory.mktemp("plain"), "", ())


def as_bytes(outcome: Outcome) -> tuple[object, ...]:
    """Everything of an outcome, tables as bytes."""
    tables = [table([outcome]).combine_chunks() for table in (influencers_table, daily_table)]
    columns = [
        buffer.to_pybytes() for t in tables for c in t for buffer in c.chunk(0).buffers() if c.num_chunks and buffer
    ]
    return repr(outcome.tally), repr(outcome.influencers), repr(outcome.parameters), outcome.daily.tobytes(), *columns


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
@pytest.mark.parametrize("arm", ARMS)
def test_watching_changes_no_bit_of_the_outcome(lively_one: Campaign, arm: str, engine: str) -> None:
    assert as_bytes(lively_one.played(arm, engine)) == as_bytes(lively_one.everybody[arm][0])


def test_stretches_without_decisions_are_played_as_one_plays_them(plain_one: Campaign) -> None:
    assert as_bytes(plain_one.played("many", "mesa")) == as_bytes(plain_one.everybody["many"][0])
    assert list(range(plain_one.scenario.horizon)) == [day.day for day in plain_one.everybody["many"][1]]


def test_yes_is_a_die_below_its_probability_in_every_event(lively_one: Campaign) -> None:
    asked = [event for event in lively_one.all_events if event.probability is not None]
    assert len(asked) > 20_000
    for event in asked:
        assert event.die is not None
        assert (event.die < event.probability) is event.outcome, event


def test_everything_that_can_be_asked_is_written_down(lively_one: Campaign) -> None:
    asked = {event.decision for event in lively_one.all_events}
    assert set() == {name for words in ASKED.values() for word in words for name in word} - asked
    assert {"feed", "peer", "platform", "ad", None} == {event.through for event in lively_one.all_events}


def test_dice_are_the_keyed_ones(lively_one: Campaign) -> None:
    found = [event for event in lively_one.events("codes") if event.through == "feed"]
    seed, world = lively_one.scenario.seed, lively_one.world.index
    for event in found[:2000]:
        about = identity(str(event.influencer), "post", int(str(event.post).rpartition(" ")[2]))
        words = {
            ENGAGES: lambda who, about=about: throw(seed, world, who, about, 1, MEET, 0)[0],
            CLICKS: lambda who, about=about: throw(seed, world, who, about, 1, MEET, 0)[2],
            INTENDS: lambda who, about=about: throw(seed, world, who, about, 1, MEET, 0)[3],
            SEES: lambda who, about=about: throw(seed, world, who >> 2, about, 1, SEEN, 0)[who & 3],
        }
        if event.decision in words:
            assert inner_unit(words[event.decision](event.person)) == event.die


def test_a_probability_is_that_of_the_rule(lively_one: Campaign) -> None:
    """Of seeing a post: the rule is asked again, with the reach that its events have in common."""
    table, activity = lively_one.world.activity, lively_one.world.people.activity
    seen = [event for event in lively_one.events("codes") if event.decision == SEES]
    one = [event for event in seen if event.post == seen[0].post]
    low, high = 0.0, 1.0
    for _ in range(200):  # a chance ascends with the reach
        reach = (low + high) / 2
        below = chance_of_class(table, int(activity[one[0].person]), reach) < one[0].probability
        low, high = (reach, high) if below else (low, reach)
    assert len(one) > 100
    for event in one:
        assert chance_of_class(table, int(activity[event.person]), high) == pytest.approx(event.probability, rel=1e-9)


def test_who_is_watched_changes_nothing_of_what_is_told(lively_one: Campaign) -> None:
    few = {3, 28, 117, 640}
    _, days = lively_one.watched("many", few)
    told = [event for day in days for event in day.events]
    assert [event for event in lively_one.events("many") if event.person in few or event.person is None] == told
    assert few == {event.person for event in told} - {None}


def test_events_add_up_to_the_counts_of_the_run(lively_one: Campaign) -> None:
    for name in ARMS:
        tally, events = lively_one.everybody[name][0].tally, lively_one.events(name)
        yes = Counter(event.decision for event in events if event.outcome is True)
        assert tally.clicks == yes[CLICKS], name
        assert tally.orders == yes["orders"] + yes["buys without the campaign"], name
        assert tally.returns == yes["sends it back"], name
        assert tally.owned_audience == yes["joins the list"], name
        assert tally.scandals == yes["falls into disgrace"], name
        assert tally.replies == yes["is answered by the author"], name
        assert tally.replies == sum(int(e.outcome) for e in events if e.decision == "comments answered"), name
        assert tally.declined == sum(e.decision == "takes a fair offer" and not e.outcome for e in events) + sum(
            e.decision == "settles for less" and not e.outcome for e in events
        )


def test_a_post_is_told_once_with_who_published_it(lively_one: Campaign) -> None:
    outcome, days = lively_one.everybody["many"]
    published = Counter(e.influencer for day in days for e in day.events if e.decision == "publishes")
    assert {each.influencer: each.posts for each in outcome.influencers if each.posts} == dict(published)


def test_shares_of_a_person_lie_within_its_engagements(lively_one: Campaign) -> None:
    """Of one meeting the kind is asked only after an engagement, and a comment only of who does not share."""
    events = lively_one.events("many")
    for before, event in pairwise(events):
        if event.decision == KINDS[0]:
            assert (ENGAGES, True) == (before.decision, before.outcome)
        if event.decision == KINDS[1]:
            assert (KINDS[0], False) == (before.decision, before.outcome)


def test_an_order_comes_on_the_day_that_was_told(lively_one: Campaign) -> None:
    events, horizon = lively_one.events("codes"), lively_one.scenario.horizon
    due = {(e.person, e.day + int(e.outcome)) for e in events if e.decision == DAYS_TO_ORDER}
    ordered = {(e.person, e.day) for e in events if e.decision == "orders"}
    assert ordered
    assert ordered <= {(who, day) for who, day in due if day < horizon}


def test_days_add_up_to_the_run(lively_one: Campaign) -> None:
    for name in ARMS:
        outcome, days = lively_one.everybody[name]
        assert list(range(lively_one.scenario.horizon)) == [day.day for day in days]
        assert outcome.daily.tolist() == [[day.counts[key] for key in DAILY] for day in days]
        spent: Counter[str] = Counter()
        for day in days:
            spent.update(day.spent)
        assert {kind: getattr(outcome.tally, kind) for kind in days[0].spent} == dict(spent)


@pytest.mark.parametrize("name", ARMS)
def test_those_to_whom_most_happens_are_worth_watching_first(lively_one: Campaign, name: str) -> None:
    run = lively_one.scenario, lively_one.world, lively_one.arm(name), 1
    events, horizon = lively_one.events(name), lively_one.scenario.horizon
    late = {e.person for e in events if e.decision == DAYS_TO_ORDER and e.day + int(e.outcome) >= horizon}
    anyway = {e.person for e in events if e.decision == ANYWAY and e.outcome}
    ordered = {e.person for e in events if e.decision == ORDERS} | (late - anyway)
    engaged = {e.person for e in events if e.decision == ENGAGES and e.outcome}
    everyone = worth_watching(*run, among=None, limit=lively_one.world.size)
    assert (*sorted(ordered & engaged), *sorted(ordered - engaged)) == everyone[: len(ordered)]
    assert ordered | anyway | engaged == set(everyone)
    assert everyone[:3] == worth_watching(*run, among=None, limit=3)


def test_buyers_whom_the_campaign_reached_come_before_those_who_only_engage(plain_one: Campaign) -> None:
    events = plain_one.events("many")
    anyway = {e.person for e in events if e.decision == ANYWAY and e.outcome}
    reached = {e.person for e in events if e.decision == ENGAGES}
    engaged = {e.person for e in events if e.decision == ENGAGES and e.outcome}
    won = {e.person for e in events if e.decision == DAYS_TO_ORDER}
    run = plain_one.scenario, plain_one.world, plain_one.arm("many"), 1
    places = {who: place for place, who in enumerate(worth_watching(*run, among=None, limit=10**6))}
    met, unmet, idle = (anyway & reached) - won, anyway - reached - won, engaged - anyway - won
    assert met
    assert unmet
    assert max(places[who] for who in met) < min(places[who] for who in idle)
    assert max(places[who] for who in idle) < min(places[who] for who in unmet)


def test_every_order_is_told_with_its_reason(lively_one: Campaign) -> None:
    found: Counter[str] = Counter()
    for name in ARMS:
        tally, events = lively_one.everybody[name][0].tally, lively_one.events(name)
        whys = [event for event in events if event.decision == WHY]
        assert tally.orders == len(whys), name
        told = Counter(str(event.outcome) for event in whys)
        assert tally.repeat_orders == told[AGAIN], name
        assert tally.orders_by_list == told[LIST], name
        found += told
    assert {CLICKED, HALO, UNTRACKED, DEMAND, LINK, LIST, AGAIN, BY_CONTACT[PAID]} == set(found)


def test_an_order_without_a_click_is_told_as_the_halo(lively_one: Campaign) -> None:
    """Click or no click of the meeting that led to the order, and whether anybody is credited."""
    events = lively_one.events("codes")
    clicked = {(e.person, e.post, e.through, e.peer): e.outcome for e in events if e.decision == CLICKS}
    meetings: dict[tuple[int | None, str | None], set[object]] = defaultdict(set)
    for (person, post, _, _), outcome in clicked.items():
        meetings[person, post].add(outcome)
    for why, credit in pairwise(events):
        if why.decision != WHY or len(meetings[why.person, why.post]) != 1 or why.outcome in (AGAIN, LIST):
            continue
        (click,) = meetings[why.person, why.post]
        nobody = credit.outcome == "nobody"
        assert (CLICKED if click else UNTRACKED if nobody else HALO) == why.outcome


def test_baseline_demand_is_what_a_run_brings_without_any_campaign(lively_one: Campaign) -> None:
    run = lively_one.scenario, lively_one.world, lively_one.arm("no campaign"), 1
    expected = lively_one.everybody["no campaign"][0].tally.orders
    assert expected > 0
    assert expected == baseline_orders(*run)


def test_of_a_crowd_idle_people_come_last(lively_one: Campaign) -> None:
    run = lively_one.scenario, lively_one.world, lively_one.arm("codes"), 1
    everyone = worth_watching(*run, among=None, limit=lively_one.world.size)
    idle = next(who for who in range(lively_one.world.size) if who not in everyone)
    assert (everyone[0], idle) == worth_watching(*run, among=[idle, everyone[0]], limit=3)


@pytest.mark.parametrize("value", [0.25, 0.5, 0.75])
def test_a_die_compares_like_its_number_and_tells_what_a_yes_would_be(value: float) -> None:
    told: list[tuple[float, bool]] = []
    die = Die(value, lambda chance, outcome: told.append((chance, outcome)))
    assert (value < 0.5, value <= 0.5, value > 0.5, value >= 0.5) == (die < 0.5, die <= 0.5, die > 0.5, die >= 0.5)
    assert (0.5 > value, 0.5 <= value) == (0.5 > die, 0.5 <= die)
    below, at_most = (0.5, value < 0.5), (0.5, value <= 0.5)
    assert [below, at_most, at_most, below, below, below] == told
    assert type(die * 2.0) is float
    assert value == die
