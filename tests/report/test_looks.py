"""An arm's look depends on nothing but its place among the campaigns."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from simulator.report.looks import COLORS, DASHES, SHAPES, color_of, dash_of, shape_of

MANY = len(COLORS) * len(DASHES)


@pytest.fixture
def crowd() -> SimpleNamespace:
    """As many campaigns as there are looks."""
    return SimpleNamespace(summary={"arms": [{"arm": f"arm {place}"} for place in range(MANY)]})


def luminance(color: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines 2.2 define it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_as_many_arms_as_colors_times_dashes_are_told_apart(crowd: SimpleNamespace) -> None:
    looks = {(color_of(crowd, arm["arm"]), tuple(dash_of(crowd, arm["arm"]))) for arm in crowd.summary["arms"]}
    assert MANY == len(looks)


def test_neighbors_differ_in_color_dash_and_shape(crowd: SimpleNamespace) -> None:
    names = [arm["arm"] for arm in crowd.summary["arms"]]
    for one, other in itertools.pairwise(names):
        assert color_of(crowd, one) != color_of(crowd, other)
        assert dash_of(crowd, one) != dash_of(crowd, other)
        assert shape_of(crowd, one) != shape_of(crowd, other)


def test_doing_nothing_looks_like_no_campaign(crowd: SimpleNamespace) -> None:
    assert color_of(crowd, "no campaign") not in COLORS
    assert dash_of(crowd, "no campaign") not in DASHES
    assert shape_of(crowd, "no campaign") not in SHAPES


@pytest.mark.parametrize("color", COLORS)
def test_every_color_is_seen_on_white_paper(color: str) -> None:
    assert 1.05 / (luminance(color) + 0.05) > 2.0
