"""From a scenario file to the scenario and its plan: read, merge, write out, bind, plan; every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.catalog import in_catalog
from simulator.errors import InputProblems, Problem
from simulator.scenario.bind import Binder
from simulator.scenario.custom_rules import take_rules
from simulator.scenario.document import Node, whole_characters
from simulator.scenario.draws import design_problems
from simulator.scenario.layers import BASE, locate, merged_tree
from simulator.scenario.offers import Plan
from simulator.scenario.planning import plan_campaign
from simulator.scenario.problems import Problems
from simulator.scenario.schema import Scenario
from simulator.scenario.shorthand import write_out

__all__ = ["load_campaign", "load_scenario", "plan_campaign"]

Check = Callable[[Scenario], Iterable[Problem]]


def load_scenario(path: str | Path, settings: Sequence[str] = (), *, allow_custom_rules: bool = True) -> Scenario:
    """The scenario of a file, with `settings` of the form `path=value` laid over it. Raises InputProblems."""
    scenario, _, problems = _read(Path(path), settings, allow_custom_rules=allow_custom_rules)
    problems.stop()
    assert scenario is not None  # nothing was wrong
    return scenario


def load_campaign(
    path: str | Path,
    settings: Sequence[str] = (),
    *,
    check: Check | None = None,
    preset: str = BASE,
    allow_custom_rules: bool = True,
) -> tuple[Scenario, Plan]:
    """The scenario of a file and what is signed in it. Raises InputProblems with the problems of both.

    `check` finds more of them, which are placed in the file by their paths: the layers above know targets. `preset`
    takes the place of presets/measured wherever the file builds on it. Rules of the scenario's own are checked and not
    run; without `allow_custom_rules`, naming one is a problem.
    """
    scenario, tree, problems = _read(Path(path), settings, preset, allow_custom_rules=allow_custom_rules)
    plan = None
    if scenario is not None:
        found = check(scenario) if check is not None else ()
        problems.take(_placed(problem, tree) for problem in found)
        try:
            plan = plan_campaign(scenario)
        except InputProblems as error:
            problems.take(_placed(problem, tree) for problem in error.problems)
    problems.stop()
    assert scenario is not None  # nothing was wrong
    assert plan is not None
    return scenario, plan


def _read(
    path: Path, settings: Sequence[str], preset: str = BASE, *, allow_custom_rules: bool
) -> tuple[Scenario | None, Node, Problems]:
    """The scenario as far as it can be read, the tree it came from, and what is wrong."""
    problems = Problems()
    tree = merged_tree(path, settings, problems, preset)
    if "name" not in tree.mapping:
        tree = Node({**tree.mapping, "name": Node(whole_characters(path.stem), tree.place)}, tree.place)
    tree = write_out(tree, problems)
    tree, rules = take_rules(tree, problems, allowed=allow_custom_rules)
    scenario = Binder(problems).part(Scenario, tree, "")
    if scenario is not None:
        problems.found.extend(_placed(problem, tree) for problem in design_problems(scenario))
    scenario = scenario.model_copy(update={"custom_rules": rules}) if scenario is not None else None
    problems.found[:] = [_placed(problem, tree) if in_catalog(problem.file) else problem for problem in problems.found]
    return scenario, tree, problems


def _placed(problem: Problem, tree: Node) -> Problem:
    place = locate(tree, problem.path)
    return replace(problem, file=place.file, line=place.line, column=place.column)
