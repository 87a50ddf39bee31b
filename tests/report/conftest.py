"""Results folders of the fake engine, played once for all tests of reports, and how their pages are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from experiment.fake_engine import SCENARIO, Watch

from simulator.experiment import worker
from simulator.experiment.executors import open_team
from simulator.experiment.record import Orders, record
from simulator.report.reading import Reading, read
from simulator.results.manifest import Request
from simulator.results.store import open_store
from simulator.scenario.loader import load_campaign

Play = Callable[..., Path]
HOSTILE = "<script>alert('plan')</script> & \"co\""


@pytest.fixture(scope="session")
def play(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """Play a scenario's text with settings on the fake engine; gives its results folder."""
    watch = Watch()

    def played(text: str = SCENARIO, *settings: str, fail_at: frozenset[int] = frozenset()) -> Path:
        place = tmp_path_factory.mktemp("report")
        (place / "deal.yaml").write_text(text)
        scenario, plan = load_campaign(place / "deal.yaml", settings)
        watch.fail_at = fail_at
        request = Request("deal.yaml", "abc", "compiled", "serial", settings)
        with pytest.MonkeyPatch.context() as patch, open_team("serial") as team:
            patch.setattr(worker, "machinery", watch.machinery)  # for this run alone: other tests play the real one
            record(scenario, plan, open_store(place / "run", identity="abc", daily=True), request, Orders(team))
        return place / "run"

    return played


@pytest.fixture(scope="session")
def folder(play: Play) -> Path:
    """A run of two campaigns, 240 runs in 4 worlds."""
    return play(SCENARIO, "runs=240")


@pytest.fixture(scope="session")
def reading(folder: Path) -> Reading:
    return read(folder)


@pytest.fixture(scope="session")
def hostile(play: Play) -> Reading:
    """A run whose names are markup."""
    text = SCENARIO.replace("name: One macro or three micros", f"name: {json.dumps(HOSTILE)}")
    return read(play(text.replace("  one macro:", f"  {json.dumps(HOSTILE)}:"), "runs=40"))
