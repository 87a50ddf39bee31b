"""Ctrl-C and SIGTERM ask to stop; what stood before comes back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from simulator.cli.signals import stopping
from simulator.experiment.halt import Halt

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_to_stop_and_is_heard_no_longer_than_that(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    before, halt = signal.getsignal(number), Halt()
    with stopping(halt):
        os.kill(os.getpid(), number)
        assert "interrupted" == halt.reason
    assert before is signal.getsignal(number)
    assert "what is finished is kept" in capsys.readouterr().err


def test_a_thread_hears_no_signals_and_needs_none() -> None:
    found: list[bool] = []

    def work() -> None:
        with stopping(Halt()):
            found.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [True] == found


def started(folder: Path) -> subprocess.Popen[str]:
    """A real run that would take long, once its first part is written."""
    command = [
        sys.executable,
        "-m",
        "simulator",
        "run",
        str(SCENARIOS / "quick.yaml"),
        "--runs",
        "100000",
        "--out",
        "out",
    ]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not any((folder / "out" / "parts").glob("[0-9]*")) and process.poll() is None:
        time.sleep(0.02)
    return process


@pytest.mark.slow
def test_a_run_that_is_interrupted_keeps_what_is_finished_and_a_second_signal_leaves_at_once(tmp_path: Path) -> None:
    for signals, folder in ((1, tmp_path / "once"), (2, tmp_path / "twice")):
        folder.mkdir()
        with started(folder) as process:
            for _ in range(signals):
                os.killpg(process.pid, signal.SIGINT)
                time.sleep(0.02)
            _, told = process.communicate(timeout=60)
        assert 130 == process.returncode
        assert "Stopping: what is finished is kept" in told
        assert (signals == 1) == ("of 100,000 runs are kept in out; the same command goes on" in told)
        assert any((folder / "out" / "parts").glob("[0-9]*"))
        assert "partial" == json.loads((folder / "out" / "manifest.json").read_text())["state"]
