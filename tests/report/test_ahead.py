"""Drawings made ahead are those that would be made at once."""

from __future__ import annotations

import signal
import subprocess
import sys

import altair as alt
import pytest
from report.fake_figures import fake_figures

from simulator.report.ahead import drawing_ahead
from simulator.report.figure import Figure
from simulator.report.page import page
from simulator.report.picture import picture
from simulator.report.reading import Reading


def test_a_page_is_the_same_whenever_its_figures_are_drawn(reading: Reading) -> None:
    figures = fake_figures(reading)
    at_once = page([reading], [figures])
    with drawing_ahead() as ahead:
        begun = list(ahead.begin(iter(figures)))
        assert all(one is other for one, other in zip(figures, begun, strict=True))
        assert at_once == page([reading], [begun], ahead)
        assert [picture(figure) for figure in figures] == [ahead(figure) for figure in begun]


def test_what_drawing_raises_is_raised_where_the_picture_is_asked_for(reading: Reading) -> None:
    chart = alt.Chart(alt.Data(url="https://example.org/data.csv")).mark_bar()  # nothing is fetched
    broken = Figure("broken", "", "", fake_figures(reading)[0].data, chart)
    with drawing_ahead() as ahead:
        (begun,) = ahead.begin([broken])
        with pytest.raises(ValueError, match=r"example\.org"):
            ahead(begun)


@pytest.mark.skipif(sys.platform == "win32", reason="no signal waits there")
def test_what_draws_hears_no_interruption_before_it_leaves_that_to_its_parent() -> None:
    """A signal that it heard while it starts would end it with a traceback on the terminal."""
    with drawing_ahead() as ahead:
        there = ahead._executor.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ()).result()
        assert signal.SIGINT in there
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_what_draws_imports_neither_tables_nor_charts() -> None:
    lines = "import sys, simulator.report.vector, simulator.experiment.executors; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert not {"pandas", "altair", "numpy", "mesa"} & set(told.stdout.split())
