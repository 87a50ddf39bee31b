"""Rule files for tests, and a program that plays a scenario in a process of its own: a process has one set of rules.

python tests/own_rules.py FILE ENGINE RUNS [SETTING...]     prints a list of [run, arm, digest or error] as JSON
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

# The built-in rules, word for word.
SAME = """
from __future__ import annotations

from simulator.arithmetic import logistic
from simulator.compiled import rule
from simulator.rules.facts import Person, Post, Response, Tie
from simulator.rules.trust import trust_felt


@rule
def engage(person: Person, tie: Tie, post: Post, response: Response, exposures: float) -> float:
    return logistic(
        post.engage
        + response.trust_on_engage * (trust_felt(tie, post) - post.trust)
        + response.fit_on_engage * person.affinity
        + response.wear_on_engage * exposures
        + response.susceptibility_on_engage * person.susceptibility * post.by_peer
        + response.persona_on_engage * tie.persona
    )


@rule
def trust_after(tie: Tie, post: Post, engaged: int, response: Response) -> float:
    if engaged:
        trust = tie.trust + response.trust_step * (1.0 - tie.trust)
    else:
        trust = tie.trust - response.trust_step * response.trust_ignored_weight * tie.trust
    return trust * (1.0 - post.doubt * (1.0 - trust))
"""
# Every rule that may be replaced, asking for every fact in every channel; fails in runs in which trust counts much.
OTHER = """
from simulator.arithmetic import power_
from simulator.rules.conversion import click as clicks, order as orders
from simulator.rules.engagement import engage as engages
from simulator.rules.facts import LIKE, SHARE
from simulator.rules.trust import trust_felt as felt

BOUND = 1.2
HALF = 1 / 2


def seen(exposures):
    return 1.0 / (1.0 + exposures)


def engage(person, tie, post, response, exposures):
    if response.trust_on_engage > BOUND:
        raise ValueError("trust counts too much")
    keen = 0.1 if person.susceptibility > 0.5 and person.affinity < 1.0 else 0.0
    return HALF * engages(person, tie, post, response, exposures) + 0.1 * seen(exposures) + keen + 0.1 * tie.persona


def kind(die, post):
    return SHARE if die < 0.4 else LIKE


def click(person, tie, post, response, exposures, engaged):
    return HALF * clicks(person, tie, post, response, exposures, engaged) + 0.1 * tie.trust


def order(person, tie, post, response, clicked):
    assert person.sources >= 0.0, "nobody has fewer sources than none"
    return HALF * orders(person, tie, post, response, clicked) + 0.02 * min(person.sources, 5.0)


def heard_before(person, response):
    return 0.3 * person.sources


def lag(die, half_life):
    days = 0
    for day in range(5):
        if die < power_(HALF, float(day)):
            days = day
    return days


def trust_felt(tie, post):
    return HALF * felt(tie, post)


def trust_after(tie, post, engaged, response):
    assert tie.trust > 0.0, "who trusts nobody is nobody"
    return 0.9 * tie.trust + 0.1 * engaged


def remembered_exposures(person):
    return HALF * person.exposures * person.remembered


def share_remembered(days, response):
    return 1.0 / (1.0 + days)
"""
FUNCTIONS = {
    "engage": "engage",
    "engagement_kind": "kind",
    "click": "click",
    "order": "order",
    "heard_before": "heard_before",
    "order_lag": "lag",
    "trust_felt": "trust_felt",
    "trust_after": "trust_after",
    "remembered_exposures": "remembered_exposures",
    "share_remembered": "share_remembered",
}
Row = tuple[int, str, str]


def replacing(file: str, names: Iterable[str]) -> list[str]:
    """Settings that replace rules by functions of a file."""
    return [f"behavior.{name}={file}:{FUNCTIONS[name]}" for name in names]


def elsewhere(folder: Path, *words: str) -> Any:
    """What the program prints when it is started in a folder."""
    found = subprocess.run(
        [sys.executable, __file__, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "SIMULATOR_WORLDS_GB": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == found.returncode, found.stderr
    return json.loads(found.stdout)


def plays(file: str, engine: str, runs: Iterable[int], settings: Iterable[str] = ()) -> list[Row]:
    """Play runs of a scenario file."""
    from simulator.scenario.loader import load_campaign

    return play_runs(*load_campaign(file, list(settings)), engine, runs)


def play_mesa(campaign: Any, run: int) -> list[Row]:
    """Play one run of a campaign that another process has loaded."""
    return play_runs(*campaign, "mesa", (run,))


def play_runs(scenario: Any, plan: Any, engine: Any, runs: Iterable[int]) -> list[Row]:
    """Play runs one after the other in the same room; a run that fails leaves its error."""
    from simulator.engines.play import Room, play
    from simulator.errors import RuleError
    from simulator.world.build import build_world

    world, room, found = build_world(scenario, plan, 0), Room(), []
    for run in runs:
        for arm in plan.arms:
            try:
                said = digest(play(scenario, world, arm, run, engine, room))
            except RuleError as error:
                said = str(error)
            found.append((run, arm.name, said))
    return found


def digest(outcome: Any) -> str:
    """A name of everything a run leaves."""
    return hashlib.sha256(repr(replace(outcome, daily=outcome.daily.tolist())).encode()).hexdigest()[:16]


if __name__ == "__main__":
    file, engine, runs, *settings = sys.argv[1:]
    sys.stdout.write(json.dumps(plays(file, engine, json.loads(runs), settings)))
