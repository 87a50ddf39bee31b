"""Every row has its scenario, can be played under both presets, and looks at what is there."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from simulator.decide.claims.play import PRESETS, Stage
from simulator.decide.claims.row import Claim, scenario_folder
from simulator.decide.claims.rows import all_rows
from simulator.errors import InputProblems
from simulator.scenario.loader import load_campaign
from simulator.scenario.market import room_for

ROWS = all_rows()
FEW = ("worlds=2", "replicates=4")
COARSER = 10  # people per agent, times what the row says
rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)


def test_every_row_has_a_scenario_and_every_scenario_a_row(root: Path) -> None:
    files = {path.stem for path in (root / "scenarios" / "claims").glob("*.yaml")}
    assert {row.id for row in ROWS} == {name for name in files if re.fullmatch(r"[QM]\d+", name)}


def test_ids_are_unique_and_in_order() -> None:
    ids = [row.id for row in ROWS]
    assert ids == sorted(set(ids), key=lambda name: (name[0] != "Q", int(name[1:])))


def test_scenarios_are_found_from_the_projects_folder_and_from_elsewhere(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert Path("scenarios/claims") == scenario_folder()
    monkeypatch.chdir(tmp_path)
    assert root / "scenarios" / "claims" == scenario_folder()


@rows
def test_a_row_is_in_our_words_and_ends_with_a_stop(row: Claim) -> None:
    for text in (row.says, row.why, *row.facts):
        assert not text or (text.endswith(".") and text[0] == text[0].upper())
    assert set(row.articles) <= {"a0", "a1", "a2", "a3", "a4"}
    assert row.articles


@rows
def test_a_row_s_market_has_room_for_the_topic_of_every_creator(row: Claim, root: Path) -> None:
    """Else large accounts look less focused than they are, which is a size effect of the market alone."""
    scenario, plan = load_campaign(root / row.scenario)
    assert plan.population >= max((room_for(scenario, creator) for creator in plan.creators), default=0.0)


@rows
def test_the_size_a_scenario_states_is_the_size_it_has(row: Claim, root: Path) -> None:
    path = root / row.scenario
    _, plan = load_campaign(path)
    stated = re.search(r"([\d,]+) agents of ([\d,]+) people", path.read_text())
    expected = f"{plan.agents:,}", f"{plan.people_per_agent:,}"
    assert stated is None or expected == stated.groups()


@rows
@pytest.mark.parametrize("preset", PRESETS)
def test_a_row_can_be_planned_with_the_same_people_in_all_variants(row: Claim, preset: str, root: Path) -> None:
    plans = [
        load_campaign(root / row.scenario, settings, preset=f"presets/{preset}") for settings in row.settings.values()
    ]
    assert 1 == len({(plan.population, plan.people_per_agent, scenario.worlds) for scenario, plan in plans})
    assert 1 == len({(scenario.seed, scenario.replicates) for scenario, _ in plans})
    assert plans[0][0].replicates % plans[0][0].worlds == 0


@rows
def test_a_scenario_says_how_large_its_market_is(row: Claim, root: Path) -> None:
    scenario, plan = load_campaign(root / row.scenario)
    assert isinstance(scenario.population.size, int)
    assert 10_000 <= plan.agents <= 250_000


@rows
def test_what_a_row_looks_at_is_defined(row: Claim, root: Path) -> None:
    _, plan = load_campaign(root / row.scenario)
    coarser = f"population.people_per_agent={COARSER * plan.people_per_agent}"
    runs = Stage("serial", more=(*FEW, coarser)).runs(row, "measured", 2)
    for observable in (row.observable, *row.also):
        found = observable.values(runs)
        assert (2, 4) == found.shape
        assert np.issubdtype(found.dtype, np.floating)


def test_more_draws_contain_fewer(root: Path) -> None:
    (row,) = (row for row in ROWS if row.id == "Q10")
    stage = Stage("serial", more=(*FEW, "population.people_per_agent=400"))
    few, many = (stage.runs(row, "measured", draws) for draws in (2, 5))
    again = stage.runs(row, "measured", 2)
    at_once = Stage("serial", more=(*FEW, "population.people_per_agent=400")).runs(row, "measured", 5)
    look = row.observable.values
    assert look(few).tolist() == look(again).tolist() == look(many)[:2].tolist()
    assert look(many).tolist() == look(at_once).tolist()


def test_equal_scenarios_are_played_once() -> None:
    stage = Stage("serial", more=(*FEW, "population.people_per_agent=200"))
    shared = [row for row in ROWS if row.id in {"M4", "M5", "M29"}]
    tables = [stage.runs(row, "measured", 2).written for row in shared]
    assert tables[0] is tables[1] is tables[2]


def test_replicates_must_visit_all_worlds_alike() -> None:
    with pytest.raises(InputProblems, match="replicates: 2 is no multiple of the 8 worlds; write replicates: 8"):
        Stage("serial", more=("replicates=2",)).runs(ROWS[0], "measured", 2)
