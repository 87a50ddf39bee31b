"""The plan that a number belongs to is found by its path, whatever its name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from simulator.decide.question import arm_of

PLAN: Any = SimpleNamespace(arms=[SimpleNamespace(name=name) for name in ("one", "one.two", "ten micros")])


@pytest.mark.parametrize(
    ("path", "arm"),
    [
        ("arms.one.hire.0.followers", "one"),
        ("arms.one.two.hire.0.followers", "one.two"),
        ("arms.ten micros.hire.0.count", "ten micros"),
        ("arms.oneself.hire.0.count", None),
        ("product.price", None),
    ],
)
def test_a_number_belongs_to_the_plan_of_its_path(path: str, arm: str | None) -> None:
    assert arm == arm_of(path, PLAN)
