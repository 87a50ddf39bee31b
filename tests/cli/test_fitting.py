"""Tables and paragraphs as wide as the terminal is: words stay whole where there is room for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.cli import fitting
from simulator.cli.analysis_words import print_sensitivity, print_sweep
from simulator.cli.fitting import beside, line, plain_table, printed
from simulator.cli.main import app

ROOT = Path(__file__).parents[2]
HEADINGS = ("product.price", "profit of ambassadors and macro", "profit of twelve micros", "best")
ROWS = [("30.0", "−4,000 ± 1,400", "−1,520 ± 280", "no campaign (72%)")] * 2


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes stdout a terminal of that many columns; of 0, a pipe."""

    def make(columns: int) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: columns > 0)
        size = os.terminal_size((columns or fitting.PIPED, 24))
        monkeypatch.setattr(fitting.shutil, "get_terminal_size", lambda _fallback: size)

    return make


def called(*words: str) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(list(words))
    assert 0 == (ended.value.code or 0)


@pytest.mark.parametrize("columns", [50, 60, 80])
def test_a_table_fits_the_terminal_and_its_words_stay_whole(columns: int, terminal) -> None:
    terminal(columns)
    text = printed(plain_table(HEADINGS, ROWS))
    assert max(map(len, text.split("\n"))) <= columns
    assert {"product.price", "ambassadors", "campaign"} <= set(text.split())


def test_where_words_cannot_stay_whole_the_table_fits_all_the_same(terminal) -> None:
    terminal(30)
    assert max(map(len, printed(plain_table(HEADINGS, ROWS)).split("\n"))) <= 30


def test_in_a_pipe_a_table_has_a_hundred_columns(terminal) -> None:
    terminal(0)
    wide = plain_table(("a", "b"), [("long " * 9, "words " * 20)])
    assert 80 < max(map(len, printed(wide).split("\n"))) <= 100


def test_a_name_is_no_instruction_to_the_table(terminal) -> None:
    terminal(80)
    assert "[red]plan :smile:" in printed(plain_table(("arm",), [("[red]plan :smile:",)]))


def test_columns_that_do_not_fit_go_into_further_tables_with_the_first_ones_again(terminal) -> None:
    terminal(60)
    tables = list(beside(HEADINGS, ROWS, 1))
    assert 2 == len(tables)
    assert all("product.price" in table and max(map(len, table.split("\n"))) <= 60 for table in tables)
    assert all(any(cell in table for table in tables) for cell in ROWS[0])
    terminal(200)
    assert 1 == len(list(beside(HEADINGS, ROWS, 1)))


def test_a_paragraph_breaks_between_words_on_a_terminal_alone(terminal) -> None:
    text = "one two three " * 10
    terminal(40)
    assert all(len(part) <= 40 for part in line(text).split("\n"))
    assert text.split() == line(text).split()
    terminal(0)
    assert text == line(text)


@pytest.mark.parametrize("words", [("list",), ("schema", "--results"), ("explain", "scenarios/quick.yaml")])
def test_commands_that_print_tables_fit_80_columns(words, terminal, capsys, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    terminal(80)
    called(*words)
    lines = capsys.readouterr().out.split("\n")
    assert 50 < max(map(len, lines)) <= 80


def figure(value: float, error: float) -> dict[str, float]:
    return {"value": value, "error": error, "low": value - 2 * error, "high": value + 2 * error}


def outcome(profit: float) -> dict[str, dict[str, float]]:
    return {"profit": figure(profit, 1400.0), "roi": figure(profit / 1e4, 0.12), "p_best": figure(0.37, 0.05)}


def test_a_sweep_fits_80_columns_and_names_the_highest_mean(terminal, capsys) -> None:
    terminal(80)
    arms = ("no campaign", "two mids", "twelve micros", "ambassadors and macro")
    point = {"values": {"product.price": 70.0}, "arms": {arm: outcome(3400.0) for arm in arms}, "best": arms[-1]}
    head = {"name": "Launch", "runs": 60, "people": 2_800_000, "currency": "USD", "vary": [{"path": "product.price"}]}
    print_sweep({**head, "arms": arms, "points": [point] * 3})
    out = capsys.readouterr().out
    assert max(map(len, out.split("\n"))) <= 80
    assert "highest mean profit (and P best)" in out
    assert out.count("ambassadors and macro (37%)") == 3
    assert 3 == out.count("product.price")


def test_a_tornado_fits_80_columns_and_says_what_is_sure(terminal, capsys) -> None:
    terminal(80)
    row = {
        "path": "behavior.halo", "grade": "assumed", "low_value": 0.683, "high_value": 13.2, "swing": 2e4,
        "at_low": figure(-6610.0, 900.0), "at_high": figure(17000.0, 900.0), "p_low": figure(0.18, 0.02),
        "p_high": figure(0.88, 0.02), "flips": True, "surely": True,
    }  # fmt: skip
    open_still = row | {"path": "product.margin", "grade": "your own", "surely": False}
    found = {
        "name": "Launch", "kind": "tornado", "metric": "profit", "arms": ["ambassadors and macro", "no campaign"],
        "runs": 60, "base": figure(-600.0, 1700.0), "p_base": figure(0.33, 0.09), "rows": [row, open_still],
        "not_varied": [{"path": f"behavior.number_{place}", "reason": "not asked for"} for place in range(9)],
    }  # fmt: skip
    print_sensitivity(found)
    out = capsys.readouterr().out
    assert max(map(len, out.split("\n"))) <= 80
    told = " ".join(out.split())
    assert "surely hangs on behavior.halo (assumed) and may hang on product.margin (your own)." in told
    rows = [row.split("88%")[1].strip() for row in out.split("\n") if "88%" in row]
    assert ["turns", "may turn"] == rows
    assert "†" not in out
    print_sensitivity(found | {"rows": [row | {"followers": 600_000}]})
    told = " ".join(capsys.readouterr().out.split())
    assert "13.2†" in told
    assert "† a curve over the size of accounts; the values are those for 600,000 followers" in told
    print_sensitivity(found | {"rows": [open_still]})
    assert "The decision may hang on product.margin (your own)." in capsys.readouterr().out
