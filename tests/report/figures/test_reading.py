"""What a report reads is what the run wrote, with the errors that the run's answer rests on."""

from __future__ import annotations

import pytest

from simulator.report.reading import Reading
from simulator.results.rivals import ranked


def test_arms_come_in_the_order_of_the_answer(mixed: Reading) -> None:
    assert ["no campaign", "one micro", "nanos and a micro", "ads only"] == [arm.name for arm in mixed.arms]
    assert ["one micro", "nanos and a micro", "ads only"] == [arm.name for arm in mixed.campaigns]


def test_arms_have_the_errors_of_the_answer(mixed: Reading) -> None:
    for arm in mixed.arms:
        told = mixed.answers[arm.name]["versus_no_campaign"]
        assert told["value"] == pytest.approx(arm.expected_profit.value, rel=1e-12)
        assert told["error"] == pytest.approx(arm.expected_profit.error, rel=1e-12)


def test_the_best_arm_is_that_of_the_answer(mixed: Reading) -> None:
    assert mixed.answers["ads only"]["versus_best"]["arm"] == ranked(mixed.arms)[0].name


def test_undefined_numbers_are_undefined_in_the_arms_too(mixed: Reading) -> None:
    (nothing,) = (arm for arm in mixed.arms if not arm.is_campaign)
    assert mixed.runs.loc[mixed.runs["arm"] == "no campaign", "roi"].isna().all()
    assert all(value != value for value in nothing.columns["roi"])  # noqa: PLR0124 nothing else is unequal to itself
