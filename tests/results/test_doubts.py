"""Doubts about the figures are raised where there is reason, and only there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from experiment.fake_engine import campaign

from simulator.results.arms import ArmRuns, HireRuns
from simulator.results.doubts import (
    _by_an_assumption,
    _by_few_runs,
    _by_one_creator,
    _by_one_world,
    _by_who_signs,
    _implausible,
    doubts,
)
from simulator.results.tables import NO_CAMPAIGN
from simulator.scenario.offers import OWN_ACCOUNT

RUNS = 80


def arm(name: str = "one", *, worlds: int = 4, **columns: Any) -> ArmRuns:
    known = {"cost": 100.0, "profit": 0.0, "incremental_revenue": 100.0} | columns
    filled = {key: np.broadcast_to(np.asarray(value, dtype=float), RUNS) for key, value in known.items()}
    return ArmRuns(name, np.arange(RUNS) % worlds, filled, ())


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, None),
        ({"incremental_revenue": 2000.0}, None),
        ({"incremental_revenue": 2100.0}, "21.0 of revenue caused per unit of cost is more than any published average"),
        ({"profit": -100.0}, None),
        ({"profit": -101.0}, "loses more than it costs"),
        ({"cost": 0.0, "profit": 0.0}, None),
    ],
)
def test_figures_beyond_what_was_ever_published_are_said(columns: dict[str, float], words: str | None) -> None:
    notes = list(_implausible([arm(**columns)]))
    assert (words is not None) == bool(notes)
    assert words is None or words in notes[0]


def creators(*orders: int, hire: str = "micro") -> pa.Table:
    count = len(orders)
    return pa.table(
        {
            "arm": ["one"] * count,
            "influencer": [f"micro#{k}" for k in range(1, count + 1)],
            "hire": [hire] * count,
            "attributed_orders": list(orders),
        }
    )


@pytest.mark.parametrize(
    ("orders", "said"), [((8, 1, 1), True), ((5, 3, 2), False), ((9, 1), False), ((0, 0, 0), False)]
)
def test_one_creator_of_several_who_brings_most_is_named(orders: tuple[int, ...], said: bool) -> None:
    notes = list(_by_one_creator([arm()], creators(*orders)))
    assert said == bool(notes)
    assert not said or "micro#1, one of 3 creators, brings 80%" in notes[0]


def test_who_brings_most_is_not_said_where_somebodys_orders_are_not_tracked() -> None:
    sums = {"clicks": np.ones(RUNS), "attributed_orders": np.zeros(RUNS)}
    untracked = HireRuns("other", np.ones(RUNS), sums, 100)
    assert [] == list(_by_one_creator([replace(arm(), hires=(untracked,))], creators(8, 1, 1)))


def test_the_brands_own_account_is_none_of_the_creators_that_may_fail() -> None:
    own = creators(90, hire=OWN_ACCOUNT).set_column(1, "influencer", pa.array(["own account#1"]))
    even = creators(4, 3, 3)
    assert [] == list(_by_one_creator([arm()], pa.concat_tables([even, own])))
    (note,) = _by_one_creator([arm()], pa.concat_tables([creators(8, 1, 1), own]))
    assert "micro#1, one of 3 creators, brings 80%" in note


def test_creators_are_weighed_within_their_own_arm() -> None:
    other = creators(90, 80, 70).set_column(0, "arm", pa.array(["other"] * 3))
    (note,) = _by_one_creator([arm(), arm("other")], pa.concat_tables([creators(8, 1, 1), other]))
    assert note.startswith("one: micro#1")


def test_a_mean_that_many_runs_make_is_not_said() -> None:
    """A tenth of the runs earns everything; the best 5% of the runs are half of them."""
    tenth = np.full(RUNS, -100.0)
    tenth[:8] = 5000.0
    assert [] == list(_by_few_runs([arm(profit=tenth)]))


def test_a_mean_that_few_runs_make_is_said() -> None:
    even, rare = np.full(RUNS, -50.0), np.full(RUNS, -100.0)
    rare[:4] = 5000.0
    assert [] == list(_by_few_runs([arm(profit=even)]))
    (note,) = _by_few_runs([arm(profit=rare)])
    assert "100% of all it earns comes from the best 5% of the runs" in note


def test_a_single_market_that_makes_the_lead_is_named() -> None:
    worlds = np.arange(RUNS) % 4
    rival = arm("other", profit=0.0)
    assert [] == list(_by_one_world([arm(profit=1.0), rival]))
    (note,) = _by_one_world([arm(profit=np.where(worlds == 2, 10.0, -1.0)), rival])
    assert "world 2) makes the lead of one: without it other would lead; use worlds: 16" in note
    assert [] == list(_by_one_world([arm(profit=np.where(worlds < 2, 10.0, -9.5)), rival])), "either of two decides"


def test_of_two_markets_one_always_makes_the_lead() -> None:
    lead = np.where(np.arange(RUNS) % 2 == 0, 10.0, -1.0)
    assert [] == list(_by_one_world([arm(profit=lead, worlds=2), arm("other", worlds=2)]))


def test_doing_nothing_is_a_choice_that_a_single_market_may_keep_from_leading(tmp_path: Path) -> None:
    """No other note: the campaign earns its cost in every run, and nobody is hired."""
    scenario, _ = campaign(tmp_path)
    arms = [arm(NO_CAMPAIGN, cost=0.0), arm(profit=np.where(np.arange(RUNS) % 4 == 2, 10.0, -1.0))]
    found = doubts(scenario, arms, creators(), {"arm": "one", "over": NO_CAMPAIGN, "numbers": []})
    (note,) = [note for notes in found.values() for note in notes]
    assert f"world 2) makes the lead of one: without it {NO_CAMPAIGN} would lead" in note
    assert [note] == found["one simulated market that carries the outcome"]


@pytest.mark.parametrize(
    ("path", "share", "clear", "said"),
    [
        ("behavior.halo", 0.3, True, True),
        ("behavior.halo", 0.2, True, False),
        ("behavior.halo", 0.3, False, False),
        ("behavior.sponsored_ratio", 0.9, True, False),  # measured
    ],
)
def test_an_assumed_number_that_drives_the_decision_is_named(
    tmp_path: Path, path: str, share: float, clear: bool, said: bool
) -> None:
    scenario, _ = campaign(tmp_path)
    driver = {"path": path, "share": share, "clear": clear}
    notes = list(_by_an_assumption(scenario, {"arm": "one", "over": "other", "numbers": [driver]}))
    assert said == bool(notes)
    assert not said or "behavior.halo is assumed, not measured, and explains 30%" in notes[0]


def signing(missing: int, *, loss: float, spread: float = 50.0) -> list[str]:
    """One hire that is missing in so many runs, and costs that much where it signs."""
    signed = np.arange(RUNS) >= missing
    profit = 1000.0 - loss * signed + spread * np.resize([-1.0, 1.0], RUNS)
    hire = HireRuns("macro", signed.astype(float), {}, 100)
    return list(_by_who_signs([replace(arm(profit=profit), hires=(hire,))], "USD"))


def test_a_plan_that_is_another_one_without_a_hire_is_told_as_two() -> None:
    (note,) = signing(20, loss=3000.0)
    assert (
        "one: in 25% of the runs nobody of macro signs; its profit is then 1,000 USD on average, and −2,000 USD in the "
        "others: its means and chances mix two campaigns"
    ) == note


@pytest.mark.parametrize(
    ("missing", "loss"),
    [
        pytest.param(0, 3000.0, id="everybody signs"),
        pytest.param(7, 3000.0, id="hardly ever missing"),
        pytest.param(75, 3000.0, id="hardly ever there"),
        pytest.param(20, 3.0, id="no difference beyond chance"),
    ],
)
def test_otherwise_nothing_is_said_of_who_signs(missing: int, loss: float) -> None:
    assert [] == signing(missing, loss=loss)
