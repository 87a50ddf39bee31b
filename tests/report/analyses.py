"""One analysis of every kind, small and made up, in the form that the commands write."""

from __future__ import annotations

from typing import Any

FIRST, SECOND, ADS = "nanos and a micro", "one micro", "ads only"


def estimate(value: float, error: float) -> dict[str, float]:
    return {"value": value, "error": error, "low": value - 2.0 * error, "high": value + 2.0 * error}


def named(path: str, meaning: str, grade: str) -> dict[str, str]:
    return {"path": path, "meaning": meaning, "grade": grade}


HALO = named("behavior.halo", "untracked orders per tracked one", "assumed")
CLICKS = named("platform.click_rate", "clicks per display", "measured")
TORNADO: dict[str, Any] = {
    "version": 1,
    "kind": "tornado",
    "runs": 24,
    "metric": "profit",
    "arms": [FIRST, SECOND],
    "base": estimate(74.0, 23.0),
    "rows": [
        {
            **HALO, "unit": "ratio", "low_value": 0.7, "high_value": 13.0, "at_low": estimate(-34.0, 12.0),
            "at_high": estimate(146.0, 14.0), "p_low": estimate(0.4, 0.02), "p_high": estimate(0.7, 0.02),
            "swing": 180.0, "flips": True, "surely": True,
        },
        {
            **CLICKS, "unit": "share", "low_value": 0.01, "high_value": 0.03, "at_low": estimate(110.0, 12.0),
            "at_high": estimate(40.0, 14.0), "p_low": estimate(0.6, 0.02), "p_high": estimate(0.5, 0.02),
            "swing": 70.0, "flips": False, "surely": False,
        },
    ],
}  # fmt: skip
MORRIS: dict[str, Any] = {
    "version": 1,
    "kind": "morris",
    "metric": "profit",
    "arms": [FIRST, SECOND],
    "rows": [
        {**CLICKS, "mu": -30.0, "mu_star": 35.0, "mu_star_low": 25.0, "mu_star_high": 45.0, "sigma": 12.0},
        {**HALO, "mu": 120.0, "mu_star": 120.0, "mu_star_low": 101.0, "mu_star_high": 152.0, "sigma": 60.0},
    ],
}
SOBOL: dict[str, Any] = {
    "version": 1,
    "kind": "sobol",
    "arms": [FIRST, SECOND],
    "rows": [
        {
            **HALO,
            "first": {"value": 0.41, "low": 0.33, "high": 0.48},
            "total": {"value": 0.5, "low": 0.4, "high": 0.6},
            "decision": {
                "first": {"value": 0.15, "low": 0.1, "high": 0.21},
                "total": {"value": 0.25, "low": 0.2, "high": 0.3},
            },
        },
        {
            **named("luck", "luck", ""),
            "first": {"value": 0.2, "low": 0.1, "high": 0.3},
            "total": {"value": 0.3, "low": 0.2, "high": 0.4},
            "decision": {
                "first": {"value": 0.5, "low": 0.4, "high": 0.6},
                "total": {"value": 0.7, "low": 0.61, "high": 0.82},
            },
        },
    ],
}
BUDGET = {"path": "budget", "unit": "money", "low": 100.0, "high": 400.0, "dist": "grid"}
HANDLING = {"path": "brand.handling_cost", "unit": "money", "low": 0.0, "high": 20.0, "dist": "grid"}


def outcome(roi: float) -> dict[str, Any]:
    return {"roi": estimate(roi, 0.1), "profit": estimate(100.0 * roi, 10.0), "orders": estimate(5.0, 0.5)}


ONE_NUMBER: dict[str, Any] = {
    "version": 1,
    "kind": "sweep",
    "vary": [BUDGET],
    "arms": [FIRST, SECOND, ADS],
    "points": [
        {
            "values": {"budget": budget},
            "arms": {FIRST: outcome(2.0 - budget / 200), SECOND: outcome(1.5 - budget / 400), ADS: outcome(-0.2)},
            "best": FIRST if budget < 200 else SECOND,
        }
        for budget in (400.0, 100.0, 200.0)
    ],
}
TWO_NUMBERS: dict[str, Any] = {
    "version": 1,
    "kind": "sweep",
    "vary": [BUDGET, HANDLING],
    "arms": [FIRST, SECOND, ADS],
    "points": [
        {
            "values": {"budget": budget, "brand.handling_cost": cost},
            "arms": {FIRST: outcome(1.0), SECOND: outcome(1.0), ADS: outcome(1.0)},
            "best": "no campaign" if cost > 15 else FIRST if budget < 200 else SECOND,
        }
        for budget in (100.0, 200.0, 400.0)
        for cost in (0.0, 10.0, 20.0)
    ],
}
ROOT: dict[str, Any] = {
    "version": 1,
    "kind": "break-even",
    "runs": 24,
    "path": "brand.handling_cost",
    "unit": "money",
    "between": [FIRST, SECOND],
    "range": [0.0, 40.0],
    "value": 18.2,
    "low": 14.9,
    "high": 22.6,
    "evaluations": [
        {"value": cost, "difference": estimate(74.0 - 4.0 * cost, 9.0)} for cost in (0.0, 40.0, 20.0, 18.0)
    ],
    "sentence": "Above 18.2 USD (14.9 to 22.6) of handling cost one micro earns more.",
}
NO_ROOT: dict[str, Any] = ROOT | {"value": None, "low": None, "high": None, "sentence": "They do not change places."}
FRONTIER: dict[str, Any] = {
    "version": 1,
    "kind": "break-even",
    "runs": 24,
    "path": "brand.handling_cost",
    "unit": "money",
    "between": [FIRST, SECOND],
    "over": "platform.engagement_slope",
    "range": [0.0, 50.0],
    "frontier": [
        {"at": -0.3, "value": 30.0, "low": 26.0, "high": 34.0},
        {"at": -0.2, "value": 20.0, "low": None, "high": 24.0},
        {"at": -0.1, "value": None, "low": None, "high": None},
    ],
    "sentence": "The break-even handling cost falls from 30 to 20 USD.",
}
ANALYSES: dict[str, dict[str, Any]] = {
    "break-even-frontier": FRONTIER,
    "break-even-handling": ROOT,
    "break-even-nowhere": NO_ROOT,
    "sensitivity-morris": MORRIS,
    "sensitivity-sobol": SOBOL,
    "sensitivity-tornado": TORNADO,
    "sweep-budget": ONE_NUMBER,
    "sweep-map": TWO_NUMBERS,
}
