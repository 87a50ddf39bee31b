"""Plays the rows' scenarios in memory, each only once and only as long as needed: more draws add to what is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from simulator.decide.claims.row import Claim, Settings, scenario_folder
from simulator.decide.claims.runs import Runs, Tables
from simulator.errors import InputProblems, Problem
from simulator.experiment.runner import play_all
from simulator.quantity import Curve
from simulator.results.outcome import Outcome
from simulator.results.tables import influencers_table, runs_table
from simulator.scenario.draws import uncertain_numbers
from simulator.scenario.identity import scenario_hash
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

PRESETS: Final = ("claimed", "measured")
MOST_KEPT: Final = 40  # scenarios whose tables are kept
BY_RUN: Final = [("arm", "ascending"), ("run", "ascending")]
BY_INFLUENCER: Final = [*BY_RUN, ("influencer", "ascending")]


@dataclass
class _Played:
    """One scenario and its runs so far."""

    scenario: Scenario
    plan: Plan
    tables: Tables | None = None
    runs: int = 0


@dataclass
class Stage:
    """Where scenarios are played, and the runs so far. `more` are settings laid over every scenario."""

    executor: str = "local"
    more: Settings = ()
    before: Callable[[Scenario, Plan], None] = lambda *_: None  # called once, before the first run of all
    _known: dict[str, _Played] = field(default_factory=dict)

    def runs(self, claim: Claim, preset: str, draws: int) -> Runs:
        """The first draws of a row's scenario and of its variants, under a preset."""
        file = scenario_folder() / f"{claim.id}.yaml"
        return Runs({name: self._tables(file, changes, preset, draws) for name, changes in claim.settings.items()})

    def _tables(self, file: Path, settings: Settings, preset: str, draws: int) -> Tables:
        played = self._loaded(file, settings, preset)
        replicates = played.scenario.replicates
        if played.runs < draws * replicates:
            self._play(played, draws * replicates)
        assert played.tables is not None  # just played
        return _first(played.tables, draws * replicates) if played.runs > draws * replicates else played.tables

    def _loaded(self, file: Path, settings: Settings, preset: str) -> _Played:
        scenario, plan = load_campaign(file, (*settings, *self.more), preset=f"presets/{preset}")
        _check(file, scenario)
        played = self._known.setdefault(scenario_hash(scenario, ""), _Played(scenario, plan))
        while len(self._known) > MOST_KEPT:  # the oldest go; whoever asks again plays again
            del self._known[next(iter(self._known))]
        return played

    def _play(self, played: _Played, runs: int) -> None:
        scenario, plan = played.scenario, played.plan
        if not any(known.tables for known in self._known.values()):
            self.before(scenario, plan)
        outcomes = play_all(scenario, plan, runs=runs, executor=self.executor, done=range(1, played.runs + 1))
        fresh = _tables_of(scenario, plan, outcomes)
        played.tables = _joined([played.tables, fresh] if played.tables else [fresh])
        played.runs = runs


def _check(file: Path, scenario: Scenario) -> None:
    """Every draw must visit every world equally often, so that worlds make no difference between draws."""
    if scenario.replicates % scenario.worlds:
        message = f"{scenario.replicates} is no multiple of the {scenario.worlds} worlds"
        remedy = f"write replicates: {-(-scenario.replicates // scenario.worlds) * scenario.worlds}"
        raise InputProblems([Problem("replicates", message, remedy, str(file))])


def _tables_of(scenario: Scenario, plan: Plan, outcomes: list[Outcome]) -> Tables:
    return Tables(
        runs=runs_table(outcomes, {arm.name: arm.budget for arm in plan.arms}).sort_by(BY_RUN),
        influencers=influencers_table(outcomes).sort_by(BY_INFLUENCER),
        replicates=scenario.replicates,
        worlds=scenario.worlds,
        agents=plan.agents,
        curves=frozenset(number.path for number in uncertain_numbers(scenario) if isinstance(number, Curve)),
    )


def _joined(parts: Sequence[Tables]) -> Tables:
    """All parts as one, sorted."""
    runs = pa.concat_tables([part.runs for part in parts]).sort_by(BY_RUN)
    influencers = pa.concat_tables([part.influencers for part in parts]).sort_by(BY_INFLUENCER)
    return replace(parts[0], runs=runs, influencers=influencers)


def _first(tables: Tables, runs: int) -> Tables:
    """Only runs 1 to `runs`."""
    kept = (table.filter(pc.less_equal(table["run"], runs)) for table in (tables.runs, tables.influencers))
    return replace(tables, **dict(zip(("runs", "influencers"), kept, strict=True)))
