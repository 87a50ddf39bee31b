"""One run played once more, to see what the tables don't hold: who engaged with a post through whom.

Only where it is surely the same run: the scenario's file is still where it was and asks the same question of the same
model, and the counts of the replay are those of the table. Small markets only, since people are played one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputProblems
from simulator.report.reading import Reading
from simulator.results.outcome import Tally
from simulator.scenario.draws import draws_of
from simulator.scenario.identity import model_version, scenario_hash
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

if TYPE_CHECKING:
    from simulator.campaign.brief import Brief
    from simulator.engines.followers_mesa import MesaFollowers
    from simulator.engines.model import Played
    from simulator.world.world import World

MOST_AGENTS: Final = 20_000
CHECKED: Final = ("impressions", "reach", "engagements", "engagements_word_of_mouth", "clicks", "orders")


@dataclass(frozen=True)
class Engagement:
    """Somebody engaged with a post: on which day, met in which channel, and through which peer, if through one."""

    day: int  # from 0
    post: int
    channel: int
    sender: int | None
    who: int


@dataclass(frozen=True)
class Replay:
    """What one run of one arm left behind between people."""

    run: int
    authors: tuple[str, ...]
    author_of: tuple[int, ...]  # of each post
    posted: tuple[int, ...]  # day of each post, from 0
    engagements: tuple[Engagement, ...]  # in the order in which they happened
    sharers: frozenset[tuple[int, int]]  # post, person
    buyers: frozenset[int]  # people who ordered because of the campaign


def replay(reading: Reading, arm: str, run: int) -> Replay | None:
    """Play a run of an arm once more; none where it cannot be told that it is the same, or takes too long."""
    found = _campaign(reading)
    if found is None:
        return None
    from simulator.campaign.brief import brief_run  # engines load slowly, and most reports show no cascade
    from simulator.engines.adding_up import outcome
    from simulator.world.build import build_world

    scenario, plan = found
    rows = reading.runs[(reading.runs["arm"] == arm) & (reading.runs["run"] == run)]
    world = build_world(scenario, plan, int(rows["world"].iloc[0]))
    offers = next(each for each in plan.arms if each.name == arm)
    draws = draws_of(scenario, world.index, run)
    brief = brief_run(scenario, world, offers, draws)
    followers, engagements, played = _played(brief, world)
    tally = outcome(scenario, world, offers, brief, played, draws).tally
    return _told(brief, followers, engagements, run) if _same(tally, rows.iloc[0]) else None


def _campaign(reading: Reading) -> tuple[Scenario, Plan] | None:
    """The scenario that was played, if its file still says so, its market is small, and it brings no rules."""
    manifest = reading.manifest
    if manifest["population"]["agents"] > MOST_AGENTS:
        return None
    try:
        scenario, plan = load_campaign(manifest["file"], manifest["settings"], allow_custom_rules=False)
    except (InputProblems, OSError):
        return None
    return (scenario, plan) if scenario_hash(scenario, model_version()) == manifest["hash"] else None


def _played(brief: Brief, world: World) -> tuple[MesaFollowers, list[Engagement], Played]:
    from simulator.engines.followers_mesa import MesaFollowers
    from simulator.engines.model import CampaignModel

    model = CampaignModel(brief)
    try:
        followers, engagements = MesaFollowers(model, brief, world), list[Engagement]()
        for person in followers.people:
            setattr(person, "meet", _noting(person, engagements))  # noqa: B010 mypy forbids to assign a method
        return followers, engagements, model.play(followers)
    finally:
        model.close()


def _noting(person: Any, engagements: list[Engagement]) -> Callable[..., None]:
    """The person's way to meet a post, which also notes whether an engagement came of it."""
    from simulator.engines.columns import BY_PEER

    meet, met = person.meet, person.society.met

    def noted(day: int, channel: int, number: int, sender: int, edge: int) -> None:
        before = (number, person.who) in met
        meet(day, channel, number, sender, edge)
        if not before and (number, person.who) in met:
            through = sender if channel == BY_PEER else None
            engagements.append(Engagement(day, number, channel, through, person.who))

    return noted


def _same(tally: Tally, row: Any) -> bool:
    return all(getattr(tally, name) == row[name] for name in CHECKED)


def _told(brief: Brief, followers: MesaFollowers, engagements: list[Engagement], run: int) -> Replay:
    from simulator.engines.columns import BOUGHT

    society = followers.society
    return Replay(
        run=run,
        authors=tuple(contract.creator.name for contract in brief.authors),
        author_of=tuple(post.author for post in brief.posts),
        posted=tuple(post.day for post in brief.posts),
        engagements=tuple(engagements),
        sharers=frozenset(society.shown),
        buyers=frozenset(int(who) for who, marks in enumerate(society.marks.tolist()) if marks & BOUGHT),
    )
