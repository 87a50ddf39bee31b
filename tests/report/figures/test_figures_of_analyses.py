"""Figures of analyses against what the analyses say."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from report.analyses import (
    FIRST,
    FRONTIER,
    HALO,
    MORRIS,
    NO_ROOT,
    ONE_NUMBER,
    ROOT,
    SECOND,
    SOBOL,
    TORNADO,
    TWO_NUMBERS,
    estimate,
)

from simulator.report.figure import Figure
from simulator.report.figures import OfAnalysis
from simulator.report.figures.break_even import break_even
from simulator.report.figures.influence import morris, sobol, sobol_of_decision
from simulator.report.figures.sweep import sweep
from simulator.report.figures.tornado import tornado
from simulator.report.reading import Analysis, Reading


def figure_of(make: OfAnalysis, reading: Reading, found: Analysis) -> Figure:
    figure = make(reading, "analysis", found)
    assert figure is not None
    assert "analysis" == figure.name.removesuffix("-decision")
    return figure


def test_a_tornado_has_both_ends_of_every_number_the_widest_on_top(analyzed: Reading) -> None:
    figure = figure_of(tornado, analyzed, TORNADO)
    rows = [(row["path"], end, row[end]) for row in TORNADO["rows"] for end in ("at_low", "at_high")]
    assert [path for path, _, _ in rows] == list(figure.data["path"])
    assert [told["value"] for _, _, told in rows] == list(figure.data["value"])
    assert [told["low"] for _, _, told in rows] == list(figure.data["low"])
    assert [0.7, 13.0, 0.01, 0.03] == list(figure.data["at"])


def test_a_tornado_names_what_can_change_the_decision(analyzed: Reading) -> None:
    figure = figure_of(tornado, analyzed, TORNADO)
    assert f"{FIRST} leads {SECOND} by 74 ± 23 USD of expected profit" in figure.sentence
    assert (
        f"The difference hangs most on {HALO['meaning']} (assumed): −34 ± 12 USD at 0.700, 146 ± 14 USD at 13.0"
        in figure.sentence
    )
    assert f"1 of 2 numbers can change the decision within its range: {HALO['meaning']}." in figure.sentence


def test_a_tornado_says_how_many_runs_it_rests_on(analyzed: Reading) -> None:
    figure = figure_of(tornado, analyzed, TORNADO)
    assert figure.sentence.endswith(" Found with 24 runs of each value.")


def test_a_tornado_leaves_out_what_nobody_could_see_and_says_so(analyzed: Reading) -> None:
    seen, unseen, turning = (
        TORNADO["rows"][1] | {"path": path, "swing": swing, "flips": flips}
        for path, swing, flips in (("seen", -0.181, False), ("unseen", 0.179, False), ("turning", 0.1, True))
    )
    found = TORNADO | {"rows": [TORNADO["rows"][0], seen, unseen, turning]}
    figure = figure_of(tornado, analyzed, found)
    assert [HALO["path"], "seen", "turning"] == list(dict.fromkeys(figure.data["path"]))
    assert "not drawn: 1 that moves it less" in figure.chart.to_json(ensure_ascii=False)


def test_a_tornado_says_which_flips_are_sure_and_which_are_not(analyzed: Reading) -> None:
    sure, unsure = (TORNADO["rows"][0] | {"surely": surely} for surely in (True, False))
    figure = figure_of(tornado, analyzed, TORNADO | {"rows": [sure, unsure, unsure]})
    meaning = HALO["meaning"]
    assert f"1 of 3 numbers can change the decision within its range: {meaning}. " in figure.sentence
    assert (
        f"2 of 3 numbers may change the decision within their ranges: {meaning}; {meaning}; "
        "these runs are too few to tell." in figure.sentence
    )
    assert [True, True, False, False, False, False] == list(figure.data["surely"])
    told = figure.chart.to_json(ensure_ascii=False).replace("\\n", " ")
    assert (1, 2) == (told.count("; flips the choice"), told.count("; may flip the choice"))


def test_a_tornado_of_a_trailing_plan_speaks_of_the_difference(analyzed: Reading) -> None:
    figure = figure_of(tornado, analyzed, TORNADO | {"base": estimate(-74.0, 23.0)})
    assert f"{FIRST} trails {SECOND} by 74 ± 23 USD of expected profit. The difference hangs most on" in figure.sentence


def test_a_tornado_without_flips_says_so(analyzed: Reading) -> None:
    steady = copy.deepcopy(TORNADO)
    for row in steady["rows"]:
        row["flips"] = False
    figure = figure_of(tornado, analyzed, steady)
    assert "None of the 2 numbers changes the decision" in figure.sentence
    alone = figure_of(tornado, analyzed, TORNADO | {"rows": steady["rows"][:1]})
    assert "This number does not change the decision within its range." in alone.sentence
    turning = figure_of(tornado, analyzed, TORNADO | {"rows": TORNADO["rows"][:1]})
    assert "1 of 1 number can change the decision within its range" in turning.sentence


def test_a_tornado_shows_the_twelve_widest_of_many(analyzed: Reading) -> None:
    many = TORNADO | {"rows": [TORNADO["rows"][0] | {"path": f"number.{place}"} for place in range(30)]}
    figure = figure_of(tornado, analyzed, many)
    assert [f"number.{place}" for place in range(12)] == list(dict.fromkeys(figure.data["path"]))
    assert "30 of 30 numbers" in figure.sentence


def test_morris_shows_the_largest_mean_effect_first(analyzed: Reading) -> None:
    figure = figure_of(morris, analyzed, MORRIS)
    expected = sorted(MORRIS["rows"], key=lambda row: -row["mu_star"])
    means, others = figure.data.iloc[::2], figure.data.iloc[1::2]
    assert [row["mu_star"] for row in expected] == list(means["value"])
    assert [(row["mu_star_low"], row["mu_star_high"]) for row in expected] == list(
        zip(means["low"], means["high"], strict=True)
    )
    assert [row["sigma"] for row in expected] == list(others["value"])
    assert others["low"].isna().all()
    assert (
        f"{HALO['meaning']} (assumed) moves the lead of {FIRST} over {SECOND} most: by 120 on average"
        in figure.sentence
    )
    assert "95% interval 101 to 152" in figure.sentence


def test_sobol_shows_shares_alone_and_with_interactions_luck_included(analyzed: Reading) -> None:
    figure = figure_of(sobol, analyzed, SOBOL)
    alone, whole = figure.data.iloc[::2], figure.data.iloc[1::2]
    assert [row["first"]["value"] for row in SOBOL["rows"]] == list(alone["value"])
    assert [row["total"]["high"] for row in SOBOL["rows"]] == list(whole["high"])
    assert "luck" in set(figure.data["path"])
    assert "explains 41% alone (95% interval 33% to 48%) and 50% with its interactions" in figure.sentence


def test_sobol_of_the_decision_shows_what_decides_who_is_ahead(analyzed: Reading) -> None:
    figure = figure_of(sobol_of_decision, analyzed, SOBOL)
    expected = sorted((row["decision"] for row in SOBOL["rows"]), key=lambda row: -row["total"]["value"])
    assert [row["first"]["value"] for row in expected] == list(figure.data["value"].iloc[::2])
    assert [row["total"]["low"] for row in expected] == list(figure.data["low"].iloc[1::2])
    assert f"Of the variance of which of {FIRST} and {SECOND} is ahead, luck explains 50% alone" in figure.sentence
    without = SOBOL | {"rows": [{k: v for k, v in row.items() if k != "decision"} for row in SOBOL["rows"]]}
    assert sobol_of_decision(analyzed, "decision", without) is None


def test_a_first_arm_that_is_behind_trails(analyzed: Reading) -> None:
    behind = TORNADO | {"base": estimate(-74.0, 23.0)}
    figure = figure_of(tornado, analyzed, behind)
    assert f"{FIRST} trails {SECOND} by 74 ± 23 USD of expected profit" in figure.sentence


def test_a_sweep_over_one_number_is_a_line_per_arm_in_the_order_of_the_number(analyzed: Reading) -> None:
    figure = figure_of(sweep, analyzed, ONE_NUMBER)
    for arm in ONE_NUMBER["arms"]:
        rows = figure.data[figure.data["arm"] == arm]
        expected = {point["values"]["budget"]: point["arms"][arm]["roi"] for point in ONE_NUMBER["points"]}
        assert [100.0, 200.0, 400.0] == list(rows["at"])
        assert [expected[at]["value"] for at in rows["at"]] == pytest.approx(list(rows["value"]))
        assert [expected[at]["high"] for at in rows["at"]] == pytest.approx(list(rows["high"]))
    assert (
        f"ROI of {SECOND}: 125 ± 10% at 100 USD, 50 ± 10% at 400 USD, highest 125 ± 10% at 100 USD" in figure.sentence
    )


def test_a_sweep_over_two_numbers_is_a_map_of_the_best(analyzed: Reading) -> None:
    figure = figure_of(sweep, analyzed, TWO_NUMBERS)
    expected = {(point["values"]["budget"], point["values"]["brand.handling_cost"]): point["best"]
                for point in TWO_NUMBERS["points"]}  # fmt: skip
    assert expected == {(row.across, row.up): row.arm for row in figure.data.itertuples()}
    assert f"Of 9 points, the highest expected profit has {SECOND} at 4" in figure.sentence
    assert "no campaign at 3" in figure.sentence


def test_a_sweep_in_which_nothing_costs_anything_has_no_curve(analyzed: Reading) -> None:
    points = [point | {"arms": {FIRST: {"roi": None}}} for point in ONE_NUMBER["points"]]
    assert sweep(analyzed, "sweep-free", ONE_NUMBER | {"points": points}) is None


def test_a_sweep_over_three_numbers_has_no_figure(analyzed: Reading) -> None:
    three: dict[str, Any] = TWO_NUMBERS | {"vary": [*TWO_NUMBERS["vary"], TWO_NUMBERS["vary"][0]]}
    assert sweep(analyzed, "sweep-three", three) is None


def test_a_break_even_shows_what_was_evaluated_in_order_and_the_root(analyzed: Reading) -> None:
    figure = figure_of(break_even, analyzed, ROOT)
    expected = sorted((each["value"], each["difference"]["value"]) for each in ROOT["evaluations"])
    assert expected == list(zip(figure.data["at"], figure.data["value"], strict=True))
    assert (
        "Above 18.2 USD (14.9 to 22.6) of handling cost one micro earns more. Found with 24 runs of each value."
        == figure.sentence
    )
    drawn = figure.chart.to_dict()["datasets"].values()
    assert [{"at": 18.2, "from": 14.9, "to": 22.6}] in list(drawn)


def test_where_no_root_was_found_none_is_drawn(analyzed: Reading) -> None:
    figure = figure_of(break_even, analyzed, NO_ROOT)
    assert "They do not change places. Found with 24 runs of each value." == figure.sentence
    assert not any("from" in row for rows in figure.chart.to_dict()["datasets"].values() for row in rows)


def test_a_frontier_leaves_out_where_no_root_was_found(analyzed: Reading) -> None:
    figure = figure_of(break_even, analyzed, FRONTIER)
    expected = [(each["at"], each["value"], each["high"]) for each in FRONTIER["frontier"][:2]]
    assert expected == list(zip(figure.data["at"], figure.data["value"], figure.data["high"], strict=True))


def test_an_interval_that_leaves_the_range_is_drawn_to_its_end(analyzed: Reading) -> None:
    frontier = figure_of(break_even, analyzed, FRONTIER).chart.to_dict()
    assert [[26.0, 0.0]] == [[row["low"] for row in rows] for rows in frontier["datasets"].values()]
    open_root = ROOT | {"low": None}
    figure = figure_of(break_even, analyzed, open_root)
    assert [{"at": 18.2, "from": 0.0, "to": 22.6}] in list(figure.chart.to_dict()["datasets"].values())


def test_every_crossing_is_drawn(analyzed: Reading) -> None:
    crossings = [{"value": 5.0, "low": 4.0, "high": 6.0}, {"value": 30.0, "low": 25.0, "high": None}]
    figure = figure_of(break_even, analyzed, ROOT | {"crossings": crossings})
    drawn = [{"at": 5.0, "from": 4.0, "to": 6.0}, {"at": 30.0, "from": 25.0, "to": 40.0}]
    assert drawn in list(figure.chart.to_dict()["datasets"].values())


def test_the_ends_of_a_curve_are_told_in_words(analyzed: Reading) -> None:
    curve = [row | {"low_value": None, "high_value": None} for row in TORNADO["rows"]]
    figure = figure_of(tornado, analyzed, TORNADO | {"rows": curve})
    assert "−34 ± 12 USD at its low end, 146 ± 14 USD at its high end" in figure.sentence
    told = figure.chart.to_json(ensure_ascii=False).replace("\\n", " ")
    assert "a curve, low to high, assumed; ahead in 40% to 70%" in told


def test_the_ends_of_a_curve_say_for_which_account_they_are(analyzed: Reading) -> None:
    curve = [row | {"followers": 600_000} for row in TORNADO["rows"]]
    figure = figure_of(tornado, analyzed, TORNADO | {"rows": curve})
    assert "146 ± 14 USD at 13.0 for an account of 600,000 followers." in figure.sentence
    told = figure.chart.to_json(ensure_ascii=False).replace("\\n", " ")
    assert "0.700 to 13.0 for an account of 600,000 followers, assumed;" in told


def test_a_tornado_speaks_of_doing_nothing_and_of_orders(analyzed: Reading) -> None:
    found = TORNADO | {"arms": [FIRST, "no campaign"], "metric": "incremental_orders"}
    assert (
        f"{FIRST} leads doing nothing by 74 ± 23 of expected incremental orders."
        in figure_of(tornado, analyzed, found).sentence
    )
