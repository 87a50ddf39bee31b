"""Trials of several versions give what each version gives alone, to the bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from simulator.errors import InputProblems
from simulator.experiment import versions
from simulator.experiment.executors import open_team
from simulator.experiment.runner import play_all
from simulator.experiment.trials import MOST_TRIALS, Trials, check_size, job_of, play_trials
from simulator.experiment.versions import AtFractions, Listed, Version
from simulator.results.tables import runs_table, schema
from simulator.results.trial_parts import TrialsInMemory, remove_trials, trial_parts
from simulator.scenario.loader import load_campaign
from simulator.scenario.pins import pinned

QUICK = Path(__file__).parents[2] / "scenarios" / "quick.yaml"
RUNS = 6


def version(*settings: str) -> Version:
    return Version(*load_campaign(QUICK, settings))


def played(trials: Trials, executor: str = "serial") -> pa.Table:
    keeper = TrialsInMemory()
    with open_team(executor) as team:
        play_trials(job_of(trials, "compiled"), team, keeper)
    return keeper.table().sort_by([("arm", "ascending"), ("run", "ascending")])


def alone(one: Version, people: int) -> pa.Table:
    plan = replace(one.plan, population=people)
    outcomes = play_all(one.scenario, plan, runs=RUNS, executor="serial")
    table = runs_table(outcomes, {arm.name: arm.budget for arm in plan.arms}).select(schema("runs").names)
    return table.sort_by([("arm", "ascending"), ("run", "ascending")])


def of_version(table: pa.Table, trials: Trials, number: int) -> pa.Table:
    mine = table.filter(pa.array(trials.version[table["run"].to_numpy() - 1] == number))
    runs = pa.array(trials.run[mine["run"].to_numpy() - 1], type=pa.int32())
    return mine.set_column(1, "run", runs).sort_by([("arm", "ascending"), ("run", "ascending")])


SETTINGS = (
    (),
    ("behavior.sponsored_ratio=0.5",),
    ("arms.five.hire.0.count=3",),  # fewer creators
    ("budget=600",),
    ("arms.one.hire.0.real_share=0.5",),  # the same creator with another audience
    ("behavior.topic_ceiling=0.6",),  # another world
)


@pytest.fixture(scope="module")
def listed() -> Listed:
    return Listed([version(*settings) for settings in SETTINGS])


def test_versions_of_one_world_share_a_market(listed: Listed) -> None:
    assert [0, 0, 0, 0, 1, 2] == [listed.market(number) for number in range(len(listed))]
    assert 6 == len(listed.markets[0].plan.creators)


def test_every_version_gives_what_it_gives_alone(listed: Listed) -> None:
    trials = Trials.crossed(listed, RUNS)
    table = played(trials)
    people = listed.version(0).plan.population
    for number, settings in enumerate(SETTINGS):
        assert alone(version(*settings), people).equals(of_version(table, trials, number)), settings


@pytest.mark.parametrize("executor", ["local:2", "processes:2"])
def test_trials_do_not_hang_on_where_they_are_played(listed: Listed, executor: str) -> None:
    trials = Trials.crossed(listed, RUNS)
    assert played(trials).equals(played(trials, executor))


def test_points_are_scenarios_with_numbers_held() -> None:
    base = version()
    paths = ("behavior.sponsored_ratio", "platform.click_rate")
    points = AtFractions(base, paths, np.array([[0.1, 0.9], [0.5, 0.5]]))
    trials = Trials.crossed(points, RUNS)
    table = played(trials)
    for number, fractions in enumerate(points.fractions.tolist()):
        held = Version(pinned(base.scenario, dict(zip(paths, fractions, strict=True))), base.plan)
        assert alone(held, base.plan.population).equals(of_version(table, trials, number))


def test_a_trial_may_have_any_runs_luck() -> None:
    base = version()
    trials = Trials(Listed([base]), np.zeros(3, np.int64), np.array([5, 2, 5]))
    table = played(trials)
    mine = {run: table.filter(pc.equal(table["run"], run)).drop_columns(["run"]) for run in (1, 2, 3)}
    assert mine[1].equals(mine[3])
    assert not mine[1].equals(mine[2])


def test_all_versions_play_in_a_market_as_large_as_the_largest_needs() -> None:
    one = version()
    found = Listed([replace(one, plan=replace(one.plan, population=people)) for people in (4000, 9000)])
    assert [9000, 9000] == [found.version(number).plan.population for number in (0, 1)]
    assert [9000] == [market.plan.population for market in found.markets]


def test_no_more_points_are_remembered_than_memory_should_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST_KEPT", 2)
    points = AtFractions(version(), ("behavior.halo",), np.linspace(0.1, 0.9, 5)[:, np.newaxis])
    halos = [points.version(number).scenario.behavior.halo.value for number in (0, 1, 2, 3, 4, 0)]
    assert halos[0] == halos[-1] < halos[1] < halos[4]
    assert len(points._known) <= 2


def test_as_many_trials_as_are_allowed_are() -> None:
    check_size(MOST_TRIALS)
    with pytest.raises(InputProblems, match="trials are more than"):
        check_size(MOST_TRIALS + 1)


def test_too_many_trials_are_refused_before_they_take_memory(listed: Listed) -> None:
    with pytest.raises(InputProblems, match="ask for fewer points or fewer runs"):
        Trials.crossed(listed, 10**12)


def test_points_are_known_by_a_hash_of_theirs() -> None:
    """A million points as text would not fit into memory."""
    base, paths = version(), ("behavior.halo", "platform.click_rate")
    many = [AtFractions(base, paths, np.full((1000, 2), fraction)) for fraction in (0.5, 0.5, 0.5 + 1e-12)]
    same, again, other = (each.identity() for each in many)
    assert same == again
    assert same != other
    assert len(str(same[-1])) < 100


def test_what_is_done_is_not_played_again(listed: Listed, tmp_path: Path) -> None:
    trials = Trials.crossed(listed, RUNS)
    whole = played(trials)
    first = whole.filter(pc.less_equal(whole["run"], 10))
    seen: list[int] = []
    parts = trial_parts(tmp_path, "sweep", "abc")
    parts.add({"runs": first})
    with open_team("serial") as team:
        play_trials(job_of(trials, "compiled"), team, parts, done=parts.ledger().done, on_progress=seen.append)
    rest = parts.table().sort_by([("arm", "ascending"), ("run", "ascending")])
    assert whole.equals(rest)
    assert len(trials) == seen[-1]
    assert 10 < seen[0]


def test_trials_of_another_analysis_give_way(tmp_path: Path) -> None:
    folder = trial_parts(tmp_path, "sweep", "abc").folder
    trial_parts(tmp_path, "tornado", "def")
    assert folder.exists()
    other = trial_parts(tmp_path, "sweep", "def").folder
    assert not folder.exists()
    remove_trials(tmp_path, "sweep")
    assert not other.exists()
