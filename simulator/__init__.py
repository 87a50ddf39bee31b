"""simulator: an agent-based Monte Carlo simulator of influencer-marketing campaigns.

From Python: `load_scenario`, `simulate`, `open_results`, `compare`, `sweep`, `sensitivity`, `break_even`. They live in
`simulator.api`, which is loaded when the first of them is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.api import (
        Analysis,
        Comparison,
        Results,
        break_even,
        compare,
        load_scenario,
        open_results,
        sensitivity,
        simulate,
        sweep,
    )

__version__ = "0.1.0"
__all__ = [
    "Analysis", "Comparison", "Results", "__version__", "break_even", "compare", "load_scenario", "open_results",
    "sensitivity", "simulate", "sweep",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """A public name, from the module that loads slowly."""
    if name in __all__:
        from simulator import api

        return getattr(api, name)
    raise AttributeError(f"module 'simulator' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
