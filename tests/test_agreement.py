"""The same bytes from both engines, any number of threads, any batch, any order of arms and any order of people."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from lively import TABLES, Play, lively, played

from simulator.campaign.brief import brief_run
from simulator.dice import identity
from simulator.engines.followers_mesa import MesaFollowers
from simulator.engines.model import CampaignModel
from simulator.engines.play import play_compiled
from simulator.engines.room import Room
from simulator.experiment.runner import play_all
from simulator.results.tables import daily_table, influencers_table, runs_table
from simulator.scenario.draws import Draws
from simulator.scenario.identity import scenario_hash
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Contract, Creator, Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world
from simulator.world.world import World

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
CLAIMS = sorted((Path(__file__).parents[1] / "scenarios" / "claims").glob("[QM]*.yaml"))
AGENTS = 1500
HIRED = 100  # of an arm, at most


MECHANISMS = """
mechanisms:
  replies: {capacity: 2, gain: 0.5, dry_up: 0.5, automated: 0.5, automated_loss: 0.3}
  disclosure: {doubt: 0.3}
  rivals: {penalty: 0.3, usual: 0.2}
  partnership: {trust: 0.5, fit: 2, relief: 0.5}
  scandals: {hazard: 0.5, loss: 0.5, brand_loss: 0.5}
  polish: {usual: 0.5, on_engage: 0.5, doubt: 0.2}
  effort: {usual: 0.5, on_engage: 1.5, on_click: 1.5}
  creative_control: on
  brand_belief: on
  expertise: {on_order: 0.5}
  early_platform: {adopters: 0.5, bonus: 0.5}
  persona: {on_engage: 0.5, on_click: 0.5, on_order: 0.5, quality_on_order: 2, blindness: 0.7}
  sources: {second: 3, third: 3}
  call_to_action: on
  creative_diversity: on
  audience_growth: {per_month: 0.5, loss_per_post: 0.1}
  sharing_mix: {slope: -0.2, banned: 0.3}
"""


def roster_file(folder: Path) -> Path:
    """A small roster with accounts that the shipped scenario asks for."""
    rows = [f"b{k},beauty,{size}" for k, size in enumerate([450_000, 520_000, *range(41_000, 59_000, 1_000)])]
    path = folder / "roster.csv"
    path.write_text("\n".join(["id,category,followers", *rows]))
    return path


def graph_file(folder: Path) -> Path:
    """A small graph: a ring of 3,000 people, some of whom have many ties more."""
    path = folder / "graph.csv"
    path.write_text("".join(f"{k},{(k + 1) % 3000}\n{k},{k * k % 997}\n" for k in range(3000)))
    return path


def shrunk(plan: Plan, hired: int = HIRED) -> Plan:
    """The same plan in a village: everybody's followers in proportion, at least 60 agents."""
    people = AGENTS * plan.people_per_agent
    scale, fewest = people / plan.population, 60 * plan.people_per_agent
    small = {c.name: replace(c, followers=max(fewest, int(c.followers * scale))) for c in plan.creators}
    arms = tuple(
        replace(
            arm,
            ad_spend=int(arm.ad_spend * scale),
            contracts=tuple(_small(signed, small, scale) for signed in arm.contracts[:hired]),
            reserves=tuple(_small(signed, small, scale) for signed in arm.reserves[:hired]),
        )
        for arm in plan.arms
    )
    names = {contract.creator.name for arm in arms for contract in (*arm.contracts, *arm.reserves)}
    creators = tuple(small[c.name] for c in plan.creators if c.name in names)
    return replace(plan, arms=arms, creators=creators, population=people)


def _small(signed: Contract, small: dict[str, Creator], scale: float) -> Contract:
    return replace(signed, creator=small[signed.creator.name], boost=int(signed.boost * scale))


def test_both_engines_agree_where_everything_happens(tmp_path: Path, play: Play) -> None:
    """Cascades of several generations, codes that leak, fees that vary, ads, a creator of another topic."""
    scenario, plan = load_campaign(lively(tmp_path))
    compiled = play(scenario, plan, 8, "compiled")
    assert compiled == play(scenario, plan, 8, "mesa")
    rows = _rows(compiled["runs"])
    for name in (
        "orders_word_of_mouth",
        "attributed_orders",
        "engagements_word_of_mouth",
        "shares",
        "clicks",
        "late_orders",
    ):
        assert any(row[name] for row in rows), name


def test_both_engines_agree_where_every_mechanism_works(tmp_path: Path, play: Play) -> None:
    """Each of them strongly, all at once; and each leaves a trace."""
    scenario, plan = load_campaign(lively(tmp_path, MECHANISMS))
    compiled = play(scenario, plan, 8, "compiled")
    assert compiled == play(scenario, plan, 8, "mesa")
    rows = _rows(compiled["runs"])
    for name in ("replies", "scandals"):
        assert any(row[name] for row in rows), name


def _rows(table: bytes) -> list[dict[str, object]]:
    import io

    import pyarrow.parquet as pq

    rows: list[dict[str, object]] = pq.read_table(io.BytesIO(table)).to_pylist()
    return rows


def load_small(path: Path, folder: Path) -> tuple[Scenario, Plan]:
    settings = ["worlds=2"] + ([f"roster.file={roster_file(folder)}"] if "roster" in path.stem else [])
    settings += [f"population.network.file={graph_file(folder)}"] if "graph" in path.stem else []
    scenario, plan = load_campaign(path, settings)
    return scenario, plan if scenario.population.network.from_file else shrunk(plan)


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """Play a plan and return the bytes of each table."""
    folders: Iterator[Path] = (tmp_path / f"play{k}" for k in count())
    return lambda *plan, **how: played(next(folders), *plan, **how)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_both_engines_write_the_same_bytes(path: Path, tmp_path: Path, play: Play) -> None:
    scenario, plan = load_small(path, tmp_path)
    assert play(scenario, plan, 3, "compiled") == play(scenario, plan, 3, "mesa")


def test_both_engines_agree_on_the_claims() -> None:
    """Every different question among the rows' scenarios, once: one run of all arms, in memory."""
    compared: set[str] = set()
    for path in CLAIMS:
        scenario, plan = load_campaign(path)
        if (question := scenario_hash(scenario, "")) not in compared:
            compared.add(question)
            small = shrunk(plan, hired=10)
            assert _run(scenario, small, "compiled") == _run(scenario, small, "mesa"), path.stem
    assert compared


def _run(scenario: Scenario, plan: Plan, engine: str) -> list[object]:
    """The first run, as the rows of all tables."""
    outcomes = play_all(scenario, plan, runs=1, engine=engine)
    budgets = {arm.name: arm.budget for arm in plan.arms}
    return [
        table.to_pylist()
        for table in (runs_table(outcomes, budgets), influencers_table(outcomes), daily_table(outcomes))
    ]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_threads_batches_and_order_of_arms_change_nothing(path: Path, tmp_path: Path, play: Play) -> None:
    scenario, plan = load_small(path, tmp_path)
    expected = play(scenario, plan, 15)
    assert expected == play(scenario, plan, 15, executor="local:1")
    assert expected == play(scenario, plan, 15, executor="local:2")
    assert expected == play(scenario, plan, 15, chunk_size=1)
    assert expected == play(scenario, plan, 15, chunk_size=7, executor="local:2")
    turned = replace(plan, arms=(plan.arms[0], *reversed(plan.arms[1:])))
    assert expected == play(scenario, turned, 15)


def test_fewer_runs_are_the_first_rows_of_more(tmp_path: Path, play: Play) -> None:
    scenario, plan = load_small(SCENARIOS[0], tmp_path)
    few, many = (play(scenario, plan, runs) for runs in (50, 100))
    for name in TABLES:
        assert _rows(few[name]) == [row for row in _rows(many[name]) if row["run"] <= 50]  # type: ignore[operator]


def test_an_added_arm_leaves_the_other_rows_as_they_were(tmp_path: Path, play: Play) -> None:
    path = next(path for path in SCENARIOS if path.stem == "ten_thousand_at_market_prices")
    scenario, plan = load_small(path, tmp_path)
    known = {contract.creator.name for arm in plan.arms[:2] for contract in arm.contracts}
    fewer = replace(plan, arms=plan.arms[:2], creators=tuple(c for c in plan.creators if c.name in known))
    alone, along = play(scenario, fewer, 10), play(scenario, plan, 10)
    names = [arm.name for arm in fewer.arms]
    for name in TABLES:
        assert _rows(alone[name]) == [row for row in _rows(along[name]) if row["arm"] in names]


@pytest.mark.parametrize("order", ["reverse", "shuffled"])
@pytest.mark.parametrize("path", [*SCENARIOS, None], ids=lambda path: path.stem if path else "lively")
def test_people_may_be_visited_in_any_order(path: Path | None, order: str, tmp_path: Path) -> None:
    scenario, plan = load_small(path, tmp_path) if path else load_campaign(lively(tmp_path))
    _assert_any_order(scenario, plan, order)


@pytest.mark.parametrize("order", ["reverse", "shuffled"])
def test_people_may_be_visited_in_any_order_where_every_mechanism_works(order: str, tmp_path: Path) -> None:
    _assert_any_order(*load_campaign(lively(tmp_path, MECHANISMS)), order)


def _assert_any_order(scenario: Scenario, plan: Plan, order: str) -> None:
    world = build_world(scenario, plan, 0)

    def visit(people: list[int]) -> list[int]:
        return people[::-1] if order == "reverse" else sorted(people, key=lambda who: identity("visit", who))

    for arm in plan.arms:
        assert _counts(scenario, plan, world, arm.name, visit) == _counts(scenario, plan, world, arm.name, None)


def _counts(scenario: Scenario, plan: Plan, world: World, name: str, visit: object) -> list[bytes]:
    arm = next(arm for arm in plan.arms if arm.name == name)
    brief = brief_run(scenario, world, arm, Draws(scenario.seed, world.index, 1))
    if visit is None:
        return [counts.tobytes() for counts in play_compiled(brief, world, Room()).counts]
    model = CampaignModel(brief)
    try:
        return [counts.tobytes() for counts in model.play(MesaFollowers(model, brief, world, visit)).counts]  # type: ignore[arg-type]
    finally:
        model.close()


def test_the_hash_seed_of_python_changes_nothing(tmp_path: Path) -> None:
    """Two processes with different PYTHONHASHSEED write the same bytes."""
    folders = [tmp_path / seed for seed in "01"]
    for folder, seed in zip(folders, "01", strict=True):
        subprocess.run(
            [sys.executable, "-m", "simulator", "run", _quick(), "--runs", "8",
             "--out", str(folder), "--daily"],
            check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
    for name in TABLES:
        assert (folders[0] / f"{name}.parquet").read_bytes() == (folders[1] / f"{name}.parquet").read_bytes()


def _quick() -> str:
    return str(next(path for path in SCENARIOS if path.stem == "quick"))
