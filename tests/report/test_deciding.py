"""What the page takes over from analyses and verdict: whose sentences they are, and which plan stands first."""

from __future__ import annotations

from dataclasses import replace

from report.fake_figures import fake_figure

from simulator.report.answer import ranked_arms
from simulator.report.deciding import deciding
from simulator.report.decision import heads
from simulator.report.reading import Reading
from simulator.results.tables import called


def test_an_analysis_of_other_plans_than_the_best_two_says_of_which(reading: Reading) -> None:
    drawn = fake_figure("break-even-price", sentence="It turns at 3.")
    best = [called(arm["arm"]) for arm in ranked_arms(reading.summary)]
    names = [arm["arm"] for arm in ranked_arms(reading.summary)]
    others = f"Between {best[2]} and {best[0]}, not the best two here: It turns at 3."
    for weighed, told in ((names[1::-1], drawn.sentence), ([names[2], names[0]], others)):
        made = replace(reading, analyses={"break-even-price": {"between": weighed}})
        assert [told] == deciding(made, [drawn, fake_figure("funnel")])


def test_a_tornado_of_other_plans_says_of_which(reading: Reading) -> None:
    drawn = fake_figure("sensitivity-tornado", sentence="Two numbers can change the decision.")
    best, _, third = (arm["arm"] for arm in ranked_arms(reading.summary))
    made = replace(reading, analyses={drawn.name: {"arms": [third, best]}})
    told = f"Between {called(third)} and {called(best)}, not the best two here: {drawn.sentence}"
    assert [told] == deciding(made, [drawn])


def test_what_the_answer_names_is_the_first_column(reading: Reading) -> None:
    for named in ("three micros", "one macro"):
        verdict = {**reading.summary["verdict"], "contenders": [named]}
        first, *_ = heads({**reading.summary, "verdict": verdict})
        assert (named, True) == first
