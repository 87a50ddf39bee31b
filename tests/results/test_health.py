"""Health notes name a remedy that exists for the scenario at hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.results.arms import ArmRuns
from simulator.results.health import _contracts, _lumps, _more_room
from simulator.scenario.loader import load_campaign

TEXT = """
version: 1
name: room
brand: {topic: beauty}
product: {price: 80}
budget: 1000
arms: {one: {hire: [{followers: 100, posts: 1, pay: {kind: flat_fee, amount: equal_share}}]}}
"""


@pytest.mark.parametrize(
    ("population", "remedy"),
    [
        ("population: {size: 5000}", "population.size: auto"),
        ("population: {size: auto}", "a larger population.size"),
        ("population: {size: auto, network: {file: ring.csv}}", "a larger graph"),
    ],
)
def test_more_room_is_promised_where_there_is_some(tmp_path: Path, population: str, remedy: str) -> None:
    ring = [f"{k},{(k + 1) % 400}" for k in range(400)]
    (tmp_path / "ring.csv").write_text("\n".join(["source,target", *ring]))
    (tmp_path / "room.yaml").write_text(TEXT + population + "\n")
    assert remedy == _more_room(load_campaign(tmp_path / "room.yaml", ())[0])


PLAN = TEXT.replace("followers: 100, posts: 1,", "followers: 100, count: 4, posts: 1,")


def _arm(**columns: float) -> ArmRuns:
    known = {"unspent": 0.0, "hired": 4.0, "unaffordable": 0.0, "declined": 0.0} | columns
    return ArmRuns("one", np.zeros(4), {name: np.full(4, value) for name, value in known.items()}, ())


def test_pay_beyond_the_budget_and_empty_places_are_said(tmp_path: Path) -> None:
    (tmp_path / "four.yaml").write_text(PLAN)
    plan = load_campaign(tmp_path / "four.yaml", ())[1]
    assert [] == list(_contracts(plan, [_arm()]))
    assert [] == list(_contracts(plan, [_arm(unspent=np.nan, declined=9.0)]))  # without a budget; all places filled
    (beyond,) = _contracts(plan, [_arm(unspent=-0.01)])
    assert "exceeds the budget in 100% of the runs" in beyond
    (empty,) = _contracts(plan, [_arm(hired=2.0, unaffordable=0.5, declined=3.0)])
    assert "1.50 of 4 places stay empty" in empty
    assert "mechanisms.outreach.invitations" in empty


@pytest.mark.parametrize(("each", "said"), [(1, False), (20, False), (21, True)])
def test_comments_of_thinned_markets_must_fit_into_a_day(tmp_path: Path, each: int, said: bool) -> None:
    """A lump may take up a quarter of a day's answers."""
    text = TEXT.replace("followers: 100", "followers: 2000")
    more = f"population: {{size: 100000, people_per_agent: {each}}}\nmechanisms: {{replies: {{capacity: 80}}}}\n"
    (tmp_path / "talk.yaml").write_text(text + more)
    notes = list(_lumps(*load_campaign(tmp_path / "talk.yaml", ())))
    assert said == bool(notes)
    assert not said or "at most 20" in notes[0]
