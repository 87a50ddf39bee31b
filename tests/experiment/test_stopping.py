"""A look is met only by both readings, a precision is read strictly, and an end tells its reason."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from experiment.fake_engine import campaign

from simulator.errors import InputProblems
from simulator.experiment.runner import play_all
from simulator.experiment.stopping import FIRST_LOOK, Look, Stopped, parsed_precision
from simulator.results.tables import runs_table


def look(*found: float) -> Look:
    return Look("roi:0.05", 0.05, found or None, 8)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "met"), [((), False), ((0.05, 0.05), True), ((0.04, 0.06), False), ((0.06, 0.04), False)]
)
def test_a_look_is_met_only_if_the_interval_is_narrow_by_both_readings(found: tuple[float, ...], met: bool) -> None:
    assert met is look(*found).is_met


@pytest.mark.parametrize(("text", "metric", "width"), [("roi:0.05", "roi", 0.05), ("best:1e-2", "best", 0.01)])
def test_a_precision_names_a_metric_and_a_half_width(tmp_path: Path, text: str, metric: str, width: float) -> None:
    found = parsed_precision(text, campaign(tmp_path)[0])
    assert (metric, width) == (found.metric, found.half_width)


@pytest.mark.parametrize("text", ["", "roi", "roi:", "roi:0", "roi:-1", "roi:nan", "roi:inf", "rio:1", ":1", "roi:1:2"])
def test_any_other_precision_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputProblems, match="--precision"):
        parsed_precision(text, campaign(tmp_path)[0])


def test_there_is_no_look_before_the_spread_is_known(tmp_path: Path) -> None:
    scenario, plan = campaign(tmp_path)
    precision = parsed_precision("orders:1000000", scenario)
    budgets = {arm.name: arm.budget for arm in plan.arms}
    with pytest.MonkeyPatch.context() as patch:
        from experiment.fake_engine import Watch

        from simulator.experiment import worker

        patch.setattr(worker, "machinery", Watch().machinery)
        few, enough = (
            runs_table(play_all(scenario, plan, runs=runs, executor="serial"), budgets)
            for runs in (FIRST_LOOK - 1, FIRST_LOOK)
        )
    assert precision.look(few).found is None
    found = precision.look(enough).found
    assert found is not None
    assert 0.0 < max(found) < math.inf


def test_an_end_tells_its_reason() -> None:
    assert "" == Stopped("all runs", 2000).as_dict(2000)["sentence"]
    told = {
        ("precision", look(0.04, 0.03)): "Stopped after 2,000 runs, since the answer is precise enough: roi:0.05 was",
        ("precision", look(0.03, 0.04)): "the 95% interval is ± 0.0400, as far as 8 worlds can tell",
        ("time limit", None): "Partial answer of 700 of 2,000 runs: the time limit came first.",
        ("time limit", look(0.2, 0.1)): "roi:0.05 was asked for; the 95% interval is ± 0.2",
        ("all runs", look(0.2, 0.1)): "Not as precise as asked for after all 2,000 runs.",
        ("all runs", look(0.02, 0.01)): "Precise enough after all 2,000 runs:",
    }
    for (reason, seen), words in told.items():
        finished = 700 if reason == "time limit" else 2000
        assert words in Stopped(reason, 2000, seen).as_dict(finished)["sentence"]  # type: ignore[arg-type]


def test_a_saved_answer_says_whether_it_is_precise_enough(tmp_path: Path) -> None:
    precision = parsed_precision("roi:0.05", campaign(tmp_path)[0])
    summary = {"stopped": Stopped("precision", 2000, look(0.04, 0.03)).as_dict(2000)}
    assert precision.was_met(summary)
    assert not parsed_precision("roi:0.01", campaign(tmp_path)[0]).was_met(summary)
    assert not precision.was_met({"stopped": Stopped("all runs", 2000).as_dict(2000)})
    assert not precision.was_met({})
