"""A rule that raises in a few runs costs those runs and no more, from the command line."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lively import lively

RUNS = 100
RULE = """
from simulator.rules.engagement import engage as built_in


def engage(person, tie, post, response, exposures):
    if response.trust_on_engage > {bound!r}:
        raise ValueError("too trusting to be true")
    return built_in(person, tie, post, response, exposures)
"""


def simulator(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "simulator", "run", *words, "--runs", str(RUNS)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_rule_that_raises_in_one_run_of_a_hundred_costs_just_those_runs(tmp_path: Path) -> None:
    lively(tmp_path, "replicates: 1\n")
    sound = simulator(tmp_path, "lively.yaml", "--out", "sound")
    assert (0, "") == (sound.returncode, "".join(line for line in sound.stderr.splitlines() if "rror" in line))
    rows = pq.read_table(tmp_path / "sound" / "runs.parquet").to_pylist()
    drawn = {row["run"]: row["param.behavior.trust_on_engage"] for row in rows}
    *_, second, most = sorted(drawn.values())
    (failing,) = (run for run, value in drawn.items() if value == most)
    bound = math.log((second + most) / 2) / 0.1  # an odds ratio per 0.1 of trust, as log-odds per whole of it

    (tmp_path / "rules.py").write_text(RULE.format(bound=bound))
    faulty = simulator(tmp_path, "lively.yaml", "--set", "behavior.engage=rules.py:engage", "--out", "faulty")
    assert 1 == faulty.returncode
    assert f"Run {failing} failed and is left out" in " ".join(faulty.stdout.split())
    assert [row for row in rows if row["run"] != failing] == pq.read_table(
        tmp_path / "faulty" / "runs.parquet"
    ).to_pylist()
    (failure,) = json.loads((tmp_path / "faulty" / "failures.json").read_text())["failures"]
    assert (failing, "RuleError") == (failure["run"], failure["error"])
    assert "too trusting to be true" in failure["traceback"]
    assert "rules.py" in failure["message"]
    again = simulator(tmp_path, "lively.yaml", "--set", "behavior.engage=rules.py:engage", "--out", "faulty")
    assert (1, faulty.stdout) == (again.returncode, again.stdout)
