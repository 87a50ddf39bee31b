"""One number at a time: the answer with it held low and held high, all else as uncertain as it is, in the same runs.

What one number does is measured run by run on the same people, luck and draws, so even small effects show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.decide.ensemble import Ensemble, Stage, identity_of, played
from simulator.decide.question import weighed
from simulator.decide.sensitivity.factors import Factor, version_at
from simulator.decide.sensitivity.inquiry import Inquiry
from simulator.errors import InputProblems
from simulator.experiment.trials import Trials
from simulator.experiment.versions import Listed, Version
from simulator.results.estimate import Estimate
from simulator.results.paired import Pair, paired
from simulator.results.rivals import indifference_of
from simulator.results.statistics import Values, mean

VERSION: Final = 1


@dataclass(frozen=True)
class Bar:
    """What one number does to the difference between two arms."""

    factor: Factor
    low: Pair  # with the number held low
    high: Pair
    swing: Estimate  # difference with the number high, less that with it low
    followers: int | None  # of the account whose value a curve shows

    def flips(self) -> bool:
        """Whether the better of both arms changes from one end to the other."""
        return self.low.difference.value * self.high.difference.value < 0.0

    def surely(self) -> bool:
        """Whether that is more than the simulation's error."""
        ends = sorted((self.low.difference, self.high.difference), key=lambda each: each.value)
        below, above = ends[0].high, ends[1].low
        return below is not None and above is not None and below < 0.0 < above

    def as_dict(self) -> dict[str, Any]:
        low, high = self.factor.ends
        return {
            **self.factor.as_dict(),
            "low_value": self.factor.value(low, self.followers),
            "high_value": self.factor.value(high, self.followers),
            "followers": self.followers if self.factor.is_curve else None,
            "at_low": self.low.difference.as_dict(),
            "at_high": self.high.difference.as_dict(),
            "p_low": self.low.better.as_dict(),
            "p_high": self.high.better.as_dict(),
            "swing": self.swing.value,
            "swing_error": self.swing.error,
            "flips": self.flips(),
            "surely": self.surely(),
        }


def tornado(base: Version, inquiry: Inquiry, stage: Stage) -> dict[str, Any]:
    """The analysis as plain data: rows by what they move, most first; what could not be varied is named with why."""
    (_, runs), metric = inquiry.size, inquiry.metric
    versions, varied, left_out = _versions(base, inquiry.factors(base))
    trials = Trials.crossed(Listed(versions), runs)
    ensemble = played(trials, stage, inquiry.name)
    first, second = weighed(inquiry.between, ensemble.arms(0))
    pairs = [_pair(ensemble, number, first, second, metric) for number in range(len(versions))]
    gaps = [_gap(ensemble, number, first, second, metric) for number in range(len(versions))]
    alike = ensemble.by_name(0)[first].alike
    largest = _largest_account(base, (first, second))
    bars = [
        Bar(factor, pairs[low], pairs[low + 1], mean(gaps[low + 1] - gaps[low], alike), largest)
        for low, factor in zip(range(1, len(versions), 2), varied, strict=True)
    ]
    bars.sort(key=lambda bar: (-abs(bar.swing.value), bar.factor.path))
    scenario = base.scenario
    return {
        "version": VERSION,
        "kind": "tornado",
        "name": scenario.name,
        "hash": identity_of(trials),
        "currency": scenario.currency,
        "runs": runs,
        "failed": len(ensemble.failures),
        "metric": metric,
        "arms": [first, second],
        "indifference": indifference_of(scenario, base.plan),
        "base": pairs[0].difference.as_dict(),
        "p_base": pairs[0].better.as_dict(),
        "rows": [bar.as_dict() for bar in bars],
        "left_out": left_out,
    }


def _largest_account(base: Version, arms: Sequence[str]) -> int | None:
    """Followers of the largest account that these arms hire; none if they hire nobody."""
    hired = (contract.creator for arm in base.plan.arms if arm.name in arms for contract in arm.contracts)
    return max((creator.followers for creator in hired if not creator.own), default=None)


def _versions(base: Version, factors: Sequence[Factor]) -> tuple[list[Version], list[Factor], list[dict[str, str]]]:
    """The base, then each number low and high; and the numbers at whose ends nothing can be signed."""
    versions, varied, left_out = [base], [], []
    for factor in factors:
        try:
            ends = [version_at(base, factor, fraction) for fraction in factor.ends]
        except InputProblems as error:
            left_out.append({"path": factor.path, "reason": str(error.problems[0])})
            continue
        versions += ends
        varied.append(factor)
    return versions, varied, left_out


def _pair(ensemble: Ensemble, version: int, first: str, second: str, metric: str) -> Pair:
    arms = ensemble.by_name(version)
    found = paired(arms[first], arms[second], lambda arm: arm.columns[metric])
    assert found is not None  # metrics that may be undefined are not offered
    return found


def _gap(ensemble: Ensemble, version: int, first: str, second: str, metric: str) -> Values:
    arms = ensemble.by_name(version)
    gap: Values = arms[first].columns[metric] - arms[second].columns[metric]
    return gap
