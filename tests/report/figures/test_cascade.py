"""A run played once more is the run of the table, and the cascade shows what happened in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simulator.engines.columns import BY_PEER, ORGANIC
from simulator.report.figures.cascade import MOST, POST, SHARED, cascade, median_run, sample, tree_of
from simulator.report.reading import Reading
from simulator.report.replay import MOST_AGENTS, Replay, replay

ARM = "nanos and a micro"


def liveliest(reading: Reading) -> int:
    """The run of the arm with the most engagements through peers."""
    rows = reading.runs[reading.runs["arm"] == ARM]
    return int(rows.loc[rows["engagements_word_of_mouth"].idxmax(), "run"])


@pytest.fixture(scope="module")
def lively(mixed: Reading) -> Replay:
    found = replay(mixed, ARM, liveliest(mixed))
    assert found is not None
    return found


def test_a_replay_has_the_engagements_of_the_table(mixed: Reading, lively: Replay) -> None:
    row = mixed.runs[(mixed.runs["arm"] == ARM) & (mixed.runs["run"] == lively.run)].iloc[0]
    assert row["engagements"] == sum(each.channel == ORGANIC for each in lively.engagements)
    assert row["engagements_word_of_mouth"] == sum(each.channel == BY_PEER for each in lively.engagements)
    assert row["engagements_word_of_mouth"] > 5


def test_nobody_engages_twice_with_a_post(lively: Replay) -> None:
    assert len(lively.engagements) == len({(each.post, each.who) for each in lively.engagements})


def test_who_engages_through_a_peer_does_so_the_day_after_the_peer_engaged_and_shared(lively: Replay) -> None:
    days = {(each.post, each.who): each.day for each in lively.engagements}
    through = [each for each in lively.engagements if each.sender is not None]
    assert through
    for each in through:
        assert (each.post, each.sender) in lively.sharers
        assert each.day == days[each.post, each.sender] + 1


def test_a_scenario_that_changed_is_not_played(mixed: Reading, tmp_path: Path) -> None:
    changed = tmp_path / "changed.yaml"
    changed.write_text(Path(mixed.manifest["file"]).read_text().replace("price: 90", "price: 91"))
    assert replay(with_manifest(mixed, file=str(changed)), ARM, 1) is None


def test_a_scenario_that_is_gone_is_not_played(mixed: Reading, tmp_path: Path) -> None:
    assert replay(with_manifest(mixed, file=str(tmp_path / "gone.yaml")), ARM, 1) is None


def test_a_large_market_is_not_played(mixed: Reading) -> None:
    people = mixed.manifest["population"] | {"agents": MOST_AGENTS + 1}
    assert replay(with_manifest(mixed, population=people), ARM, 1) is None


def test_a_run_that_comes_out_differently_is_not_shown(mixed: Reading) -> None:
    forged = mixed.runs.assign(clicks=mixed.runs["clicks"] + 1)
    assert replay(replace(mixed, runs=forged), ARM, 1) is None


def with_manifest(reading: Reading, **changes: Any) -> Reading:
    return replace(reading, manifest=reading.manifest | changes)


def test_the_median_run_has_the_profit_closest_to_the_median(mixed: Reading) -> None:
    (arm,) = (arm for arm in mixed.arms if arm.name == ARM)
    rows = mixed.runs[mixed.runs["arm"] == ARM].set_index("run")["profit"]
    run = median_run(mixed, arm)
    assert abs(rows[run] - rows.median()) == (rows - rows.median()).abs().min()


def test_depth_counts_the_steps_from_the_post(lively: Replay) -> None:
    depth = tree_of(lively).depth
    for each in lively.engagements:
        through = (each.post, -1 if each.sender is None else each.sender)
        assert depth[each.post, each.who] == depth[through] + 1
    assert max(depth.values()) >= 2


def test_a_sample_keeps_what_led_to_what_it_shows(lively: Replay) -> None:
    kept = sample(lively)
    assert MOST == len(kept)
    for each in lively.engagements:
        if (each.post, each.who) in kept and each.sender is not None:
            assert (each.post, each.sender) in kept


def test_a_sample_of_few_engagements_is_all_of_them(lively: Replay) -> None:
    few = replace(lively, engagements=lively.engagements[:20])
    assert {(each.post, each.who) for each in few.engagements} == sample(few)


def marks_of(reading: Reading) -> pd.DataFrame:
    """What is drawn, places included."""
    figure = cascade(reading)
    assert figure is not None
    tables = figure.chart.to_dict()["datasets"].values()
    return next(pd.DataFrame(rows) for rows in tables if len(rows) == len(figure.data))


def test_every_line_leads_to_a_mark_of_an_earlier_day(mixed: Reading) -> None:
    drawn = marks_of(mixed)
    marks = {(row.day, row.y): row.kind for row in drawn.itertuples()}
    for row in drawn.itertuples():
        if row.kind == POST:
            assert pd.isna(row.from_day)
        else:
            assert row.from_day < row.day
            assert marks[row.from_day, row.from_y] in (POST, SHARED)


def test_no_two_marks_of_a_day_are_in_one_place(mixed: Reading) -> None:
    assert not marks_of(mixed).duplicated(["day", "y"]).any()


def test_the_sentence_counts_what_happened(mixed: Reading) -> None:
    figure = cascade(mixed)
    assert figure is not None
    arm = next(arm for arm in mixed.arms if figure.title.startswith(f"How the posts of {arm.name} travel"))
    found = replay(mixed, arm.name, median_run(mixed, arm))
    assert found is not None
    assert f"there were {len(found.engagements)} engagements with {len(found.posted)} posts" in figure.sentence
    assert f"Shown are {(figure.data['kind'] != POST).sum()} engagements" in figure.sentence
