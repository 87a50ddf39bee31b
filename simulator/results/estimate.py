"""A figure with what the simulation itself leaves open: standard error, degrees of freedom, 95% interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LEVEL: Final = 0.95
STRAIGHT: Final = 1e-9  # a bend that no digit shows


@dataclass(frozen=True)
class Estimate:
    """A figure and its standard error. The error is none where it cannot be told, as with a single run."""

    value: float
    error: float | None
    freedom: float = math.inf  # degrees of freedom of the error; without limit: the figure is normal
    skewness: float = 0.0  # of the figure's own distribution
    bounds: tuple[float, float] | None = None  # the 95% interval where it is found in another way; may be infinite

    @property
    def low(self) -> float | None:
        """Lower end of the 95% interval; none where it is not known or lies beyond all runs."""
        return _finite(self.interval()[0])

    @property
    def high(self) -> float | None:
        """Upper end of the 95% interval; none where it is not known or lies beyond all runs."""
        return _finite(self.interval()[1])

    def interval(self, together: int = 1) -> tuple[float, float] | tuple[None, None]:
        """Ends that hold with 95%, for as many such figures `together` (Bonferroni); none without an error.

        Value ± t · error, both ends moved by the skewness. Bounds that are stated hold for a single figure.
        """
        if self.bounds is not None and together == 1:
            return self.bounds
        if self.error is None:
            return None, None
        if not self.error > 0.0:
            return self.value, self.value
        far = multiple(self.freedom, together)
        return (
            self.value - self.error * unskewed(far, self.skewness),
            self.value - self.error * unskewed(-far, self.skewness),
        )

    @property
    def half_width(self) -> float:
        """The larger side of the 95% interval; infinite where the error is not known."""
        low, high = self.interval()
        return math.inf if low is None or high is None else max(self.value - low, high - self.value)

    def as_dict(self) -> dict[str, float | None]:
        return {"value": self.value, "error": self.error, "low": self.low, "high": self.high}


def _finite(end: float | None) -> float | None:
    return end if end is not None and math.isfinite(end) else None


@lru_cache(maxsize=1024)
def multiple(freedom: float, together: int = 1) -> float:
    """Standard errors on each side of a 95% interval: Student's t, 1.96 for normal figures; `together`: Bonferroni."""
    from scipy.special import ndtri, stdtrit  # slow to load

    above = 1.0 - 0.5 * (1.0 - LEVEL) / together
    return float(ndtri(above) if math.isinf(freedom) else stdtrit(freedom, above))


def unskewed(errors: float, skewness: float) -> float:
    """Where so many standard errors lie if the figure is skewed (Hall 1992, J. R. Statist. Soc. B 54, 221).

    >>> round(unskewed(2.0, 0.0), 2), round(unskewed(2.0, 0.3), 2), round(unskewed(-2.0, 0.3), 2)
    (2.0, 1.66, -2.73)
    """
    bend = skewness / 6.0
    if abs(bend) < STRAIGHT:
        return errors
    return (math.cbrt(1.0 + 6.0 * bend * (errors - bend)) - 1.0) / (2.0 * bend)
