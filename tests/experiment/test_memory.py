"""What an experiment needs is estimated well, and what cannot fit is refused with what would."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarking.memory import bytes_of

from simulator.engines.play import Scratch, play
from simulator.errors import InputProblems
from simulator.experiment.memory import (
    BASE,
    Need,
    free_bytes,
    need_of,
    refuse_if_too_large,
    worlds_that_fit,
)
from simulator.scenario.loader import load_campaign
from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario
from simulator.world.build import build_world

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def loaded(name: str, *settings: str) -> tuple[Scenario, Plan]:
    return load_campaign(SCENARIOS / f"{name}.yaml", settings)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("one_macro_vs_ten_micros", ("population.people_per_agent=20",)),
        ("benchmark_w", ("population.people_per_agent=10",)),
        ("benchmark_w", ("population.people_per_agent=10", "population.network.mean_peers=20")),
    ],
)
def test_the_estimate_is_what_worlds_and_workers_hold(name: str, settings: tuple[str, ...]) -> None:
    scenario, plan = loaded(name, *settings)
    need, world, scratch = need_of(scenario, plan, "compiled"), build_world(scenario, plan, 0), Scratch()
    for arm in plan.arms:
        play(scenario, world, arm, 1, "compiled", scratch)
    assert need.world == pytest.approx(bytes_of((world.people, world.audiences, world.network)), rel=0.15)
    assert need.worker == pytest.approx(bytes_of(scratch, beyond=world), rel=0.35, abs=1e6)


def test_mesa_needs_kilobytes_for_each_agent() -> None:
    scenario, plan = loaded("quick")
    assert 3e3 < need_of(scenario, plan, "mesa").worker / plan.agents < 5e3


def test_threads_share_worlds_and_processes_do_not() -> None:
    need = Need(world=1e9, worker=1e8)
    assert BASE + 4e8 + 4.25e9 == need.of_threads(4, 8)
    assert BASE + 4e8 + 2.25e9 == need.of_threads(4, 2)
    assert BASE + 4 * (BASE + 1e8 + 1.25e9) == need.of_processes(4, 8)


def test_what_fits_is_not_refused() -> None:
    assert refuse_if_too_large(*loaded("quick"), "compiled", "local:2", 2, 1e9) is None  # else it raises


@pytest.mark.parametrize(
    ("executor", "free", "remedy"),
    [
        ("local:2", 0.6e9, "use --executor local:1"),
        ("processes:4", 2.0e9, "use --executor processes:3"),
        ("local:2", 0.45e9, "give population.people_per_agent: 2 or more"),
    ],
)
def test_what_cannot_fit_is_refused_with_what_would(executor: str, free: float, remedy: str) -> None:
    scenario, plan = loaded("one_macro_vs_ten_micros")
    workers = int(executor.partition(":")[2])
    with pytest.raises(InputProblems, match=f"2,400,000 agents and {workers} workers need about .* GB.*{remedy}"):
        refuse_if_too_large(scenario, plan, "compiled", executor, workers, free)
    kind, _, fewer = remedy.partition("--executor ")
    if fewer:
        refuse_if_too_large(scenario, plan, "compiled", fewer, int(fewer.partition(":")[2]), free)
    else:
        thinned = loaded("one_macro_vs_ten_micros", f"{kind.split(' ')[1].rstrip(':')}={kind.split(' ')[2]}")
        refuse_if_too_large(*thinned, "compiled", "local:1", 1, free)


def test_worlds_are_kept_while_half_of_the_memory_holds_them() -> None:
    need = Need(world=1e9, worker=1e8)
    assert (8, 3, 2) == tuple(worlds_that_fit(need, 2, 8, free) for free in (None, 6e9, 1e9))


def test_the_machine_tells_what_is_free() -> None:
    free = free_bytes()
    assert free is None or 1e7 < free < 1e14
