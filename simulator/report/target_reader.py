"""The interactive target reader: for each target on a scale, the chance of every arm to meet it, with its error.

Every position of the slider is reckoned from all runs, by the statistics of the summary; the page looks them up.
So a target that the scenario states reads the same in both, and no position is interpolated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from simulator.report.reading import Reading
from simulator.results.arms import ArmRuns
from simulator.results.statistics import Values, share
from simulator.results.targets import parsed
from simulator.results.wording import NOTHING, percent

POSITIONS: Final = 120  # about as many as a slider tells apart
BEYOND: Final = 0.002  # of the runs on each side, that the scale leaves out
STEPS: Final = (1.0, 2.0, 5.0, 10.0)
SCALES: Final = {"roi": "return (ROI)", "profit": "profit"}


@dataclass(frozen=True)
class Reader:
    """One slider: its targets, and what to read of every arm at each of them."""

    metric: str
    called: str
    targets: tuple[float, ...]
    texts: tuple[str, ...]
    start: int  # the position to begin with
    arms: tuple[str, ...]
    chances: tuple[tuple[float | None, ...], ...]  # [arm][position]
    words: tuple[tuple[str, ...], ...]  # the same with errors

    def as_dict(self) -> dict[str, Any]:
        """What the page's script reads."""
        return {"targets": self.targets, "texts": self.texts, "chances": self.chances, "words": self.words}


def target_readers(reading: Reading) -> list[Reader]:
    """A reader for each scale on which the arms differ at all."""
    return [reader for metric in SCALES if (reader := _reader(metric, reading.arms, reading)) is not None]


def _reader(metric: str, arms: Sequence[ArmRuns], reading: Reading) -> Reader | None:
    stated = _stated(metric, reading.manifest["scenario"].get("targets") or {})
    values = [arm.columns[metric] for arm in arms]
    targets = _scale([each[~np.isnan(each)] for each in values], (0.0, *stated))
    if targets is None:
        return None
    found = [[_chance(each, target, arm) for target in targets] for each, arm in zip(values, arms, strict=True)]
    return Reader(
        metric,
        SCALES[metric],
        targets,
        tuple(map(_wording(metric, reading.summary["currency"]), targets)),
        targets.index(stated[0] if stated else 0.0),
        tuple(arm.name for arm in arms),
        tuple(tuple(value for value, _ in each) for each in found),
        tuple(tuple(word for _, word in each) for each in found),
    )


def _chance(values: Values, target: float, arm: ArmRuns) -> tuple[float | None, str]:
    """P(metric >= target); a run without the metric misses it, and an arm without it has no chance to tell."""
    if np.isnan(values).all():
        return None, NOTHING
    estimate = share(np.nan_to_num(values, nan=-math.inf) >= target, arm.alike)
    return round(estimate.value, 6), percent(estimate.value, estimate.error)


def _scale(values: Sequence[Values], included: Sequence[float]) -> tuple[float, ...] | None:
    """Round targets over nearly all values, and those to be included; none where nothing varies."""
    ends = [np.quantile(each, (BEYOND, 1.0 - BEYOND)) for each in values if len(each)]
    if not ends:
        return None
    low, high = (float(pick(end[place] for end in ends)) for pick, place in ((min, 0), (max, 1)))
    if not high > low:
        return None
    step = _round_step((high - low) / POSITIONS)
    first, last = math.floor(low / step), math.ceil(high / step)
    digits = max(0, 1 - math.floor(math.log10(step)))
    return tuple(sorted({round(place * step, digits) for place in range(first, last + 1)} | set(included)))


def _round_step(least: float) -> float:
    """1, 2 or 5 times a power of ten, at least so large."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in STEPS if factor * power >= least * (1.0 - 1e-9))


def _stated(metric: str, targets: Mapping[str, str]) -> list[float]:
    """Bounds that the scenario asks for at least."""
    return [bound for comparison, bound in [parsed(targets[metric])] if comparison == ">="] if metric in targets else []


def _wording(metric: str, currency: str) -> Callable[[float], str]:
    if metric == "roi":
        return lambda target: f"{100 * target:.10g}%".replace("-", "−")
    return lambda target: money_exactly(target, currency)


def money_exactly(target: float, currency: str) -> str:
    """A round sum with all its digits."""
    return f"{target:,.10g} {currency}".replace("-", "−")
