"""`simulator inspect`: one run of one arm, as its people and influencers lived it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from simulator.cli.inputs import json_flag, no_custom_rules, scenario_file, settings
from simulator.errors import InputProblems, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.cli.inspected import Inspected
    from simulator.engines.watched import Day
    from simulator.scenario.offers import ArmPlan, Plan
    from simulator.scenario.schema import Scenario
    from simulator.world.world import World

MANY: Final = 250_000  # people


class Enough(Exception):
    """Whoever looks has seen enough."""


@dataclass(frozen=True)
class Pick:
    """Whom and what to look at."""

    people: tuple[int, ...]
    follower_of: str | None
    influencers: tuple[str, ...]
    day: int | None
    limit: int


@click.command()
@scenario_file
@settings
@no_custom_rules
@json_flag
@click.option("--arm", metavar="NAME", help="The plan to play, by default the first that hires or buys anything.")
@click.option("--run", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="The run to play.")
@click.option("--person", "people", type=int, multiple=True, metavar="ID", help="Look at this person; repeatable.")
@click.option("--follower-of", metavar="CREATOR", help="Look at followers of this influencer.")
@click.option(
    "--influencer", "influencers", multiple=True, metavar="NAME", help="Only what concerns this one, or this hire."
)
@click.option("--day", type=click.IntRange(0), metavar="D", help="Only this day, from 0.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="People at most.")
@click.option("--step", is_flag=True, help="On a terminal: wait for Enter after each day; q ends.")
def inspect(
    file: Path,
    *,
    changes: tuple[str, ...],
    no_custom_rules: bool,
    as_json: bool,
    arm: str | None,
    run: int,
    step: bool,
    **picked: object,
) -> None:
    """Play one run of one plan of FILE and tell what people were asked, with which probability, and which die fell.

    Without --person, the people are those who order because of the campaign, then those whom it reached and who would
    have ordered anyway, then those who engage; of followers where influencers are named. Results are those of
    `simulator run`; nothing is written.
    """
    from simulator.scenario.loader import load_campaign

    pick = Pick(**picked)  # type: ignore[arg-type]  # the options above, by name
    scenario, plan = load_campaign(file, changes, allow_custom_rules=not no_custom_rules)
    chosen = _arm(plan, arm)
    _check(scenario, plan, pick, run)
    inspected = _opened(scenario, plan, chosen, run, pick)
    if as_json:
        _print_json(inspected)
    else:
        _print_lines(inspected, step=step and sys.stdin.isatty())


def _arm(plan: Plan, name: str | None) -> ArmPlan:
    from simulator.results.tables import NO_CAMPAIGN
    from simulator.scenario.problems import did_you_mean

    arms = {arm.name: arm for arm in plan.arms}
    if name is None:
        return next((arm for arm in plan.arms if arm.name != NO_CAMPAIGN), plan.arms[0])
    if name not in arms:
        raise _problem("--arm", f"{name!r} is no arm", did_you_mean(name, arms))
    return arms[name]


def _check(scenario: Scenario, plan: Plan, pick: Pick, run: int) -> None:
    """All that can be wrong before a world is built."""
    from simulator.experiment.memory import free_bytes, refuse_if_too_large
    from simulator.scenario.problems import did_you_mean

    creators = [creator.name for creator in plan.creators]
    known = sorted({*creators, *(creator.hire for creator in plan.creators)})
    if run > scenario.runs:
        raise _problem("--run", f"{run:,} is beyond the {scenario.runs:,} runs", f"add --set runs={run}")
    if pick.people and pick.follower_of:
        raise _problem("--follower-of", "people are picked already", "leave out --person or --follower-of")
    for who in pick.people:
        if not 0 <= who < plan.agents:
            raise _problem("--person", f"{who} is nobody", f"give a number from 0 to {plan.agents - 1}")
    if pick.day is not None and pick.day >= scenario.horizon:
        raise _problem("--day", f"{pick.day} is beyond the last day", f"give a day from 0 to {scenario.horizon - 1}")
    if pick.follower_of and pick.follower_of not in creators:
        raise _problem(
            "--follower-of", f"{pick.follower_of!r} is no influencer", did_you_mean(pick.follower_of, creators)
        )
    for name in pick.influencers:
        if name not in known:
            raise _problem("--influencer", f"{name!r} is no influencer", did_you_mean(name, known))
    free = free_bytes()
    if free is not None:
        refuse_if_too_large(scenario, plan, "mesa", "serial", 1, free)


def _problem(path: str, message: str, suggestion: str) -> InputProblems:
    return InputProblems([Problem(path, message, suggestion)])


def _opened(scenario: Scenario, plan: Plan, arm: ArmPlan, run: int, pick: Pick) -> Inspected:
    """The run, ready to be played before the eyes of whoever looks."""
    from simulator.cli.inspected import Inspected
    from simulator.cli.runs import warm_up_once
    from simulator.engines.inspecting import baseline_orders
    from simulator.experiment.design import world_of
    from simulator.world.build import build_world

    if plan.agents > MANY:
        thinned = scenario.population.people_per_agent * -(-plan.agents // MANY)
        remedy = f"a market thinned out by --set population.people_per_agent={thinned} is faster"
        click.echo(f"Each of {plan.agents:,} people lives one by one here, which takes minutes; {remedy}.", err=True)
    world = build_world(scenario, plan, world_of(run, scenario.worlds))
    if not pick.people:
        warm_up_once(scenario, plan, elsewhere=True)
    asked = [each.name for each in plan.creators if {each.name, each.hire} & {*pick.influencers}]
    followed = [pick.follower_of] if pick.follower_of else asked
    people = dict.fromkeys(pick.people or _worth(scenario, world, arm, run, followed, pick.limit))
    baseline = baseline_orders(scenario, world, plan.arms[0], run)  # the first arm is no campaign
    return Inspected(scenario, world, arm, run, tuple(people), frozenset(asked) or None, pick.day, baseline)


def _worth(
    scenario: Scenario, world: World, arm: ArmPlan, run: int, followed: Sequence[str], limit: int
) -> tuple[int, ...]:
    """Who is worth looking at among the followers of some influencers, or among all."""
    from simulator.engines.inspecting import worth_watching

    edges = [world.audiences.edges(world.creator(name)) for name in followed]
    among = {who for each in edges for who in world.audiences.person[each].tolist()} if followed else None
    click.echo(f"Playing run {run:,} of {arm.name} once, to find whom to look at …", err=True)
    return worth_watching(scenario, world, arm, run, among=among, limit=limit)


def _print_json(inspected: Inspected) -> None:
    import json

    from simulator.results.wording import visible

    days: list[Day] = []
    outcome = inspected.play(days.append)
    lines = json.dumps(inspected.as_json(days, outcome), indent=2, ensure_ascii=False, allow_nan=False).split("\n")
    click.echo("\n".join(visible(line) for line in lines))


def _print_lines(inspected: Inspected, *, step: bool) -> None:
    from simulator.results.wording import visible

    def say(lines: Iterable[str]) -> None:
        for line in lines:
            click.echo(visible(line))

    days: list[Day] = []

    def tell(day: Day) -> None:
        days.append(day)
        told = list(inspected.day_lines(day))
        say(told)
        if step and told and click.prompt("Enter: next day; q: quit", "", show_default=False, err=True) == "q":
            raise Enough

    say(inspected.head_lines())
    try:
        outcome = inspected.play(tell)
    except Enough:
        return
    say(inspected.end_lines(days, outcome))
