"""The target reader tells what the runs say at every position, and what the summary says where both speak."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from report.conftest import Play

from simulator.report.reading import Reading, read
from simulator.report.target_reader import Reader, target_readers
from simulator.results.wording import percent

METRICS = ("roi", "profit")


@pytest.fixture(scope="module")
def readers(reading: Reading) -> dict[str, Reader]:
    return {reader.metric: reader for reader in target_readers(reading)}


@pytest.mark.parametrize("metric", METRICS)
def test_every_position_is_counted_from_the_runs(readers: dict[str, Reader], reading: Reading, metric: str) -> None:
    reader = readers[metric]
    for arm, chances in zip(reader.arms, reader.chances, strict=True):
        values = reading.runs.loc[reading.runs["arm"] == arm, metric]
        if values.isna().all():
            assert {None} == set(chances)
            continue
        expected = [(values >= target).mean() for target in reader.targets]
        assert expected == pytest.approx(list(chances), abs=1e-6)
        assert sorted(chances, reverse=True) == list(chances)


@pytest.mark.parametrize("metric", METRICS)
def test_the_scale_is_round_ascending_and_holds_nearly_all_runs(
    readers: dict[str, Reader], reading: Reading, metric: str
) -> None:
    targets = np.array(readers[metric].targets)
    assert np.all(np.diff(targets) > 0)
    assert 60 < len(targets) < 140
    values = reading.runs[metric].dropna()
    assert ((values >= targets[0]) & (values <= targets[-1])).mean() > 0.99
    assert 0.0 in targets
    assert all(len(text) < 16 for text in readers[metric].texts)


def test_a_target_of_the_scenario_reads_as_in_the_summary(play: Play) -> None:
    """With a bound between two round ones, which the slider gets a position for."""
    from experiment.fake_engine import SCENARIO

    reading = read(play(SCENARIO.replace('{roi: ">= 0"}', '{roi: ">= 0.12345"}'), "runs=60"))
    reader = next(reader for reader in target_readers(reading) if reader.metric == "roi")
    assert 0.12345 == reader.targets[reader.start]
    assert "12.345%" == reader.texts[reader.start]
    for arm, words in zip(reading.summary["arms"], reader.words, strict=True):
        told = arm["targets"]["roi >= 0.12345"]
        assert ("–" if told is None else percent(told["value"], told["error"])) == words[reader.start]


def test_a_run_that_spends_nothing_has_no_return_and_misses_every_target(reading: Reading) -> None:
    idle = reading.runs["run"] % 5 == 0
    some = replace(reading, runs=reading.runs.assign(roi=reading.runs["roi"].where(~idle)))
    reader = next(reader for reader in target_readers(some) if reader.metric == "roi")
    for arm, chances in zip(reader.arms, reader.chances, strict=True):
        values = some.runs.loc[some.runs["arm"] == arm, "roi"].to_numpy()
        if not np.isnan(values).all():
            expected = [sum(value >= target for value in values) / len(values) for target in reader.targets]
            assert expected == pytest.approx(list(chances), abs=1e-6)
            assert 0.8 == chances[0]  # all that spend


def test_an_upper_bound_is_no_target_to_begin_with(reading: Reading) -> None:
    scenario = {**reading.manifest["scenario"], "targets": {"roi": "<= 0.3"}}
    bounded = replace(reading, manifest={**reading.manifest, "scenario": scenario})
    reader = next(reader for reader in target_readers(bounded) if reader.metric == "roi")
    assert 0.0 == reader.targets[reader.start]


def test_what_never_varies_has_no_slider(reading: Reading) -> None:
    flat = reading.runs.assign(profit=0.0, roi=np.nan)
    assert [] == target_readers(replace(reading, runs=flat))
