"""What every test shares: examples drawn the same way each time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from campaigns import HEAD, ONE, Campaign
from hypothesis import HealthCheck, settings
from report.chromium import MISSING

from simulator.scenario.offers import Plan
from simulator.scenario.schema import Scenario

os.environ.setdefault("SIMULATOR_WORLDS_GB", "0")  # a test that breaks a rule must not leave its worlds to others
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", deadline=None, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's top folder."""
    return Path(__file__).parent.parent


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """Load a scenario from its text (after the common head) and settings."""
    from simulator.scenario.loader import load_campaign

    def load(text: str = ONE, *settings: str, head: str = HEAD) -> tuple[Scenario, Plan]:
        path = tmp_path / "scenario.yaml"
        path.write_text(head + text)
        return load_campaign(path, settings)

    return load


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Callable[..., Path]:
    """Play scenarios/quick.yaml, or that text with something else in it, into a folder of a name: each once."""
    from simulator.cli.main import app

    place = tmp_path_factory.mktemp("played")

    def play(name: str, *settings: str, runs: int = 60, instead: tuple[str, str] = ("", "")) -> Path:
        folder, file = place / name, root / "scenarios" / "quick.yaml"
        if folder.exists():
            return folder
        if all(instead):
            text = file.read_text()
            file = place / f"{name}.yaml"
            assert instead[0] in text
            file.write_text(text.replace(*instead))
        stated = [word for setting in settings for word in ("--set", setting)]
        with pytest.raises(SystemExit) as ended:
            app.main(["run", str(file), "--runs", str(runs), "--executor", "serial", "--out", str(folder), *stated])
        assert 0 == ended.value.code
        return folder

    return play


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tests that need a browser are not skipped quietly."""
    if any(MISSING in str(skipped.longrepr) for skipped in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_sep("!", MISSING, red=True, bold=True)
