"""Two runs never write into one folder at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.errors import ResultsError
from simulator.results import lock
from simulator.results.lock import LOCK, locked

HOLD = (
    "import sys; from pathlib import Path; from simulator.results.lock import locked\nwith locked(Path(sys.argv[1])):"
)


@pytest.fixture(params=["kernel", "existence"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "existence":
        monkeypatch.setattr(lock, "FCNTL", None)


@pytest.mark.usefixtures("_way")
def test_a_second_writer_is_refused_and_the_first_undisturbed(tmp_path: Path) -> None:
    with locked(tmp_path / "out"):
        for _ in range(2):
            with pytest.raises(ResultsError, match="another run is writing here") as found, locked(tmp_path / "out"):
                pass
        assert 2 == found.value.exit_code
        assert (tmp_path / "out" / LOCK).exists()


@pytest.mark.usefixtures("_way")
def test_a_folder_is_free_again_however_its_writer_ended(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), locked(tmp_path):
        raise KeyboardInterrupt
    with locked(tmp_path):
        pass
    assert [] == list(tmp_path.iterdir())


@pytest.mark.usefixtures("_way")
def test_an_error_of_the_writer_stays_its_own(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), locked(tmp_path):
        raise BrokenPipeError


def test_another_process_holds_the_folder_until_it_is_killed(tmp_path: Path) -> None:
    holder = [sys.executable, "-c", f"{HOLD} print('held', flush=True); sys.stdin.read()", str(tmp_path)]
    with subprocess.Popen(holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert b"held\n" == other.stdout.readline()
        with pytest.raises(ResultsError, match="another run is writing here"), locked(tmp_path):
            pass
        other.kill()
    assert (tmp_path / LOCK).exists()
    with locked(tmp_path):
        pass


def test_without_locks_of_the_system_the_remedy_names_the_file_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "FCNTL", None)
    (tmp_path / LOCK).touch()
    with pytest.raises(ResultsError, match=r"remove \.lock there if it was killed"), locked(tmp_path):
        pass
    assert (tmp_path / LOCK).exists()
