"""Figures carry the digits that they deserve."""

from __future__ import annotations

import pytest

from simulator.results.wording import money, number, percent, visible, with_error


@pytest.mark.parametrize(
    ("value", "error", "expected"),
    [
        (3214.3, 241.7, "3,210 ± 240"), (-3214.3, 24.7, "−3,214 ± 25"), (0.04, 241.0, "0 ± 240"),
        (5.0, 0.0, "5.00"), (5.0, None, "5.00"), (None, None, "–"), (12.3456, 0.0123, "12.346 ± 0.012"),
    ],
)  # fmt: skip
def test_a_figure_ends_where_its_error_begins(value: float | None, error: float | None, expected: str) -> None:
    assert expected == with_error(value, error)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0"), (1234567.0, "1,230,000"), (0.012345, "0.0123"), (-0.4, "−0.400"), (99.96, "100.0")],
)
def test_a_figure_without_error_has_three_digits(value: float, expected: str) -> None:
    assert expected == number(value)


def test_money_names_its_currency() -> None:
    assert "1,200 ± 100 EUR" == money(1204.0, "EUR", 103.0)


@pytest.mark.parametrize(
    ("value", "error", "expected"),
    [(0.5, None, "50%"), (-1.4142, None, "−141%"), (0.0712, None, "7.1%"), (0.631, 0.011, "63.1 ± 1.1%"),
     (0.5, 0.0, "50.00 ± 0.10%"), (None, None, "–")],
)  # fmt: skip
def test_a_share_is_a_percentage(value: float | None, error: float | None, expected: str) -> None:
    assert expected == percent(value, error)


def test_characters_that_steer_a_terminal_are_written_out() -> None:
    hidden = r"\u001b[2J\u009b31m\u000d\u202e"
    assert hidden + "Ä 👩\u200d🚀" == visible("\x1b[2J\x9b31m\r\u202eÄ 👩\u200d🚀")


def test_an_answer_is_made_visible_in_all_its_depth() -> None:
    assert {r"a\u0007": [r"\u001b", 1.5, None, {"b": True}]} == visible({"a\a": ["\x1b", 1.5, None, {"b": True}]})
