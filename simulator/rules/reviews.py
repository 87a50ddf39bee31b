"""Reviews: the more a product has, the likelier everybody who considers it orders; each further one adds less."""

from __future__ import annotations

from simulator.arithmetic import log_
from simulator.compiled import rule


@rule
def review_shift(stock: float, at_start: float, per_log: float) -> float:
    """Log-odds that reviews gained since the start add to ordering; nothing while the stock is what it was."""
    return per_log * (log_(1.0 + stock) - log_(1.0 + at_start))
