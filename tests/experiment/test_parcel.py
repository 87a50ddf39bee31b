"""A job travels whole, small, and only to a worker that has the same model."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from experiment.fake_engine import Watch, campaign

from simulator.errors import MachineTrouble
from simulator.experiment import worker
from simulator.experiment.design import Batch
from simulator.experiment.parcel import play_parcel, wrap
from simulator.experiment.worker import Job, Workshop
from simulator.results.tables import TablesOf


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(worker, "machinery", watch.machinery)
    return watch


def job(tmp_path: Path, *settings: str) -> Job[object]:
    scenario, plan = campaign(tmp_path, *settings)
    return Job(scenario, plan, "compiled", TablesOf({arm.name: arm.budget for arm in plan.arms}, ("runs",)))


def test_a_parcel_is_played_like_the_job_itself(watch: Watch, tmp_path: Path) -> None:
    batch = Batch(2, (3, 7))
    expected = Workshop(job(tmp_path)).play(batch)
    found = play_parcel(wrap(job(tmp_path), most_worlds=1), batch)
    assert (expected.runs, expected.content) == (found.runs, found.content)


def test_a_parcel_is_small(watch: Watch, tmp_path: Path) -> None:
    assert len(wrap(job(tmp_path), most_worlds=1).content) < 40_000


def test_a_process_opens_a_parcel_once_and_keeps_one_job(watch: Watch, tmp_path: Path) -> None:
    parcel, other = (wrap(job(tmp_path, f"seed={seed}"), most_worlds=1) for seed in (21, 22))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda run: play_parcel(parcel, Batch(0, (run,))), (1, 5, 9, 13)))
    assert [0] == watch.built
    play_parcel(other, Batch(0, (1,)))
    play_parcel(parcel, Batch(0, (1,)))
    assert [0, 0, 0] == watch.built


def test_a_worker_with_another_model_refuses(watch: Watch, tmp_path: Path) -> None:
    parcel = replace(wrap(job(tmp_path, "seed=9"), most_worlds=1), version="0.0.1+abc")
    with pytest.raises(MachineTrouble, match=r"another version of the model.*install the same version everywhere"):
        play_parcel(parcel, Batch(0, (1,)))
