"""Health notes name a remedy that exists for the scenario at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.results.health import _more_room
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
