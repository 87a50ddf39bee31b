"""A sensitivity analysis by each method: what it was asked, played and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from simulator.decide.choices import Method
from simulator.decide.ensemble import Stage
from simulator.decide.sensitivity.cube import morris, sobol
from simulator.decide.sensitivity.inquiry import Inquiry
from simulator.decide.sensitivity.tornado import tornado
from simulator.experiment.versions import Version

ANALYSES: Final[Mapping[Method, Callable[[Version, Inquiry, Stage], dict[str, Any]]]] = {
    "tornado": tornado, "morris": morris, "sobol": sobol,
}  # fmt: skip


def analyze(base: Version, inquiry: Inquiry, stage: Stage) -> dict[str, Any]:
    """The analysis as plain data. The inquiry has been checked."""
    return ANALYSES[inquiry.method](base, inquiry, stage) | {"not_varied": inquiry.not_varied(base)}
